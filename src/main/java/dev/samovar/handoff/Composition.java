package dev.samovar.handoff;

import dev.samovar.checks.Change;
import dev.samovar.checks.CheckId;
import dev.samovar.handoff.Handoff.Ahead;
import dev.samovar.handoff.Handoff.Feedback;
import dev.samovar.handoff.Handoff.ModelState;
import dev.samovar.handoff.Handoff.Noise;
import dev.samovar.handoff.Handoff.Open;
import dev.samovar.handoff.Handoff.Resolved;
import dev.samovar.handoff.Handoff.Went;
import dev.samovar.incidents.Incident;
import dev.samovar.incidents.Opinion;
import dev.samovar.incidents.Resolution;
import dev.samovar.incidents.State;
import dev.samovar.incidents.Tick;
import dev.samovar.runbooks.Runbooks;
import dev.samovar.triage.Report;
import dev.samovar.triage.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** From incidents and looks to what the next shift should know. The same gives the same. */
final class Composition {
  private static final int ENOUGH_DENIALS = 2;

  private final Duty duty;
  private final Changeover changeover;
  private final List<Look> looks;
  private final Runbooks runbooks;
  private final List<Incident> open;
  private final List<Incident> known;

  /**
   * @param known those of the last days, open or not
   */
  Composition(
      Duty duty,
      Changeover changeover,
      List<Incident> open,
      List<Incident> known,
      List<Look> looks,
      Runbooks runbooks) {
    Set<String> models = duty.models().stream().map(m -> m.name()).collect(Collectors.toSet());
    Predicate<Incident> ours =
        incident ->
            models.contains(incident.opening().model())
                && incident.opening().at().isBefore(changeover.to());
    this.duty = duty;
    this.changeover = changeover;
    this.looks = List.copyOf(looks);
    this.runbooks = runbooks;
    this.open =
        open.stream()
            .filter(ours)
            .sorted(
                Comparator.comparing((Incident i) -> i.opening().at()).thenComparing(Incident::id))
            .toList();
    this.known = known.stream().filter(ours).toList();
  }

  Handoff compose(List<String> unseen) {
    List<Open> goesOn = open.stream().map(this::open).toList();
    List<Resolved> over =
        known.stream()
            .filter(incident -> incident.state() == State.RESOLVED)
            .filter(incident -> isWithin(ended(incident)))
            .sorted(Comparator.comparing(Composition::ended).thenComparing(Incident::id))
            .map(Composition::resolved)
            .toList();
    List<ModelState> models = looks.stream().map(Composition::state).toList();
    List<Went> changes = changes();
    List<Ahead> ahead = ahead();
    List<String> blind = new ArrayList<>(unseen);
    for (Look look : looks) {
      look.unseen().forEach(said -> blind.add(look.model().name() + ": " + said));
    }
    int left = duty.models().size() - looks.size();
    if (left > 0) {
      blind.add(left + " more models were not looked at; /triage MODEL looks at each");
    }
    return new Handoff(
        duty.team(),
        changeover,
        sentence(goesOn, over, models, changes, blind.isEmpty()),
        first(goesOn, models, ahead),
        goesOn,
        over,
        models,
        changes,
        ahead,
        noisy(),
        feedback(),
        blind);
  }

  private boolean isWithin(Instant moment) {
    return !moment.isBefore(changeover.from()) && moment.isBefore(changeover.to());
  }

  /** When it was over, as far as that is known: not when somebody last said something of it. */
  private static Instant ended(Incident incident) {
    return incident.resolution().map(Resolution::at).orElseGet(incident::lastTouched);
  }

  private Open open(Incident incident) {
    Optional<CheckId> cause = likeliest(incident);
    return new Open(
        incident.id(),
        incident.opening().model(),
        incident.place(),
        incident.opening().at(),
        incident.state(),
        incident.owner(),
        headline(incident),
        cause,
        next(incident, cause));
  }

  private static String headline(Incident incident) {
    String prefix = incident.opening().model() + ": ";
    String headline = incident.headline();
    return headline.startsWith(prefix) ? headline.substring(prefix.length()) : headline;
  }

