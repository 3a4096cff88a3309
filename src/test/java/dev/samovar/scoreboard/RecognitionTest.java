package dev.samovar.scoreboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samovar.incidents.Earlier;
import dev.samovar.incidents.Incident;
import dev.samovar.incidents.Likeness;
import dev.samovar.incidents.Opening;
import dev.samovar.incidents.Place;
import dev.samovar.incidents.Traits;
import dev.samovar.triage.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * How often the most similar earlier incident is of the same kind. With {@code
 * -Drecognition.seeds=101,103} it writes {@code target/recognition.md}; each kind comes once a
 * seed, so that exactly one or a few of all the others are the right ones to remember.
 */
class RecognitionTest {
  private static final Path TABLE = Path.of("target", "recognition.md");

  private record Kept(Kind kind, Earlier earlier, Optional<String> cause) {}

  @Test
  @EnabledIfSystemProperty(named = "recognition.seeds", matches = ".+")
  void earlier_incidents_are_recognised() throws IOException {
    List<Kept> all = new ArrayList<>();
    for (String seed : System.getProperty("recognition.seeds", "").split(",", -1)) {
      for (Kind kind : Kind.all()) {
        all.add(kept(kind, ScoreboardTest.run(kind, Long.parseLong(seed)).report(), all.size()));
      }
    }
    StringBuilder table =
        new StringBuilder(
            "| similarity from | shown | same kind | same first cause |\n|---|---|---|---|\n");
    for (int tenths = 4; tenths <= 9; tenths++) {
      table.append(row(all, tenths / 10.0));
    }
    Files.createDirectories(TABLE.toAbsolutePath().getParent());
    Files.writeString(TABLE, table);
    System.out.println(table);
    assertThat(all).isNotEmpty();
  }

  private static Kept kept(Kind kind, Report report, int number) {
    Traits traits =
        Traits.of(
            Incident.begin(
                    "i" + number,
                    new Place("C1", "1", "2"),
                    new Opening(
                        report.model(),
                        report.window().from(),
                        Set.of(),
                        "",
                        "U1",
                        Optional.empty(),
                        Instant.EPOCH))
                .reported(report, Instant.EPOCH));
    return new Kept(
        kind,
        new Earlier("i" + number, report.model(), Instant.EPOCH.plusSeconds(number), traits),
        report.causes().stream().findFirst().map(cause -> cause.check().id()));
  }

  /** Of incidents in which something was found: how many are shown another, and which. */
  private static String row(List<Kept> all, double enough) {
    int asked = 0;
    int shown = 0;
    int sameKind = 0;
    int sameCause = 0;
    for (Kept now : all) {
      if (now.earlier().traits().names().isEmpty()) {
        continue;
      }
      asked++;
      List<Earlier> others =
          all.stream().filter(one -> !one.equals(now)).map(Kept::earlier).toList();
      Optional<Likeness.Similar> best =
          Likeness.among(others, now.earlier().model(), now.earlier().traits()).stream()
              .filter(one -> one.similarity() >= enough)
              .findFirst();
      if (best.isPresent()) {
        Kept other = all.get(Integer.parseInt(best.get().earlier().id().substring(1)));
        shown++;
        sameKind += other.kind().name().equals(now.kind().name()) ? 1 : 0;
        sameCause += other.cause().equals(now.cause()) ? 1 : 0;
      }
    }
    return String.format(
        Locale.ROOT,
        "| %.1f | %d of %d | %.2f | %.2f |%n",
        enough,
        shown,
        asked,
        sameKind / (double) Math.max(1, shown),
        sameCause / (double) Math.max(1, shown));
  }
}
