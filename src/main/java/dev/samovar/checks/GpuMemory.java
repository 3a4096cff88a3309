package dev.samovar.checks;

import dev.samovar.evidence.Attempt;
import dev.samovar.evidence.Catalog;
import dev.samovar.evidence.Condition;
import dev.samovar.evidence.Dataset;
import dev.samovar.evidence.Event;
import dev.samovar.evidence.Evidence;
import dev.samovar.evidence.EvidenceException;
import dev.samovar.evidence.Fields;
import dev.samovar.evidence.Query;
import dev.samovar.evidence.ValueCount;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A GPU without memory fails some requests and slows the others, and the model seems moody. Seen in
 * the errors that frameworks write, and, before they do, in the exporter's figures. Frameworks that
 * take all memory at the start, and lines that only mention the words, would fool it.
 */
final class GpuMemory implements Check {
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
    List<Mentions> all = new ArrayList<>();
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
      Mentions lines = Mentions.read(subject, evidence, query, GpuOutOfMemory.WORDS);
      looked = looked || lines.events() > 0;
      all.add(lines);
      if (catalog.has(Fields.HOST)) {
        evidence
            .events()
            .values(query, Fields.HOST, Optional.of(subject.window()), 20)
            .forEach(host -> hosts.add(host.value()));
      }
    }
    Optional<Mentions> most = all.stream().max(Comparator.comparingLong(Mentions::real));
    if (most.isPresent() && most.get().isNew()) {
      return errors(subject, evidence, most.get(), List.copyOf(hosts));
    }
    long real = most.map(Mentions::real).orElse(0L);
    GpuFigures figures = GpuFigures.read(subject, evidence, List.copyOf(hosts));
    Optional<Outcome> heading = figures.trouble();
    if (heading.isPresent()) {
      return heading.get();
    }
    if (looked) {
      return Outcome.clear(
          (real == 0
                  ? "no GPU out-of-memory error was logged"
                  : "GPU out-of-memory errors are no more frequent than usual (" + real + ")")
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

  private static Outcome errors(Case subject, Evidence evidence, Mentions lines, List<String> all)
      throws EvidenceException {
    Condition said = GpuOutOfMemory.WORDS.said();
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
    Optional<String> sizes = GpuOutOfMemory.sizes(lines.sample());
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
            Optional.empty())
        .showing(
            // The errors say enough by themselves where no exporter can be asked.
            Attempt.at(
                    () -> GpuFigures.read(subject, evidence, all),
                    new GpuFigures(List.of(), subject.now()))
                .answer()
                .fullest(hosts.stream().map(ValueCount::value).toList()));
  }
}
