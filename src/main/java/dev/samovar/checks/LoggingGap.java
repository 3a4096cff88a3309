package dev.samovar.checks;

import dev.samovar.evidence.Catalog;
import dev.samovar.evidence.Condition;
import dev.samovar.evidence.Dataset;
import dev.samovar.evidence.Evidence;
import dev.samovar.evidence.EvidenceException;
import dev.samovar.evidence.Fields;
import dev.samovar.evidence.Query;
import dev.samovar.evidence.Tally;
import dev.samovar.evidence.Window;
import dev.samovar.statistics.RobustSpread;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the other checks cannot see: events that stopped or come late, fields that were lost, events
 * written twice, a replica that fell silent, a clock that is wrong. Every silence is measured
 * against the rate that is usual, so that a quiet model does not seem dead.
 */
final class LoggingGap implements Check {
  private static final double LOST_BELOW = 0.5;
  private static final long ENOUGH = 50;
  private static final int MOST_FIELDS = 80;

  @Override
  public CheckId id() {
    return CheckId.LOGGING_GAP;
  }

  @Override
  public Set<CheckId> explains() {
    return Set.of(CheckId.DATA_DRIFT, CheckId.TRAINING_SERVING_SKEW);
  }

  @Override
  public Outcome examine(Case subject, Evidence evidence) throws EvidenceException {
    List<LogGap> gaps = new ArrayList<>();
    List<String> looked = new ArrayList<>();
    Map<Dataset, Long> now = new HashMap<>();
    Map<Dataset, Double> usual = new HashMap<>();
    List<Window> windows = new ArrayList<>();
    windows.add(subject.window());
    windows.addAll(subject.reference());
    for (Dataset dataset : List.of(Dataset.INFERENCE, Dataset.APPLICATION)) {
      Catalog catalog = evidence.events().catalog(subject.model(), dataset);
      if (catalog.isEmpty()) {
        continue;
      }
      Query query = Query.of(subject.model(), dataset);
      List<String> fields = fields(catalog, dataset);
      Map<String, Condition> conditions = new TreeMap<>();
      fields.forEach(field -> conditions.put(field, new Condition.Present(field)));
      if (catalog.has(Fields.TRACE)) {
        conditions.put(Fields.TRACE, new Condition.Present(Fields.TRACE));
      }
      List<Tally> tallies = evidence.events().tally(query, windows, conditions);
      List<Tally> before =
          tallies.subList(1, tallies.size()).stream().filter(tally -> tally.total() > 0).toList();
      if (before.isEmpty()) {
        continue;
      }
      looked.add(dataset == Dataset.INFERENCE ? "predictions" : "log lines");
      double normal = RobustSpread.median(before.stream().mapToDouble(Tally::total).toArray());
      now.put(dataset, tallies.get(0).total());
      usual.put(dataset, normal);
      LogSource source = new LogSource(subject, evidence, query, dataset, normal);
      source.silence(before).ifPresent(gaps::add);
      if (tallies.get(0).total() >= ENOUGH) {
        lostFields(subject, evidence, query, fields, tallies.get(0), before, gaps);
        gaps.addAll(source.replicas());
        gaps.addAll(source.retyped(catalog, fields));
        source.delay().ifPresent(gaps::add);
        if (dataset == Dataset.INFERENCE && catalog.has(Fields.TRACE)) {
          source.doubles(tallies.get(0), windows).ifPresent(gaps::add);
        }
      }
    }
    if (looked.isEmpty()) {
      return Outcome.blind(
          "neither predictions nor log lines of "
              + subject.model().name()
              + " are known from earlier days",
          "check the names of the indices (models[].indices), or keep the logs for eight days");
    }
    sampling(subject, evidence, now, usual, gaps);
    if (!gaps.isEmpty()) {
      return found(gaps);
    }
    return Outcome.clear(
        Text.list(looked, 2)
            + " arrive as usual, with all their fields"
            + (now.getOrDefault(Dataset.INFERENCE, 1L) == 0
                ? " (none at this time, as usual)"
                : ""));
  }

  /** The fields whose loss would blind somebody. */
  private static List<String> fields(Catalog catalog, Dataset dataset) {
    List<String> wanted = new ArrayList<>();
    if (dataset == Dataset.INFERENCE) {
      wanted.addAll(
          List.of(
              Fields.SCORE,
              Fields.LABEL,
              Fields.MODEL_VERSION,
              Fields.PREPROCESSING_VERSION,
              Fields.PREPROCESSING_HASH,
              Fields.OUTCOME,
              Fields.DURATION,
              Fields.HOST,
              Fields.TRACE,
              Fields.VALIDATION_OUTCOME,
              Fields.SERVICE_VERSION));
      wanted.addAll(catalog.features());
    } else {
      wanted.addAll(List.of(Fields.LEVEL, Fields.HOST, Fields.MESSAGE));
    }
    return wanted.stream().filter(catalog::has).limit(MOST_FIELDS).toList();
  }

