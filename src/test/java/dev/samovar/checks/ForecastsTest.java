package dev.samovar.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.samovar.evidence.Dataset;
import dev.samovar.evidence.EvidenceException;
import dev.samovar.evidence.Model;
import dev.samovar.fixture.ElasticsearchFixture;
import dev.samovar.fixture.World;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/** What will need attention is said where it shows, and else nothing. */
class ForecastsTest {
  private static final Instant NOW = World.NOW;
  private final World world = new World();
  private final Random random = new Random(5);

  private List<Forecast> forecasts() throws EvidenceException {
    return Forecasts.of(
        world.model(),
        NOW,
        ElasticsearchFixture.evidenceSource().open("f", Duration.ofSeconds(20)));
  }

  private Map<String, Object> sample(String metric, Instant at, double value, String... labels) {
    Map<String, Object> event = World.event(at);
    event.remove("ml.model.name");
    event.put("host.name", "gpu-7");
    event.put("metric.name", metric);
    event.put("metric.value", value);
    for (int i = 0; i < labels.length; i += 2) {
      event.put("labels." + labels[i], labels[i + 1]);
    }
    return event;
  }

  /**
   * @param free bytes that are left, by the hours before now
   */
  private void disk(int hours, DoubleUnaryOperator free) {
    List<Map<String, Object>> samples = new ArrayList<>();
    for (int minute = hours * 60; minute > 0; minute -= 5) {
      Instant at = NOW.minus(Duration.ofMinutes(minute));
      samples.add(
          sample(
              "node_filesystem_avail_bytes",
              at,
              free.applyAsDouble(minute / 60.0),
              "mountpoint",
              "/data"));
      samples.add(sample("node_filesystem_size_bytes", at, 1e12, "mountpoint", "/data"));
    }
    world.write(Dataset.METRICS, samples.stream());
  }

  @Test
  void aDiskThatFillsSaysWhenItIsFull() throws EvidenceException {
    disk(6, hours -> 270e9 + 30e9 * hours + 1e9 * random.nextGaussian());

    assertThat(forecasts())
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.kind()).isEqualTo(Forecast.Kind.DISK_FULL);
              assertThat(one.what()).isEqualTo("the disk /data of gpu-7 is full");
              assertThat(one.at().orElseThrow())
                  .isCloseTo(NOW.plus(Duration.ofHours(9)), within(40, ChronoUnit.MINUTES));
              assertThat(one.because()).contains("has grown by").contains("an hour for 5 h");
            });
  }

  @Test
  void theSameEvidenceGivesTheSameForecast() throws EvidenceException {
    disk(6, hours -> 270e9 + 30e9 * hours + 1e9 * random.nextGaussian());

    assertThat(forecasts()).isEqualTo(forecasts());
  }

  @Test
  void nothing_whenADiskStandsStill() throws EvidenceException {
    disk(6, hours -> 50e9 + 1e9 * random.nextGaussian());

    assertThat(forecasts()).isEmpty();
  }

  @Test
  void nothing_whenItIsEmptiedAgainAndAgain() throws EvidenceException {
    disk(6, hours -> 200e9 + 150e9 * (hours % 2));

    assertThat(forecasts()).isEmpty();
  }

  @Test
  void nothing_whenItWasFilledAtOnce() throws EvidenceException {
    disk(6, hours -> hours < 2 ? 100e9 : 500e9);

    assertThat(forecasts()).isEmpty();
  }

  @Test
  void nothing_whenItLastsForDays() throws EvidenceException {
    disk(6, hours -> 900e9 + 9e9 * hours);

    assertThat(forecasts()).isEmpty();
  }

  @Test
  void nothing_whenItWasWatchedForTooShortATime() throws EvidenceException {
    disk(2, hours -> 100e9 + 30e9 * hours);

    assertThat(forecasts()).isEmpty();
  }

  @Test
  void nothing_whereThereIsNoEvidence() throws EvidenceException {
    assertThat(forecasts()).isEmpty();
  }

  @Test
  void aLagThatGrowsIsSaidWithItsPace() throws EvidenceException {
    List<Map<String, Object>> samples = new ArrayList<>();
    for (int minute = 360; minute > 0; minute -= 5) {
      samples.add(
          sample(
              "kafka_consumergroup_lag",
              NOW.minus(Duration.ofMinutes(minute)),
              60_000 - 150.0 * minute + 300 * random.nextGaussian(),
              "consumergroup",
              "m-service",
              "topic",
              "orders"));
    }
    world.write(Dataset.METRICS, samples.stream());

    assertThat(forecasts())
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.what()).isEqualTo("the lag of m-service on orders grows");
              assertThat(one.at()).isEmpty();
              assertThat(one.because())
                  .containsPattern("messages behind and has grown by (8,9|9,)");
            });
  }

  @Test
  void aCertificateThatEndsSoonIsNamed() throws EvidenceException {
    Instant end = NOW.plus(Duration.ofDays(3));
    Instant at = NOW.minusSeconds(60);
    world.write(
        Dataset.METRICS,
        List.of(
            sample(
                "probe_ssl_earliest_cert_expiry",
                at,
                (double) end.getEpochSecond(),
                "instance",
                "https://m-service.example.com"),
            sample(
                "probe_ssl_earliest_cert_expiry",
                at,
                (double) NOW.plus(Duration.ofDays(60)).getEpochSecond(),
                "instance",
                "https://m-service.other.com"))
            .stream());

    assertThat(forecasts())
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.kind()).isEqualTo(Forecast.Kind.CERTIFICATE);
              assertThat(one.what()).contains("https://m-service.example.com");
              assertThat(one.at()).contains(end);
            });
  }

  @Test
  void aModelWhoseServiceHasItsNameIsForecastAsWell() throws EvidenceException {
    Model plain = Model.named("only-a-name");
    assertThat(plain.service()).isEqualTo(plain.name());

    assertThat(
            Forecasts.of(
                plain,
                NOW,
                ElasticsearchFixture.evidenceSource().open("f", Duration.ofSeconds(20))))
        .isEmpty();
  }

  private void retrained(Duration ago, String outcome) {
    Map<String, Object> run = World.event(NOW.minus(ago));
    run.put("ml.pipeline.name", "m-retrain");
    run.put("ml.pipeline.kind", "training");
    run.put("event.outcome", outcome);
    world.write(Dataset.RUN, java.util.stream.Stream.of(run));
  }

  @Test
  void anOverdueRetrainingSaysWhenTheModelIsStale() throws EvidenceException {
    retrained(Duration.ofHours(25), "success");

    assertThat(forecasts())
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.what()).isEqualTo("m goes stale");
              assertThat(one.at()).contains(NOW.plus(Duration.ofHours(5)));
              assertThat(one.because())
                  .isEqualTo("m-retrain last succeeded 25 h ago and is due every 24 h");
            });
  }

  @Test
  void aFailedRetrainingIsSaidBeforeItIsOverdue() throws EvidenceException {
    retrained(Duration.ofHours(20), "success");
    retrained(Duration.ofHours(1), "failure");

    assertThat(forecasts())
        .singleElement()
        .satisfies(one -> assertThat(one.because()).endsWith("; 1 run failed since"));
  }

  @Test
  void nothing_whenItIsTrainedOnTime() throws EvidenceException {
    retrained(Duration.ofHours(20), "success");

    assertThat(forecasts()).isEmpty();
  }

  @Test
  void nothing_whenItIsStaleAlready() throws EvidenceException {
    retrained(Duration.ofHours(40), "success");

    assertThat(forecasts()).isEmpty();
  }
}
