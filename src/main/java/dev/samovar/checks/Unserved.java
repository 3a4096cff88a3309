package dev.samovar.checks;

import dev.samovar.evidence.Dataset;
import dev.samovar.evidence.Event;
import dev.samovar.evidence.Evidence;
import dev.samovar.evidence.EvidenceException;
import dev.samovar.evidence.Fields;
import dev.samovar.evidence.Query;
import dev.samovar.evidence.ValueCount;
import dev.samovar.evidence.Window;
import dev.samovar.statistics.RobustSpread;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Versions that were trained well and never came to serve: the model is stale all the same. */
final class Unserved {
  private static final Duration MEMORY = Duration.ofDays(30);
  private static final Duration SHORTEST = Duration.ofHours(6);

  private Unserved() {}

  static Optional<Outcome> read(
      Case subject, Evidence evidence, Pipeline runs, Duration every, @Nullable String link)
      throws EvidenceException {
    Map<String, Instant> firstServed = new HashMap<>();
    Instant oldest = subject.now();
    for (ValueCount version :
        evidence
            .events()
            .values(
                Query.of(subject.model(), Dataset.INFERENCE),
                Fields.MODEL_VERSION,
                Optional.of(new Window(subject.now().minus(MEMORY), subject.now())),
                100)) {
      firstServed.put(version.value(), version.first());
      oldest = version.first().isBefore(oldest) ? version.first() : oldest;
    }
    List<Event> waiting = new ArrayList<>();
    List<Double> delays = new ArrayList<>();
    String served = "";
    for (Event run : runs.successes()) {
      String version = run.text(Fields.MODEL_VERSION).orElse("");
      Instant first = firstServed.get(version);
      if (first == null && served.isEmpty()) {
        if (!version.isEmpty()) {
          waiting.add(run);
        }
      } else if (first != null) {
        served = served.isEmpty() ? version : served;
        // What served since before the log began says nothing about how long it took.
        if (first.isAfter(oldest) && first.isAfter(run.time())) {
          delays.add((double) Duration.between(run.time(), first).toSeconds());
        }
      }
    }
    if (waiting.isEmpty() || served.isEmpty()) {
      return Optional.empty();
    }
    Event oldestWaiting = waiting.get(waiting.size() - 1);
    Duration age = Duration.between(oldestWaiting.time(), subject.now());
    double usual = RobustSpread.median(delays.stream().mapToDouble(Double::doubleValue).toArray());
    Duration patience =
        Double.isNaN(usual) ? every.multipliedBy(2) : Duration.ofSeconds((long) (3 * usual));
    Duration least = patience.compareTo(SHORTEST) > 0 ? patience : SHORTEST;
    if (age.compareTo(least) <= 0) {
      return Optional.empty();
    }
    String text =
        Text.count(waiting.size(), "newer version")
            + " ("
            + Text.list(
                waiting.stream().map(run -> run.text(Fields.MODEL_VERSION).orElse("?")).toList(), 3)
            + ") "
            + (waiting.size() == 1 ? "was" : "were")
            + " trained since "
            + Text.time(oldestWaiting.time())
            + " and never served; version "
            + served
            + " still serves";
    return Optional.of(
        new Outcome.Found(
            Severity.WARNING,
            Math.min(0.88, 0.7 + 0.04 * waiting.size()),
            subject.model().name() + " is stale: " + text,
            List.of(
                Fact.of(text, runs.name(), (double) waiting.size(), 0, "count").linked(link),
                Fact.of(
                    Double.isNaN(usual)
                        ? "Trained " + Text.duration(age) + " ago"
                        : "Trained "
                            + Text.duration(age)
                            + " ago; a new version usually serves after "
                            + Text.duration(Duration.ofSeconds((long) usual)),
                    runs.name(),
                    age.toMinutes() / 60.0,
                    Double.isNaN(usual) ? Double.NaN : usual / 3600,
                    "h")),
            List.of(),
            Optional.of(oldestWaiting.time())));
  }
}