  private static void lostFields(
      Case subject,
      Evidence evidence,
      Query query,
      List<String> fields,
      Tally now,
      List<Tally> before,
      List<LogGap> gaps) {
    List<String> lost = new ArrayList<>();
    List<String> appeared = new ArrayList<>();
    for (String field : fields) {
      double least = before.stream().mapToDouble(tally -> tally.share(field)).min().orElse(0);
      double most = before.stream().mapToDouble(tally -> tally.share(field)).max().orElse(0);
      double share = now.share(field);
      // Failed requests have no score: their share is the error burst's matter.
      boolean isGone = least >= 0.5 && share < LOST_BELOW * least && share < 0.3;
      if (isGone) {
        lost.add(field);
      } else if (most == 0 && share >= 0.2 && field.startsWith(Fields.FEATURES + ".")) {
        appeared.add(field);
      }
    }
    if (!lost.isEmpty()) {
      Condition gone = Condition.missing(lost.get(0));
      double share = now.share(lost.get(0));
      String text =
          Text.list(lost.stream().map(Fields::shortName).toList(), 4)
              + (lost.size() == 1 ? " is" : " are")
              + " no longer logged: in "
              + Text.percent(share)
              + " of events now, "
              + Text.percent(before.get(0).share(lost.get(0)))
              + " before";
      gaps.add(
          new LogGap(
              Math.min(0.9, 0.7 + 0.05 * lost.size()),
              text,
              Fact.of(
                      text,
                      subject.model().fieldName(lost.get(0)),
                      share,
                      before.get(0).share(lost.get(0)),
                      "share")
                  .linked(evidence.events().link(query.and(gone), subject.window()).orElse(null)),
              List.of(new Signal.Share("share without " + lost.get(0), query, gone)),
              Optional.empty()));
    }
    if (!appeared.isEmpty()) {
      String text =
          Text.list(appeared.stream().map(Fields::shortName).toList(), 4)
              + (appeared.size() == 1 ? " is a new field" : " are new fields")
              + ": never logged before, now in "
              + Text.percent(now.share(appeared.get(0)))
              + " of events";
      gaps.add(
          new LogGap(
              0.45,
              text,
              Fact.of(
                  text,
                  subject.model().fieldName(appeared.get(0)),
                  now.share(appeared.get(0)),
                  0,
                  "share"),
              List.of(
                  new Signal.Share(
                      "share with " + appeared.get(0),
                      query,
                      new Condition.Present(appeared.get(0)))),
              Optional.empty()));
    }
  }

  /** Far fewer predictions at as many log lines: they are sampled, or lost on the way. */
  private static void sampling(
      Case subject,
      Evidence evidence,
      Map<Dataset, Long> now,
      Map<Dataset, Double> usual,
      List<LogGap> gaps) {
    if (!now.containsKey(Dataset.INFERENCE) || !now.containsKey(Dataset.APPLICATION)) {
      return;
    }
    double predictions =
        now.getOrDefault(Dataset.INFERENCE, 0L)
            / Math.max(1, usual.getOrDefault(Dataset.INFERENCE, 1.0));
    double lines =
        now.getOrDefault(Dataset.APPLICATION, 0L)
            / Math.max(1, usual.getOrDefault(Dataset.APPLICATION, 1.0));
    boolean enough =
        usual.getOrDefault(Dataset.INFERENCE, 0.0) >= ENOUGH
            && usual.getOrDefault(Dataset.APPLICATION, 0.0) >= ENOUGH;
    if (!enough || gaps.stream().anyMatch(gap -> gap.since().isPresent())) {
      return;
    }
    boolean predictionsThin = predictions < 0.6 && lines > 0.8;
    boolean linesThin = lines < 0.3 && predictions > 0.8;
    if (predictionsThin || linesThin) {
      String text =
          predictionsThin
              ? "Only "
                  + Text.percent(predictions)
                  + " of the usual predictions are logged, with as many log lines as ever: was the"
                  + " sampling changed?"
              : "Only "
                  + Text.percent(lines)
                  + " of the usual log lines come, with as many predictions as ever: was the log"
                  + " level or the sampling changed?";
      Dataset thin = predictionsThin ? Dataset.INFERENCE : Dataset.APPLICATION;
      Query query = Query.of(subject.model(), thin);
      gaps.add(
          new LogGap(
              0.75,
              text,
              Fact.of(
                      text,
                      subject.model().index(thin),
                      now.getOrDefault(thin, 0L),
                      usual.getOrDefault(thin, 0.0),
                      "count")
                  .linked(evidence.events().link(query, subject.horizon()).orElse(null)),
              List.of(new Signal.Volume("number of events", query)),
              Optional.empty()));
    }
  }

  private static Outcome found(List<LogGap> gaps) {
    gaps.sort(Comparator.comparingDouble(LogGap::strength).reversed().thenComparing(LogGap::text));
    LogGap worst = gaps.get(0);
    return new Outcome.Found(
        worst.strength() >= 0.85
            ? Severity.CRITICAL
            : worst.strength() < 0.5 ? Severity.INFO : Severity.WARNING,
        worst.strength(),
        worst.text() + (gaps.size() > 1 ? "; " + Text.count(gaps.size() - 1, "other gap") : ""),
        gaps.stream().map(LogGap::fact).toList(),
        gaps.stream().flatMap(gap -> gap.signals().stream()).toList(),
        worst.since());
  }
}
