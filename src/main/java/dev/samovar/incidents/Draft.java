package dev.samovar.incidents;

import dev.samovar.triage.Report;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a step changes of an incident; the rest stays. */
final class Draft {
  /** What comes twice comes soon after. */
  private static final int REMEMBERED = 50;

  private final Incident before;
  private State state;
  private Optional<Report> report;
  private boolean running;
  private List<Run> runs;
  private Optional<String> owner;
  private List<Opinion> opinions;
  private Optional<Watch> watch;
  private List<Incident.Checklist> checklists;
  private List<Entry> timeline;
  private List<Explanation> explanations;
  private Optional<Resolution> resolution;
  private Optional<Instant> touched;
  private List<Instant> asked;
  private Optional<Publication> publication;
  private List<String> handled;
  private Place place;

  Draft(Incident before) {
    this.before = before;
    this.place = before.place();
    this.state = before.state();
    this.report = before.report();
    this.running = before.running();
    this.runs = before.runs();
    this.owner = before.owner();
    this.opinions = before.opinions();
    this.watch = before.watch();
    this.checklists = before.checklists();
    this.timeline = before.timeline();
    this.explanations = before.explanations();
    this.resolution = before.resolution();
    this.touched = before.touched();
    this.asked = before.asked();
    this.publication = before.publication();
    this.handled = before.handled();
  }

  static <T> List<T> plus(List<T> list, T last) {
    List<T> longer = new ArrayList<>(list);
    longer.add(last);
    return longer;
  }

  Draft handled(String key) {
    List<String> longer = plus(handled, key);
    handled = longer.subList(Math.max(0, longer.size() - REMEMBERED), longer.size());
    return this;
  }

  Draft place(Place other) {
    place = other;
    return this;
  }

  Draft state(State other) {
    state = other;
    return this;
  }

  Draft report(Report other) {
    report = Optional.of(other);
    return this;
  }

  Draft publication(Publication other) {
    publication = Optional.of(other);
    return this;
  }

  Draft running(boolean isRunning) {
    running = isRunning;
    return this;
  }

  Draft run(Run run) {
    runs = plus(runs, run);
    return this;
  }

  Draft owner(String user) {
    owner = Optional.of(user);
    return this;
  }

  Draft opinions(List<Opinion> others) {
    opinions = others;
    return this;
  }

  Draft watch(Optional<Watch> other) {
    watch = other;
    return this;
  }

  Draft checklists(List<Incident.Checklist> others) {
    checklists = others;
    return this;
  }

  Draft explanations(List<Explanation> others) {
    explanations = others;
    return this;
  }

  Draft resolution(Optional<Resolution> other) {
    resolution = other;
    return this;
  }

  /** Somebody did something: whoever asked whether it is over has to wait again. */
  Draft touched(Instant at) {
    touched = touched.filter(at::isBefore).or(() -> Optional.of(at));
    asked = List.of();
    return this;
  }

  /** Something was done, and the timeline says so. */
  Draft note(Instant at, String who, String what) {
    timeline = plus(timeline, new Entry(at, who, what));
    return touched(at);
  }

  /** Samovar asks whether it is over; that is no doing. */
  Draft asks(Instant at) {
    touched = Optional.of(before.lastTouched());
    asked = plus(asked, at);
    timeline = plus(timeline, new Entry(at, "", "asked whether it is over"));
    return this;
  }

  Incident done() {
    return new Incident(
        before.id(),
        place,
        before.opening(),
        state,
        report,
        running,
        runs,
        owner,
        opinions,
        watch,
        checklists,
        timeline,
        explanations,
        resolution,
        touched,
        asked,
        publication,
        handled);
  }
}
