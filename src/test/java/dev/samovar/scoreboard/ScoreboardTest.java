package dev.samovar.scoreboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samovar.checks.CheckId;
import dev.samovar.checks.Checks;
import dev.samovar.fixture.ElasticsearchFixture;
import dev.samovar.triage.Investigation;
import dev.samovar.triage.Progress;
import dev.samovar.triage.Report;
import dev.samovar.triage.Request;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Runs the incidents. A few of them in every build; all of them with {@code mvn verify
 * -Pscoreboard}, which writes {@code target/scoreboard.md}. Odd seeds are for tuning, even ones for
 * reporting.
 */
class ScoreboardTest {
  private static final Path TABLE = Path.of("target", "scoreboard.md");

  @Test
  void a_few_incidents_are_told_right() throws IOException {
    Scores scores = new Scores();
    for (Kind kind : Kind.all()) {
      if (Set.of("bad-deploy", "oom-torch", "healthy", "ingest-fails").contains(kind.name())) {
        scores.add(run(kind, 101));
      }
    }

    assertThat(scores.wrong()).isEmpty();
  }

  @Test
  @EnabledIfSystemProperty(named = "scoreboard.seeds", matches = ".+")
  void all_incidents() throws IOException {
    String only = System.getProperty("scoreboard.kinds", "");
    Scores scores = new Scores();
    for (Kind kind : Kind.all()) {
      if (!only.isEmpty() && !kind.name().matches(only)) {
        continue;
      }
      for (String seed : System.getProperty("scoreboard.seeds", "").split(",", -1)) {
        Scores.Scored scored = run(kind, Long.parseLong(seed));
        scores.add(scored);
        if (!scored.isRight()) {
          System.out.println(scored.complaint());
        }
      }
    }
    Files.createDirectories(TABLE.toAbsolutePath().getParent());
    Files.writeString(TABLE, scores.table());
    System.out.println(scores.table());
    assertThat(scores.isEmpty()).isFalse();
  }

  private static final ExecutorService WORKERS =
      Executors.newFixedThreadPool(
          12,
          task -> {
            Thread thread = new Thread(task, "scoreboard");
            thread.setDaemon(true);
            return thread;
          });

  static Scores.Scored run(Kind kind, long seed) throws IOException {
    Incident incident = new Incident(kind.name(), seed);
    kind.trouble().accept(incident);
    incident.write(ElasticsearchFixture.writer());
    try {
      Report report =
          new Investigation(
                  ElasticsearchFixture.evidenceSource(),
                  Checks.all(),
                  WORKERS,
                  Duration.ofSeconds(40),
                  () -> "scoreboard")
              .investigate(
                  new Request(incident.model(), incident.window(), "", Set.of()), Progress.SILENT);
      return new Scores.Scored(
          kind, seed, incident.onset, report, Baselines.guess(incident, report));
    } finally {
      incident.delete(ElasticsearchFixture.writer());
    }
  }

  /** What three simpler ways would have said. */
  record Guesses(CheckId random, CheckId change, CheckId loudest) {
    List<CheckId> all() {
      return new ArrayList<>(List.of(random, change, loudest));
    }
  }
}
