package dev.samovar.checks;

import dev.samovar.evidence.Catalog;
import dev.samovar.evidence.Condition;
import dev.samovar.evidence.Dataset;
import dev.samovar.evidence.Event;
import dev.samovar.evidence.Evidence;
import dev.samovar.evidence.EvidenceException;
import dev.samovar.evidence.Fields;
import dev.samovar.evidence.Query;
import dev.samovar.evidence.Tally;
import dev.samovar.evidence.ValueCount;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A GPU without memory fails some requests and slows the others, and the model seems moody. Seen in
 * the errors that frameworks write, and, before they do, in the exporter's figures. Frameworks that
 * take all memory at the start, and lines that only mention the words, would fool it.
 */
final class GpuMemory implements Check {
  private static final int SAMPLE = 50;

  @Override
  public CheckId id() {
    return CheckId.GPU_MEMORY;
  }

  @Override
  public Set<CheckId> explains() {
    return Set.of(CheckId.ERROR_BURST, CheckId.SERVING_HEALTH, CheckId.LOGGING_GAP);
  }

  @Override
  public Outcome examine(Case subject, Evidence evidence) throws EvidenceException {
    List<Lines> all = new ArrayList<>();
    Set<String> hosts = new TreeSet<>();
    boolean looked = false;
    String absence = "";
    for (Dataset dataset : List.of(Dataset.APPLICATION, Dataset.INFERENCE)) {
      Catalog catalog = evidence.events().catalog(subject.model(), dataset);
      boolean hasText =
          catalog.has(Fields.MESSAGE)
              || catalog.has(Fields.ERROR_MESSAGE)
              || catalog.has(Fields.ERROR_TYPE);
      if (catalog.isEmpty() || !hasText) {
        absence = catalog.isEmpty() ? catalog.absence() : "no messages in " + catalog.expression();
        continue;
      }
      Query query = Query.of(subject.model(), dataset);
      Lines lines = Lines.read(subject, evidence, query);
      looked = looked || lines.events() > 0;
      all.add(lines);
      if (catalog.has(Fields.HOST)) {
        evidence
            .events()
            .values(query, Fields.HOST, Optional.of(subject.window()), 20)
            .forEach(host -> hosts.add(host.value()));
      }
    }
    Lines most =
        all.stream().max(java.util.Comparator.comparingLong(Lines::real)).orElse(Lines.NONE);
    if (most.isNew()) {
      return errors(subject, evidence, most);
    }
    GpuFigures figures = GpuFigures.read(subject, evidence, List.copyOf(hosts));
    Optional<Outcome> heading = figures.trouble();
    if (heading.isPresent()) {
      return heading.get();
    }
    if (looked) {
      return Outcome.clear(
          (most.real() == 0
                  ? "no GPU out-of-memory error was logged"
                  : "GPU out-of-memory errors are no more frequent than usual ("
                      + most.real()
                      + ")")
              + (figures.isThere() ? "; " + figures.summary() : ""));
    }
    if (figures.isThere()) {
      return Outcome.clear(figures.summary());
    }
    String remedy =
        "send the service's logs there with service.name: "
            + subject.model().service()
            + ", or name the index under models[].indices.application";
    boolean everLogged = all.stream().anyMatch(lines -> lines.eventsBefore() > 0);
    return !everLogged
        ? Outcome.notSetUp(
            absence.isEmpty()
                ? "no messages or outcomes are logged"
                : "no logs to look in: " + absence,
            remedy)
        : Outcome.blind(
            "nothing was logged by service " + subject.model().service() + " in the window",
            remedy);
  }

  /**
   * Lines of one dataset that say it.
   *
   * @param events of the window that would show it
   * @param real how many in the window, as far as a sample tells
   * @param before how many in each reference window
   */
  private record Lines(
      Query query,
      long events,
      long eventsBefore,
      long real,
      List<Long> before,
      List<Event> sample) {
    static final Lines NONE =
        new Lines(
            Query.of(dev.samovar.evidence.Model.named(""), Dataset.APPLICATION),
            0,
            0,
            0,
            List.of(),
            List.of());

    static Lines read(Case subject, Evidence evidence, Query query) throws EvidenceException {
      List<dev.samovar.evidence.Window> windows = new ArrayList<>();
      windows.add(subject.window());
      windows.addAll(subject.reference());
      List<Tally> tallies =
          evidence
              .events()
              .tally(
                  query,
                  windows,
                  Map.of("said", GpuOutOfMemory.said(), "telling", GpuOutOfMemory.wouldShow()));
      long said = tallies.get(0).of("said");
      List<Event> real = List.of();
      long confirmed = 0;
      if (said > 0) {
        List<Event> sample =
            evidence
                .events()
                .newest(
                    query.and(GpuOutOfMemory.said()),
                    subject.window(),
                    GpuOutOfMemory.fields(),
                    SAMPLE);
        real = sample.stream().filter(GpuOutOfMemory::isReal).toList();
        confirmed = sample.isEmpty() ? 0 : Math.round((double) said * real.size() / sample.size());
      }
      return new Lines(
          query,
          tallies.get(0).of("telling"),
          tallies.subList(1, tallies.size()).stream().mapToLong(tally -> tally.of("telling")).sum(),
          confirmed,
          tallies.subList(1, tallies.size()).stream().map(tally -> tally.of("said")).toList(),
          real);
    }

    long usual() {
      return before.stream().mapToLong(Long::longValue).max().orElse(0);
    }

    boolean isNew() {
      return real > 0 && real > 3 * usual();
    }
  }

  private static Outcome errors(Case subject, Evidence evidence, Lines lines)
      throws EvidenceException {
    Condition said = GpuOutOfMemory.said();
    Query query = lines.query().and(said);
    List<ValueCount> hosts =
        evidence.events().values(query, Fields.HOST, Optional.of(subject.window()), 5);
    List<Fact> facts = new ArrayList<>();
    Event newest = lines.sample().get(0);
    facts.add(
        Fact.of(
                Text.count(lines.real(), "GPU out-of-memory error")
                    + " in the window, at most "
                    + lines.usual()
                    + " in a reference window",
                subject.model().service(),
                (double) lines.real(),
                (double) lines.usual(),
                "count")
            .linked(evidence.events().link(query, subject.window()).orElse(null)));
    for (ValueCount host : hosts) {
      facts.add(
          Fact.of(
              host.value()
                  + ": "
                  + Text.count(host.count(), "such line")
                  + " since "
                  + Text.time(host.first()),
              host.value(),
              (double) host.count(),
              Double.NaN,
              "count"));
    }
    facts.add(
        Fact.of(
            "the newest, " + Text.time(newest.time()) + ": " + LogLine.of(newest),
            subject.model().service()));
    Optional<String> sizes =
        lines.sample().stream().flatMap(event -> GpuOutOfMemory.sizes(event).stream()).findFirst();
    return new Outcome.Found(
        Severity.CRITICAL,
        Math.min(0.95, 0.7 + 0.05 * Math.min(5, lines.real())),
        "GPU out of memory"
            + (hosts.isEmpty()
                ? ""
                : " on " + Text.list(hosts.stream().map(ValueCount::value).toList(), 3))
            + ": "
            + Text.count(lines.real(), "error")
            + (lines.usual() == 0 ? ", none" : ", at most " + lines.usual())
            + " in the same time before"
            + sizes.map(text -> " (" + text + ")").orElse(""),
        facts,
        List.of(new Signal.Share("share of GPU out-of-memory errors", lines.query(), said)),
        Optional.empty());
  }
}
