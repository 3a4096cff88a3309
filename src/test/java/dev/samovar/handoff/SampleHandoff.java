package dev.samovar.handoff;

import dev.samovar.checks.Change;
import dev.samovar.checks.CheckId;
import dev.samovar.checks.Forecast;
import dev.samovar.evidence.Model;
import dev.samovar.incidents.Incident;
import dev.samovar.incidents.Opening;
import dev.samovar.incidents.Place;
import dev.samovar.rota.Rota;
import dev.samovar.runbooks.Runbooks;
import dev.samovar.slack.SampleReport;
import dev.samovar.triage.Report;
import dev.samovar.triage.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Shifts in which much happened, and in which nothing did. */
public final class SampleHandoff {
  /** The end of a shift in Berlin: 18:00 there, 09:00 in Los Angeles. */
  public static final Instant END = Instant.parse("2026-05-20T16:00:00Z");

  public static final Rota ROTA =
      Rota.parse(
          "ml-platform",
          List.of("09:00 Europe/Berlin", "09:00 America/Los_Angeles"),
          List.of("U0BERLIN", "U0SEATTLE"));

  private SampleHandoff() {}

  public static Duty duty(String... models) {
    return new Duty(
        "ml-platform", "#ml-oncall", ROTA, List.of(models).stream().map(Model::named).toList());
  }

  public static Changeover changeover() {
    return duty().ended(ROTA.ended(END).orElseThrow(), END.minus(Duration.ofHours(9)));
  }

  static Look look(String model, Verdict verdict, String headline) {
    return new Look(
        Model.named(model),
        Optional.of(report(model, verdict, headline)),
        List.of(),
        List.of(),
        List.of());
  }

  static Report report(String model, Verdict verdict, String headline) {
    Report sample = SampleReport.of("x");
    return new Report(
        sample.id(),
        model,
        "",
        sample.window(),
        sample.referenceKind(),
        sample.reference(),
        verdict,
        model + ": " + headline,
        Optional.empty(),
        verdict == Verdict.CAUSE_FOUND ? sample.causes() : List.of(),
        sample.rows(),
        List.of(),
        true,
        1);
  }

  static Incident incident(String id, String model, Instant at, String headline) {
    return Incident.begin(
            id,
            new Place("C1", "1.1", "1.2"),
            new Opening(model, at, Set.of(), "it is weird", "U1", Optional.empty(), at))
        .reported(report(model, Verdict.CAUSE_FOUND, headline), at.plusSeconds(4));
  }

  /** Nothing happened. */
  public static Handoff quiet() {
    return new Composition(
            duty("fraud-scorer", "eta-model"),
            changeover(),
            List.of(),
            List.of(),
            List.of(
                look("fraud-scorer", Verdict.ALL_CLEAR, "nothing is wrong"),
                look("eta-model", Verdict.ALL_CLEAR, "nothing is wrong")),
            runbooks())
        .compose(List.of());
  }

  static Runbooks runbooks() {
    return new Runbooks(Optional.empty(), Optional.empty());
  }

  /**
   * One of everything.
   *
   * @param outside words that came from elsewhere
   */
  public static Handoff busy(String outside) {
    Instant noon = END.minus(Duration.ofHours(5));
    Incident alone =
        incident("i-alone", "fraud-scorer", noon, "the preprocessing changed " + outside)
            .judged(CheckId.PREPROCESSING_CHANGE, true, "U7", noon.plusSeconds(600));
    Incident owned =
        incident("i-owned", "eta-model", noon.plusSeconds(900), "errors rose " + outside)
            .ownedBy("U0BERLIN", noon.plusSeconds(1000))
            .watchedBy("U0BERLIN", noon.plusSeconds(1100), noon.plusSeconds(9000));
    Incident over =
        incident("i-over", "churn-model", noon.minusSeconds(3600), "it was stale " + outside)
            .ownedBy("U0BERLIN", noon)
            .judged(CheckId.PREPROCESSING_CHANGE, true, "U0BERLIN", noon.plusSeconds(60))
            .resolved("U0BERLIN", noon.plusSeconds(120), "says it is resolved")
            .note(noon.plusSeconds(4000), "U0BERLIN", "told the stakeholders");
    Incident before =
        incident("i-before", "churn-model", END.minus(Duration.ofDays(2)), "long over")
            .judged(CheckId.GPU_MEMORY, false, "U1", END.minus(Duration.ofDays(2)))
            .judged(CheckId.GPU_MEMORY, false, "U2", END.minus(Duration.ofDays(2)))
            .resolved("U1", END.minus(Duration.ofDays(2)), "says it is resolved");
    Change change =
        new Change(
            noon.minusSeconds(60),
            "config",
            "shared-gateway",
            "8",
            "32",
            "ana",
            "",
            outside,
            false);
    Forecast stale =
        new Forecast(
            Forecast.Kind.STALE_MODEL,
            "eta-model goes stale",
            Optional.of(END.plus(Duration.ofHours(5))),
            "eta-retrain last succeeded 25 h ago and is due every 24 h; 1 run failed since");
    Forecast full =
        new Forecast(
            Forecast.Kind.DISK_FULL,
            "the disk /data of gpu-7 is full",
            Optional.of(END.plus(Duration.ofHours(9))),
            "it is 72.6 % full and has grown by 3.0 % an hour for 5 h 55 min " + outside);
    Forecast lag =
        new Forecast(
            Forecast.Kind.LAG,
            "the lag of fraud on orders grows",
            Optional.empty(),
            "it is 51,200 messages behind and has grown by 9,000 an hour for 5 h");
    List<Look> looks =
        List.of(
            new Look(
                Model.named("fraud-scorer"),
                Optional.of(
                    report(
                        "fraud-scorer",
                        Verdict.CAUSE_FOUND,
                        "the preprocessing changed " + outside)),
                List.of(change),
                List.of(lag),
                List.of()),
            new Look(
                Model.named("eta-model"),
                Optional.of(report("eta-model", Verdict.SYMPTOMS_ONLY, "errors rose")),
                List.of(change),
                List.of(stale, full),
                List.of("no forecasts: metrics do not answer " + outside)),
            look("churn-model", Verdict.ALL_CLEAR, "nothing is wrong"),
            new Look(Model.named("ads-ranker"), Optional.empty(), List.of(), List.of(), List.of()));
    List<Incident> all = new ArrayList<>(List.of(before, over, owned, alone));
    return new Composition(
            duty("fraud-scorer", "eta-model", "churn-model", "ads-ranker"),
            changeover(),
            List.of(owned, alone),
            all,
            looks,
            runbooks())
        .compose(List.of());
  }

  /** What people added. */
  public static List<Note> notes(String outside) {
    return List.of(
        new Note(
            "U0BERLIN", END.minusSeconds(600), "Ana rolls the gateway back at 20:00. " + outside));
  }
}
