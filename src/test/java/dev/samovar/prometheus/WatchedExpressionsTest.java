package dev.samovar.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.samovar.checks.CheckId;
import dev.samovar.evidence.Model;
import dev.samovar.fixture.ElasticsearchFixture;
import dev.samovar.fixture.RealPrometheus;
import dev.samovar.fixture.RealPrometheus.Samples;
import dev.samovar.fixture.World;
import dev.samovar.http.HttpSettings;
import dev.samovar.triage.Report;
import dev.samovar.triage.Report.State;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Extra PromQL of a model, each series against its own normal. */
class WatchedExpressionsTest {
  private Path folder;

  @BeforeEach
  void started(@TempDir Path given) {
    folder = given;
    ElasticsearchFixture.evidenceSource();
  }

  private static World watching(String expression) {
    World world = new World().predictions(100, event -> {});
    Model m = world.model();
    return world.model(
        new Model(
            m.name(),
            m.aliases(),
            m.team(),
            m.service(),
            m.channel(),
            m.indices(),
            m.fields(),
            m.retraining(),
            m.preprocessingPipeline(),
            m.upstream(),
            m.lockfile(),
            m.slo(),
            Map.of("cache_hits", expression)));
  }

  private Report.Row ask(String expression, ToDoubleFunction<Instant> hits) throws Exception {
    assumeTrue(RealPrometheus.isThere(), "prometheus and promtool are not installed");
    Samples samples =
        new Samples()
            .add("cache_hits_total", "zone=\"a\"", hits)
            .add("cache_hits_total", "zone=\"b\"", time -> 7);
    try (RealPrometheus server = RealPrometheus.start(folder, samples);
        PrometheusSource source =
            new PrometheusSource(
                HttpSettings.of("Prometheus", "prometheus", server.url(), Map.of()),
                new PrometheusLinks(
                    Optional.of("http://prometheus.test"), Optional.empty(), Optional.empty()),
                Clock.systemUTC())) {
      return watching(expression)
          .metrics(source.open(Duration.ofSeconds(20)))
          .ask(CheckId.SERVING_HEALTH);
    }
  }

  private static void is(State state, Report.Row row) {
    assertThat(row.state()).as(row.summary() + row.reason()).isEqualTo(state);
  }

  @Test
  void found_whenOneOfItsSeriesFalls() throws Exception {
    Random random = new Random(3);
    Report.Row row =
        ask(
            "avg by (zone) (cache_hits_total) / 100",
            time -> (time.isBefore(World.ONSET) ? 90 : 20) + random.nextDouble());

    is(State.FOUND, row);
    assertThat(row.summary()).contains("cache_hits (zone a) is 0.2").contains("usually 0.9");
    assertThat(row.evidence().get(0).link())
        .hasValueSatisfying(
            link ->
                assertThat(link)
                    .startsWith(
                        "http://prometheus.test/graph?g0.expr="
                            + "avg%20by%20%28zone%29%20%28cache_hits_total%29%20%2F%20100&"));
  }

  @Test
  void clear_whenItFallsEveryDayAtThisTime() throws Exception {
    is(
        State.CLEAR,
        ask(
            "avg by (zone) (cache_hits_total)",
            time -> time.getEpochSecond() / 3600 % 24 == 14 ? 20 : 90));
  }

  @Test
  void clear_whenItIsNoMoreRestlessThanEver() throws Exception {
    Random random = new Random(3);
    is(State.CLEAR, ask("sum(cache_hits_total)", time -> 50 + 20 * random.nextGaussian()));
  }

  @Test
  void failed_whenItIsNoPromqlWithItsNameAndTheServersWords() throws Exception {
    Report.Row row = ask("avg(cache_hits_total", time -> 1);

    is(State.FAILED, row);
    assertThat(row.reason())
        .contains("models[].metrics.cache_hits")
        .contains("parse error")
        .contains("unclosed left parenthesis");
  }

  @Test
  void said_whenThereIsNoPrometheus() {
    Report.Row row = watching("avg(cache_hits_total)").ask(CheckId.SERVING_HEALTH);

    is(State.CLEAR, row);
    assertThat(row.summary())
        .endsWith(
            "not checked: models[].metrics.cache_hits (it is PromQL, and no prometheus.url is"
                + " set)");
  }
}