  private static Optional<CheckId> likeliest(Incident incident) {
    Optional<CheckId> confirmed = incident.confirmed().stream().findFirst();
    return confirmed.isPresent()
        ? confirmed
        : incident.report().stream()
            .flatMap(report -> report.causes().stream())
            .map(Report.Cause::check)
            .filter(check -> incident.opinionsOf(check).allMatch(Opinion::wasIt))
            .findFirst();
  }

  private String next(Incident incident, Optional<CheckId> cause) {
    String step = step(incident, cause);
    if (incident.owner().isEmpty()) {
      return "nobody is on it: take it" + (step.isEmpty() ? "" : ", then: " + step);
    }
    if (!step.isEmpty()) {
      return step;
    }
    if (incident.watch().isPresent()) {
      return "it is watched until it is well; see that it becomes so";
    }
    return incident.running()
        ? "wait for the look that is under way"
        : "run the checks again: no likely cause is left";
  }

  /** The first step of a checklist that nobody has done; else the runbook's first. */
  private String step(Incident incident, Optional<CheckId> cause) {
    for (Incident.Checklist list : incident.checklists()) {
      List<Runbooks.Step> steps = runbooks.steps(list.check());
      Set<Integer> done = list.done().stream().map(Tick::step).collect(Collectors.toSet());
      for (int i = 0; i < steps.size(); i++) {
        if (!done.isEmpty() && !done.contains(i)) {
          return steps.get(i).text();
        }
      }
    }
    return cause.map(runbooks::firstSteps).stream().flatMap(List::stream).findFirst().orElse("");
  }

  private static Resolved resolved(Incident incident) {
    boolean isConfirmed = !incident.confirmed().isEmpty();
    return new Resolved(
        incident.id(),
        incident.opening().model(),
        incident.place(),
        ended(incident),
        incident.owner(),
        headline(incident),
        likeliest(incident),
        isConfirmed);
  }

  private static ModelState state(Look look) {
    String prefix = look.model().name() + ": ";
    String says = look.report().map(Report::headline).orElse("was not back in time");
    return new ModelState(
        look.model().name(),
        look.report().map(Report::verdict),
        says.startsWith(prefix) ? says.substring(prefix.length()) : says);
  }

  /** One change may concern several models: it is told once. */
  private List<Went> changes() {
    Map<Change, Set<String>> all = new LinkedHashMap<>();
    for (Look look : looks) {
      look.changes().stream()
          .filter(change -> isWithin(change.at()))
          .forEach(
              change ->
                  all.computeIfAbsent(change, key -> new LinkedHashSet<>())
                      .add(look.model().name()));
    }
    return all.entrySet().stream()
        .map(entry -> new Went(entry.getKey(), List.copyOf(entry.getValue())))
        .sorted(
            Comparator.comparing((Went went) -> went.change().at())
                .reversed()
                .thenComparing(went -> went.change().describe()))
        .toList();
  }

  private List<Ahead> ahead() {
    List<Ahead> all = new ArrayList<>();
    Set<String> told = new LinkedHashSet<>();
    for (Look look : looks) {
      look.forecasts().stream()
          .filter(forecast -> told.add(forecast.what()))
          .forEach(forecast -> all.add(new Ahead(look.model().name(), forecast)));
    }
    all.sort(
        Comparator.comparing((Ahead one) -> one.forecast().at().orElse(Instant.MAX))
            .thenComparing(one -> one.forecast().what()));
    return all;
  }

  private List<Noise> noisy() {
    Map<CheckId, int[]> counts = new EnumMap<>(CheckId.class);
    for (Incident incident : known) {
      incident
          .report()
          .ifPresent(
              report ->
                  report
                      .causes()
                      .forEach(
                          cause -> counts.computeIfAbsent(cause.check(), k -> new int[3])[0]++));
      for (Opinion opinion : incident.opinions()) {
        counts.computeIfAbsent(opinion.cause(), k -> new int[3])[opinion.wasIt() ? 2 : 1]++;
      }
    }
    return counts.entrySet().stream()
        .map(
            entry ->
                new Noise(
                    entry.getKey(), entry.getValue()[0], entry.getValue()[1], entry.getValue()[2]))
        .filter(noise -> noise.denied() >= ENOUGH_DENIALS && noise.denied() > noise.confirmed())
        .toList();
  }

