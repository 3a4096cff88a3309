package dev.samovar.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.samovar.checks.CheckId;
import dev.samovar.evidence.Binning;
import dev.samovar.evidence.Dataset;
import dev.samovar.evidence.EvidenceException;
import dev.samovar.evidence.Histogram;
import dev.samovar.evidence.Query;
import dev.samovar.evidence.Window;
import dev.samovar.fixture.ElasticsearchFixture;
import dev.samovar.fixture.World;
import dev.samovar.triage.Report;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A share of many events tells what all of them tell, and says that it is a share. */
class SamplingTest {
  private static final Sampling FEW = new Sampling(500);
  private static final Window NOW = new Window(World.NOW.minus(Duration.ofHours(2)), World.NOW);
  private static final Window MINUTE =
      new Window(World.NOW.minus(Duration.ofMinutes(1)), World.NOW);

  @SuppressWarnings("NullAway.Init") // Opened before all.
  private static ElasticsearchSource sampled;

  private final World world = new World();

  @BeforeAll
  static void open() throws IOException {
    sampled = new ElasticsearchSource(ElasticsearchSettings.plain(ElasticsearchFixture.url()), FEW);
  }

  @AfterAll
  static void close() {
    sampled.close();
  }

  @Test
  void few_events_are_all_looked_at_and_of_many_as_many_as_of_fewer() {
    assertThat(FEW.share(0)).isEqualTo(1);
    assertThat(FEW.share(1999)).isEqualTo(1);
    assertThat(FEW.share(2000)).isEqualTo(0.25);
    for (long events = 2000; events < 10_000_000_000L; events = events * 5 / 3) {
      assertThat(FEW.share(events) * events).isBetween(500.0, 1000.0);
    }
  }

  private List<List<Histogram>> countries(ElasticsearchSource source, Window... windows)
      throws EvidenceException {
    return source
        .open("test", Duration.ofSeconds(20))
        .events()
        .histograms(
            Query.of(world.model(), Dataset.INFERENCE),
            List.of(
                new Binning.Values("ml.features.country", List.of("DE", "FR", "US")),
                new Binning.Edges("ml.features.amount", List.of(0.0, 10.0, 20.0, 1000.0))),
            List.of(windows));
  }

  @Test
  void shares_of_a_sample_are_those_of_all_within_their_error() throws EvidenceException {
    world.predictions(
        4000,
        event -> {
          if (world.random().nextInt(10) == 0) {
            event.remove("ml.features.country");
          }
        });
    List<List<Histogram>> all = countries(ElasticsearchFixture.evidenceSource(), NOW, MINUTE);
    List<List<Histogram>> some = countries(sampled, NOW, MINUTE);

    for (int field = 0; field < 2; field++) {
      Histogram whole = all.get(0).get(field);
      Histogram part = some.get(0).get(field);
      assertThat(whole.total()).isEqualTo(8000);
      assertThat(part.share()).isEqualTo(1.0 / 16);
      assertThat(part.total()).isBetween(350L, 700L);
      assertThat((double) part.events()).isCloseTo(8000, within(1600.0));
      // Four standard errors of a share of one half, with a fixed seed.
      double error = 4 * 0.5 / Math.sqrt((double) part.total());
      for (int bin = 0; bin < 3; bin++) {
        assertThat((double) part.counts().get(bin) / part.total())
            .isCloseTo((double) whole.counts().get(bin) / whole.total(), within(error));
      }
      assertThat((double) part.missing() / part.total())
          .isCloseTo((double) whole.missing() / whole.total(), within(error));
      assertThat(some.get(1).get(field))
          .as("the minute has few, and all of them are counted, beside hours that have many")
          .isEqualTo(all.get(1).get(field));
    }
    assertThat(countries(sampled, NOW, MINUTE)).isEqualTo(some);
  }

  @Test
  void the_answer_is_the_same_and_says_that_it_is_of_a_sample() {
    world.predictions(
        1200,
        event -> {
          if (World.isTrouble(event)) {
            event.put("ml.features.country", "BR");
          }
        });
    Report whole = world.report();
    Report part = world.source(sampled).report();

    assertThat(whole.row(CheckId.DATA_DRIFT).state()).isEqualTo(Report.State.FOUND);
    assertThat(part.verdict()).isEqualTo(whole.verdict());
    assertThat(part.rows())
        .extracting(Report.Row::state)
        .containsExactlyElementsOf(whole.rows().stream().map(Report.Row::state).toList());
    assertThat(part.causes())
        .extracting(Report.Cause::check)
        .containsExactlyElementsOf(whole.causes().stream().map(Report.Cause::check).toList());
    assertThat(facts(part)).anyMatch(text -> text.startsWith("Counted on a sample of one in "));
    assertThat(facts(whole)).noneMatch(text -> text.contains("sample"));
  }

  private static List<String> facts(Report report) {
    return report.causes().stream()
        .flatMap(cause -> cause.evidence().stream())
        .map(fact -> fact.text())
        .toList();
  }
}
