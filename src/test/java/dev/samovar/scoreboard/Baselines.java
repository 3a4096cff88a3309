package dev.samovar.scoreboard;

import dev.samovar.checks.CheckId;
import dev.samovar.evidence.Condition;
import dev.samovar.evidence.Dataset;
import dev.samovar.evidence.Event;
import dev.samovar.evidence.EvidenceException;
import dev.samovar.evidence.Fields;
import dev.samovar.evidence.Query;
import dev.samovar.fixture.ElasticsearchFixture;
import dev.samovar.triage.Report;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/** What simpler ways would say: chance, “it was the last change”, and the loudest error. */
final class Baselines {
  private static final List<CheckId> CAUSES =
      Stream.of(CheckId.values()).filter(id -> id.role() == CheckId.Role.CAUSE).toList();

  private Baselines() {}

  static ScoreboardTest.Guesses guess(Incident incident, Report report) {
    return new ScoreboardTest.Guesses(
        CAUSES.get(new Random(report.model().hashCode() + incident.now.hashCode()).nextInt(12)),
        CheckId.RECENT_CHANGES,
        loudest(incident));
  }

  /** A person who greps for ERROR and goes by the words of what there is most of. */
  private static CheckId loudest(Incident incident) {
    Map<String, Integer> counts = new HashMap<>();
    try {
      for (Event event :
          ElasticsearchFixture.evidence()
              .events()
              .newest(
                  Query.of(incident.model(), Dataset.APPLICATION)
                      .and(Condition.is(Fields.LEVEL, "ERROR")),
                  incident.window(),
                  List.of(Fields.MESSAGE),
                  500)) {
        counts.merge(
            event.text(Fields.MESSAGE).orElse("").replaceAll("\\d+", "#"), 1, Integer::sum);
      }
    } catch (EvidenceException e) {
      throw new IllegalStateException(e);
    }
    String loudest =
        counts.entrySet().stream()
            .max(Map.Entry.<String, Integer>comparingByValue().thenComparing(Map.Entry::getKey))
            .map(Map.Entry::getKey)
            .orElse("")
            .toLowerCase(Locale.ROOT);
    if (loudest.contains("memory") || loudest.contains("oom")) {
      return CheckId.GPU_MEMORY;
    }
    if (loudest.contains("space") || loudest.contains("xid") || loudest.contains("nccl")) {
      return CheckId.HOST_RESOURCES;
    }
    return loudest.contains("version") || loudest.contains("import")
        ? CheckId.DEPENDENCY_DRIFT
        : CheckId.BROKEN_PIPELINE;
  }
}