  /** Said by somebody else than the owner, and the owner did nothing about the incident since. */
  private List<Feedback> feedback() {
    List<Feedback> all = new ArrayList<>();
    for (Incident incident : known) {
      for (Opinion opinion : incident.opinions()) {
        boolean isOwn = incident.owner().filter(opinion.user()::equals).isPresent();
        boolean isAnswered =
            incident.timeline().stream()
                .anyMatch(
                    entry ->
                        incident.owner().filter(entry.who()::equals).isPresent()
                            && entry.at().isAfter(opinion.at()));
        if (isWithin(opinion.at()) && !isOwn && !isAnswered) {
          all.add(
              new Feedback(
                  incident.id(),
                  incident.opening().model(),
                  incident.place(),
                  opinion.cause(),
                  opinion.wasIt(),
                  opinion.user(),
                  opinion.at()));
        }
      }
    }
    all.sort(Comparator.comparing(Feedback::at).thenComparing(Feedback::who));
    return all;
  }

  /**
   * @param isSeen whether all was seen: of what could not be seen nobody says that there was none
   */
  private String sentence(
      List<Open> goesOn,
      List<Resolved> over,
      List<ModelState> models,
      List<Went> changes,
      boolean isSeen) {
    long begun = known.stream().filter(incident -> isWithin(incident.opening().at())).count();
    List<String> unwell =
        models.stream().filter(ModelState::isUnwell).map(ModelState::model).toList();
    List<String> parts = new ArrayList<>();
    parts.add(
        begun == 0
            ? "no new incidents"
            : begun + (begun == 1 ? " incident began" : " incidents began"));
    if (!over.isEmpty()) {
      parts.add(over.size() + (over.size() == 1 ? " was resolved" : " were resolved"));
    }
    if (!goesOn.isEmpty()) {
      long alone = goesOn.stream().filter(one -> one.owner().isEmpty()).count();
      parts.add(
          goesOn.size()
              + (goesOn.size() == 1 ? " is open" : " are open")
              + (alone == 0
                  ? ""
                  : alone == goesOn.size()
                      ? " with nobody on " + (alone == 1 ? "it" : "them")
                      : ", " + alone + " of them with nobody on it"));
    }
    if (!changes.isEmpty()) {
      parts.add(changes.size() + (changes.size() == 1 ? " change" : " changes") + " went out");
    } else if (isSeen) {
      parts.add("no changes went out");
    }
    if (!unwell.isEmpty()) {
      parts.add(
          String.join(", ", unwell.subList(0, Math.min(3, unwell.size())))
              + (unwell.size() > 3 ? " and " + (unwell.size() - 3) + " more" : "")
              + (unwell.size() == 1 ? " is unwell now" : " are unwell now"));
    }
    String sentence = String.join("; ", parts) + ".";
    return Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1);
  }

  private String first(List<Open> goesOn, List<ModelState> models, List<Ahead> ahead) {
    Optional<Open> alone =
        goesOn.stream()
            .filter(one -> one.owner().isEmpty())
            .min(
                Comparator.comparing((Open one) -> one.cause().isEmpty())
                    .thenComparing(Open::since));
    if (alone.isPresent()) {
      return alone.get().model() + ": nobody is on its incident: " + alone.get().headline();
    }
    Set<String> inHand = goesOn.stream().map(Open::model).collect(Collectors.toSet());
    Optional<ModelState> unwell =
        models.stream()
            .filter(one -> one.isUnwell() && !inHand.contains(one.model()))
            .min(Comparator.comparing(one -> one.verdict().orElse(Verdict.CANNOT_TELL)));
    if (unwell.isPresent()) {
      return unwell.get().model() + " is unwell, and no incident is open: " + unwell.get().says();
    }
    if (!goesOn.isEmpty()) {
      return goesOn.get(0).model() + ": " + goesOn.get(0).next();
    }
    return ahead.isEmpty()
        ? ""
        : ahead.get(0).forecast().what() + ": " + ahead.get(0).forecast().because();
  }
}
