package dev.samovar.incidents;

import dev.samovar.checks.CheckId;
import dev.samovar.triage.Report;
import dev.samovar.triage.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A thread about a model in trouble. Immutable: each change gives another, and doing a thing twice
 * gives the same.
 *
 * @param report of the latest look; empty while the first is under way
 * @param running whether a look is under way
 * @param owner who said “I'm on it”
 * @param opinions of each person the last on each cause
 * @param checklists whose runbooks were put into the thread
 * @param timeline oldest first
 */
public record Incident(
    String id,
    Place place,
    Opening opening,
    State state,
    Optional<Report> report,
    boolean running,
    List<Run> runs,
    Optional<String> owner,
    List<Opinion> opinions,
    Optional<Watch> watch,
    List<Checklist> checklists,
    List<Entry> timeline) {

  /**
   * A runbook's steps in the thread.
   *
   * @param message that shows them
   */
  public record Checklist(CheckId check, String message, List<Tick> done) {
    public Checklist {
      done = List.copyOf(done);
    }

    public Optional<Tick> tick(int step) {
      return done.stream().filter(tick -> tick.step() == step).findFirst();
    }
  }

  public Incident {
    runs = List.copyOf(runs);
    opinions = List.copyOf(opinions);
    checklists = List.copyOf(checklists);
    timeline = List.copyOf(timeline);
  }

  public static Incident begin(String id, Place place, Opening opening) {
    return new Incident(
        id,
        place,
        opening,
        State.OPEN,
        Optional.empty(),
        true,
        List.of(),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        List.of(),
        List.of(
            new Entry(
                opening.at(),
                opening.asker(),
                opening.said().isBlank()
                    ? "asked about " + opening.model()
                    : "“" + opening.said() + "”")));
  }

  private Incident with(
      State newState,
      Optional<Report> newReport,
      boolean isRunning,
      List<Run> newRuns,
      Optional<String> newOwner,
      List<Opinion> newOpinions,
      Optional<Watch> newWatch,
      List<Checklist> newChecklists,
      List<Entry> newTimeline) {
    return new Incident(
        id,
        place,
        opening,
        newState,
        newReport,
        isRunning,
        newRuns,
        newOwner,
        newOpinions,
        newWatch,
        newChecklists,
        newTimeline);
  }

  private static <T> List<T> plus(List<T> list, T last) {
    List<T> longer = new ArrayList<>(list);
    longer.add(last);
    return longer;
  }

  private static <T> List<T> without(List<T> list, Predicate<T> dropped) {
    return list.stream().filter(Predicate.not(dropped)).toList();
  }

  /** Says something in the timeline. */
  public Incident note(Instant at, String who, String what) {
    return with(
        state,
        report,
        running,
        runs,
        owner,
        opinions,
        watch,
        checklists,
        plus(timeline, new Entry(at, who, what)));
  }

  private Incident in(State other) {
    return with(other, report, running, runs, owner, opinions, watch, checklists, timeline);
  }

  private Incident withWatch(Optional<Watch> other) {
    return with(state, report, running, runs, owner, opinions, other, checklists, timeline);
  }

  /** A look begins. */
  public Incident looking() {
    return with(state, report, true, runs, owner, opinions, watch, checklists, timeline);
  }

  /** A look ended without a report. */
  public Incident broken(Instant at) {
    return with(state, report, false, runs, owner, opinions, watch, checklists, timeline)
        .note(at, "", "could not look: something broke");
  }

  /** A look has ended. Only a change of what it says is news for the timeline. */
  public Incident reported(Report latest, Instant at) {
    Run run = Run.of(latest, at);
    boolean isNews =
        runs.isEmpty()
            || runs.get(runs.size() - 1).verdict() != run.verdict()
            || !runs.get(runs.size() - 1).headline().equals(run.headline());
    Incident seen =
        with(
            state,
            Optional.of(latest),
            false,
            plus(runs, run),
            owner,
            opinions,
            watch.map(w -> count(w, latest)),
            checklists,
            timeline);
    return isNews ? seen.note(at, "", "found: " + latest.headline()) : seen;
  }

  /**
   * A look of the watch has ended. It looks at the last minutes only, so what was found before
   * stays the report.
   */
  public Incident watched(Report latest, Instant at) {
    Incident seen = reported(latest, at);
    return with(
        seen.state,
        report,
        false,
        seen.runs,
        owner,
        opinions,
        seen.watch,
        checklists,
        seen.timeline);
  }

  private static Watch count(Watch watch, Report latest) {
    return new Watch(
        watch.by(),
        watch.since(),
        watch.until(),
        latest.verdict() == Verdict.ALL_CLEAR ? watch.wellRuns() + 1 : 0);
  }

  /** Somebody takes it; who has it already keeps it. */
  public Incident ownedBy(String user, Instant at) {
    if (owner.filter(user::equals).isPresent()) {
      return this;
    }
    return with(
            state == State.OPEN || state == State.RESOLVED ? State.ACKNOWLEDGED : state,
            report,
            running,
            runs,
            Optional.of(user),
            opinions,
            watch,
            checklists,
            timeline)
        .note(at, user, owner.isEmpty() ? "is on it" : "took it over");
  }

  /** “This was it” or “not it”; a second time takes it back. */
  public Incident judged(CheckId cause, boolean wasIt, String user, Instant at) {
    Predicate<Opinion> same = opinion -> opinion.cause() == cause && opinion.user().equals(user);
    boolean isTakenBack = opinions.stream().anyMatch(same.and(o -> o.wasIt() == wasIt));
    List<Opinion> others = without(opinions, same);
    return with(
            state,
            report,
            running,
            runs,
            owner,
            isTakenBack ? others : plus(others, new Opinion(cause, wasIt, user, at)),
            watch,
            checklists,
            timeline)
        .note(
            at,
            user,
            (isTakenBack ? "took back: " : "said: ")
                + cause.id()
                + (wasIt ? " was it" : " was not it"));
  }

  /** What the latest look came to, in a line. */
  public String headline() {
    return report
        .map(Report::headline)
        .orElse(running ? "is being looked at" : "could not be looked at");
  }

  /** The causes that people say it was. */
  public List<CheckId> confirmed() {
    return opinions.stream().filter(Opinion::wasIt).map(Opinion::cause).distinct().toList();
  }

  public Stream<Opinion> opinionsOf(CheckId cause) {
    return opinions.stream().filter(opinion -> opinion.cause() == cause);
  }

  /** Looked at until it is well; asking twice changes nothing. */
  public Incident watchedBy(String user, Instant at, Instant until) {
    return watch.isPresent()
        ? this
        : in(State.WATCHING)
            .withWatch(Optional.of(new Watch(user, at, until, 0)))
            .note(at, user, "asked to watch it until it is well");
  }

  /** No longer watched. */
  public Incident unwatched(String user, Instant at) {
    return watch.isEmpty()
        ? this
        : in(owner.isPresent() ? State.ACKNOWLEDGED : State.OPEN)
            .withWatch(Optional.empty())
            .note(at, user, "stopped the watch");
  }

  /** What a watch has come to. */
  public enum Watched {
    GOES_ON,
    RECOVERED,
    GIVEN_UP
  }

  public Watched outcome(Instant now) {
    if (watch.isEmpty()) {
      return Watched.GIVEN_UP;
    }
    if (watch.get().wellRuns() >= Watch.ENOUGH) {
      return Watched.RECOVERED;
    }
    return watch.get().isOver(now) ? Watched.GIVEN_UP : Watched.GOES_ON;
  }

  /** It is over; twice changes nothing. */
  public Incident resolved(String user, Instant at, String how) {
    return state == State.RESOLVED
        ? this
        : in(State.RESOLVED).withWatch(Optional.empty()).note(at, user, how);
  }

  /** It is not over after all. */
  public Incident reopened(String user, Instant at) {
    return state == State.RESOLVED
        ? in(owner.isPresent() ? State.ACKNOWLEDGED : State.OPEN).note(at, user, "opened it again")
        : this;
  }

  public Optional<Checklist> checklist(CheckId check) {
    return checklists.stream().filter(list -> list.check() == check).findFirst();
  }

  /** A runbook's steps were put into the thread. */
  public Incident checklisted(CheckId check, String message, String user, Instant at) {
    return checklist(check).isPresent()
        ? this
        : withChecklists(plus(checklists, new Checklist(check, message, List.of())))
            .note(at, user, "opened the runbook " + check.id());
  }

  private Incident withChecklists(List<Checklist> others) {
    return with(state, report, running, runs, owner, opinions, watch, others, timeline);
  }

  /** A step is done; a second time takes it back. */
  public Incident ticked(CheckId check, int step, String name, String user, Instant at) {
    Optional<Checklist> list = checklist(check);
    if (list.isEmpty()) {
      return this;
    }
    boolean isTakenBack = list.get().tick(step).isPresent();
    List<Tick> others = without(list.get().done(), tick -> tick.step() == step);
    Checklist other =
        new Checklist(
            check,
            list.get().message(),
            isTakenBack ? others : plus(others, new Tick(check, step, user, at)));
    return withChecklists(
            checklists.stream().map(one -> one.check() == check ? other : one).toList())
        .note(at, user, (isTakenBack ? "took back the step: " : "did: ") + name);
  }
}
