package dev.samovar.incidents;

import dev.samovar.checks.CheckId;
import dev.samovar.triage.Report;
import dev.samovar.triage.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
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
 * @param explanations of each person the last words about what it really was
 * @param resolution how it ended; empty while it has not
 * @param touched when somebody or a look last did something; empty in what was kept before it was
 *     noted
 * @param asked when Samovar asked whether it is over, since then
 * @param publication of its page; empty while it is as at the beginning
 * @param handled keys of the last things that changed it, so that none does twice
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
    List<Entry> timeline,
    List<Explanation> explanations,
    Optional<Resolution> resolution,
    Optional<Instant> touched,
    List<Instant> asked,
    Optional<Publication> publication,
    List<String> handled) {

  /** Messages in a thread come in bursts: nearer than this they are one touch. */
  private static final Duration BURST = Duration.ofMinutes(10);

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

    private Checklist toggled(Tick tick) {
      return new Checklist(
          check,
          message,
          tick(tick.step()).isPresent()
              ? without(done, one -> one.step() == tick.step())
              : Draft.plus(done, tick));
    }
  }

  public Incident {
    runs = List.copyOf(runs);
    opinions = List.copyOf(opinions);
    checklists = List.copyOf(checklists);
    timeline = List.copyOf(timeline);
    explanations = List.copyOf(explanations);
    asked = List.copyOf(asked);
    handled = List.copyOf(handled);
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
                    : "“" + opening.said() + "”")),
        List.of(),
        Optional.empty(),
        Optional.of(opening.at()),
        List.of(),
        Optional.empty(),
        List.of());
  }

  /**
   * Changes it for something that must have one effect, however often it is done.
   *
   * @param key names it
   */
  public Incident once(String key, UnaryOperator<Incident> change) {
    if (handled.contains(key)) {
      return this;
    }
    Incident after = change.apply(this);
    return after.equals(this) ? this : after.draft().handled(key).done();
  }

  private Draft draft() {
    return new Draft(this);
  }

  private static <T> List<T> without(List<T> list, Predicate<T> dropped) {
    return list.stream().filter(Predicate.not(dropped)).toList();
  }

  /** Says something in the timeline. */
  public Incident note(Instant at, String who, String what) {
    return draft().note(at, who, what).done();
  }

  /** Where people open its message. */
  public Incident linked(String link) {
    return draft()
        .place(new Place(place.channel(), place.thread(), place.answer(), Optional.of(link)))
        .done();
  }

  /** A look begins. */
  public Incident looking() {
    return draft().running(true).done();
  }

  /** A look ended without a report. */
  public Incident broken(Instant at) {
    return draft().running(false).note(at, "", "could not look: something broke").done();
  }

  /** A look has ended. Only a change of what it says is news for the timeline. */
  public Incident reported(Report latest, Instant at) {
    return look(latest, at).report(latest).done();
  }

  /**
   * A look of the watch has ended. It looks at the last minutes only, so what was found before
   * stays the report.
   */
  public Incident watched(Report latest, Instant at) {
    return look(latest, at).done();
  }

  private Draft look(Report latest, Instant at) {
    Run run = Run.of(latest, at);
    boolean isNews =
        runs.isEmpty()
            || runs.get(runs.size() - 1).verdict() != run.verdict()
            || !runs.get(runs.size() - 1).headline().equals(run.headline());
    Draft seen =
        draft().running(false).run(run).watch(watch.map(w -> count(w, latest))).touched(at);
    return isNews ? seen.note(at, "", "found: " + latest.headline()) : seen;
  }

  private static Watch count(Watch watch, Report latest) {
    return new Watch(
        watch.by(),
        watch.since(),
        watch.until(),
        latest.verdict() == Verdict.ALL_CLEAR ? watch.wellRuns() + 1 : 0);
  }

  /** Links to its page are no longer good; twice changes nothing. */
  public Incident unpublished(String user, Instant at) {
    Publication page = Publication.of(this);
    return page.revoked()
        ? this
        : draft()
            .publication(page.revoke())
            .note(at, user, "revoked the link to the report's page")
            .done();
  }

  /** Its page has a link again, a new one; twice changes nothing. */
  public Incident published(String user, Instant at) {
    Publication page = Publication.of(this);
    return page.revoked()
        ? draft()
            .publication(page.offer())
            .note(at, user, "gave the report's page a new link")
            .done()
        : this;
  }

  /** Somebody takes it; who has it already keeps it. */
  public Incident ownedBy(String user, Instant at) {
    if (owner.filter(user::equals).isPresent()) {
      return this;
    }
    return draft()
        .state(state == State.OPEN || state == State.RESOLVED ? State.ACKNOWLEDGED : state)
        .resolution(Optional.empty())
        .owner(user)
        .note(at, user, owner.isEmpty() ? "is on it" : "took it over")
        .done();
  }

  /** The owner gives it to another; nobody else can, and twice changes nothing. */
  public Incident handedOver(String from, String to, String note, Instant at) {
    boolean isOwn = owner.filter(from::equals).isPresent();
    return !isOwn || from.equals(to) || state == State.RESOLVED
        ? this
        : draft()
            .owner(to)
            .note(at, from, note.isBlank() ? "handed it over" : "handed it over: " + note.strip())
            .note(at, to, "is on it, as it was handed over")
            .done();
  }

  /** “This was it” or “not it”; a second time takes it back. */
  public Incident judged(CheckId cause, boolean wasIt, String user, Instant at) {
    Predicate<Opinion> same = opinion -> opinion.cause() == cause && opinion.user().equals(user);
    boolean isTakenBack = opinions.stream().anyMatch(same.and(o -> o.wasIt() == wasIt));
    List<Opinion> others = without(opinions, same);
    return draft()
        .opinions(isTakenBack ? others : Draft.plus(others, opinion(cause, wasIt, user, at)))
        .note(
            at,
            user,
            (isTakenBack ? "took back: " : "said: ")
                + cause.id()
                + (wasIt ? " was it" : " was not it"))
        .done();
  }

  private Opinion opinion(CheckId cause, boolean wasIt, String user, Instant at) {
    List<Report.Cause> named = report.map(Report::causes).orElse(List.of());
    for (int i = 0; i < named.size(); i++) {
      if (named.get(i).check() == cause) {
        return new Opinion(
            cause,
            wasIt,
            user,
            at,
            OptionalInt.of(i + 1),
            OptionalDouble.of(named.get(i).confidence()));
      }
    }
    return new Opinion(cause, wasIt, user, at, OptionalInt.empty(), OptionalDouble.empty());
  }

  /** What it really was: a cause, words, or both; the same again changes nothing. */
  public Incident explained(Optional<CheckId> cause, String words, String user, Instant at) {
    String said = words.strip();
    Incident judged =
        cause
            .filter(one -> opinionsOf(one).noneMatch(o -> o.user().equals(user) && o.wasIt()))
            .map(one -> judged(one, true, user, at))
            .orElse(this);
    boolean isNew =
        !said.isEmpty()
            && explanations.stream()
                .noneMatch(one -> one.user().equals(user) && one.words().equals(said));
    return isNew
        ? judged
            .draft()
            .explanations(
                Draft.plus(
                    without(explanations, one -> one.user().equals(user)),
                    new Explanation(said, user, at)))
            .note(at, user, "said what it was: " + said)
            .done()
        : judged;
  }

  /** Whether anybody said what it was. */
  public boolean isExplained() {
    return !explanations.isEmpty() || opinions.stream().anyMatch(Opinion::wasIt);
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
        : draft()
            .state(State.WATCHING)
            .resolution(Optional.empty())
            .watch(Optional.of(new Watch(user, at, until, 0)))
            .note(at, user, "asked to watch it until it is well")
            .done();
  }

  /** No longer watched. */
  public Incident unwatched(String user, Instant at) {
    return watch.isEmpty()
        ? this
        : draft()
            .state(openState())
            .watch(Optional.empty())
            .note(at, user, "stopped the watch")
            .done();
  }

  private State openState() {
    return owner.isPresent() ? State.ACKNOWLEDGED : State.OPEN;
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
        : draft()
            .state(State.RESOLVED)
            .watch(Optional.empty())
            .resolution(Optional.of(new Resolution(user, at, how)))
            .note(at, user, how)
            .done();
  }

  /** It is not over after all. */
  public Incident reopened(String user, Instant at) {
    return state == State.RESOLVED
        ? draft()
            .state(openState())
            .resolution(Optional.empty())
            .note(at, user, "opened it again")
            .done()
        : this;
  }

  /** When somebody or a look last did something. */
  public Instant lastTouched() {
    return touched.orElseGet(
        () -> timeline.stream().map(Entry::at).max(Instant::compareTo).orElse(opening.at()));
  }

  /** Somebody spoke in the thread. Soon after another touch that is no news. */
  public Incident touch(Instant at) {
    return asked.isEmpty() && at.isBefore(lastTouched().plus(BURST))
        ? this
        : draft().touched(at).done();
  }

  /** Samovar asks whether it is over. */
  public Incident asksIfOver(Instant at) {
    return draft().asks(at).done();
  }

  /** Somebody says that it is not over; only where it was asked is that news. */
  public Incident stillOpen(String user, Instant at) {
    return asked.isEmpty() ? this : note(at, user, "says it is still open");
  }

  public Optional<Checklist> checklist(CheckId check) {
    return checklists.stream().filter(list -> list.check() == check).findFirst();
  }

  /** A runbook's steps were put into the thread. */
  public Incident checklisted(CheckId check, String message, String user, Instant at) {
    return checklist(check).isPresent()
        ? this
        : draft()
            .checklists(Draft.plus(checklists, new Checklist(check, message, List.of())))
            .note(at, user, "opened the runbook " + check.id())
            .done();
  }

  /** A step is done; a second time takes it back. */
  public Incident ticked(CheckId check, int step, String name, String user, Instant at) {
    Optional<Checklist> list = checklist(check);
    if (list.isEmpty()) {
      return this;
    }
    boolean isTakenBack = list.get().tick(step).isPresent();
    Checklist other = list.get().toggled(new Tick(check, step, user, at, Optional.of(name)));
    return draft()
        .checklists(checklists.stream().map(one -> one.check() == check ? other : one).toList())
        .note(at, user, (isTakenBack ? "took back the step: " : "did: ") + name)
        .done();
  }
}
