package dev.samovar.charts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samovar.checks.Figure;
import dev.samovar.evidence.Dataset;
import dev.samovar.fixture.World;
import dev.samovar.report.Format;
import dev.samovar.triage.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What investigations of a real Elasticsearch bring along for pictures. */
class ExhibitsTest {
  /** Another unit from the onset on, under a new version. */
  private static void inCents(Map<String, Object> event) {
    if (World.isTrouble(event)) {
      event.put("ml.preprocessing.version", "1.1");
      event.computeIfPresent("ml.features.amount", (name, amount) -> 100 * (double) amount);
    }
  }

  private static Figure.Course onset(Report report) {
    return report.exhibits().stream()
        .filter(Report.Exhibit::isOnset)
        .map(exhibit -> (Figure.Course) exhibit.figure())
        .findFirst()
        .orElseThrow();
  }

  /** For people who want to look: -Dlook=FOLDER. */
  private static void look(String name, Report report) throws IOException {
    String folder = System.getProperty("look");
    if (folder != null) {
      int number = 0;
      for (Picture picture : Gallery.inUtc().pictures(report)) {
        Files.write(Path.of(folder, name + number++ + ".png"), picture.png());
      }
    }
  }

  @Test
  void a_changed_unit_shows_as_a_distribution_and_a_share_with_its_usual_band() throws Exception {
    Report report = new World().predictions(400, ExhibitsTest::inCents).calmLog().report();

    look("cents", report);
    Figure.Course share = onset(report);
    assertThat(share.name()).isEqualTo(report.onset().orElseThrow().signal());
    assertThat(share.unit()).isEqualTo(Figure.Unit.SHARE);
    assertThat(share.usual()).isPresent();
    assertThat(share.usual().get().high()).hasSize(share.line().size());
    Figure.Distribution amount =
        report.exhibits().stream()
            .map(Report.Exhibit::figure)
            .filter(Figure.Distribution.class::isInstance)
            .map(Figure.Distribution.class::cast)
            .filter(figure -> figure.name().equals("amount"))
            .findFirst()
            .orElseThrow();
    assertThat(amount.bins()).extracting(Figure.Bin::label).contains("missing", "invalid");
    assertThat(amount.bins())
        .filteredOn(bin -> bin.label().startsWith("above "))
        .singleElement()
        .matches(bin -> bin.before() == 0 && bin.now() > 100);
    List<Picture> pictures = Gallery.inUtc().pictures(report);
    assertThat(pictures).hasSize(3);
    assertThat(pictures.get(0).alt())
        .startsWith("Distribution of amount (m) now (")
        .contains(" and under the old version (");
    // The contract's JSON knows nothing of them.
    assertThat(Format.JSON.render(report)).doesNotContain("\"exhibits\"");
  }

  @Test
  void memory_that_fills_up_shows_with_the_cards_limit() throws Exception {
    World world = new World().calmLog();
    List<Map<String, Object>> samples = new ArrayList<>();
    for (int i = 0; i < 480; i++) {
      Instant time = World.NOW.minus(Duration.ofMinutes(480L - i));
      double used = 4_000 + 24.0 * i;
      for (String metric : List.of("DCGM_FI_DEV_FB_USED", "DCGM_FI_DEV_FB_FREE")) {
        Map<String, Object> sample = World.event(time);
        sample.put("host.name", "gpu-7");
        sample.put("labels", Map.of("gpu", "0"));
        sample.put("metric.name", metric);
        sample.put("metric.value", metric.endsWith("USED") ? used : 16_384 - used);
        samples.add(sample);
      }
    }
    Report report = world.write(Dataset.METRICS, samples.stream()).report();

    look("gpu", report);
    Figure.Course memory =
        report.exhibits().stream()
            .filter(exhibit -> exhibit.check().id().equals("gpu-memory"))
            .map(exhibit -> (Figure.Course) exhibit.figure())
            .findFirst()
            .orElseThrow();
    assertThat(memory.name()).isEqualTo("GPU memory in use on gpu-7 GPU 0");
    Figure.Limit limit = memory.limit().orElseThrow();
    // Of a step the highest value counts, also of what is free.
    assertThat(limit.value()).isBetween(16_384.0, 16_500.0);
    assertThat(limit.words()).endsWith(" MiB on the card");
    assertThat(memory.line().values())
        .isSorted()
        .last()
        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.DOUBLE)
        .isGreaterThan(15_000);
  }
}
