package dev.samovar.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.samovar.checks.CheckId;
import dev.samovar.evidence.Condition;
import dev.samovar.evidence.Fields;
import dev.samovar.evidence.Metrics;
import dev.samovar.evidence.Model;
import dev.samovar.evidence.Window;
import dev.samovar.fixture.RealPrometheus;
import dev.samovar.fixture.RealPrometheus.Samples;
import dev.samovar.fixture.World;
import dev.samovar.http.HttpSettings;
import dev.samovar.triage.Report;
import dev.samovar.triage.Report.State;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The checks over the real server's samples; World's indices beside it. */
class RealPrometheusTest {
  private static final Duration BUDGET = Duration.ofSeconds(20);
  private static final Window LAST_DAY = new Window(World.NOW.minus(Duration.ofDays(1)), World.NOW);

  private Path folder;
  private AutoCloseable server = () -> {};
  private AutoCloseable source = () -> {};

  @BeforeEach
  void installed(@TempDir Path given) {
    folder = given;
    assumeTrue(RealPrometheus.isThere(), "prometheus and promtool are not installed");
  }

  @AfterEach
  void stop() throws Exception {
    source.close();
    server.close();
  }

  private Metrics of(Samples samples) throws IOException, InterruptedException {
    RealPrometheus started = RealPrometheus.start(folder, samples);
    server = started;
    PrometheusSource opened =
        new PrometheusSource(
            HttpSettings.of("Prometheus", "prometheus", started.url(), Map.of()),
            Clock.systemUTC());
    source = opened;
    return opened.open(BUDGET);
  }

  private Report.Row ask(CheckId check, Samples samples) throws Exception {
    return new World().calmLog().predictions(100, event -> {}).metrics(of(samples)).ask(check);
  }

  private static void is(State state, Report.Row row) {
    assertThat(row.state()).as(row.summary() + row.reason()).isEqualTo(state);
  }

  private static boolean isTrouble(Instant time) {
    return !time.isBefore(World.ONSET);
  }

  private static double hoursBeforeNow(Instant time) {
    return Duration.between(time, World.NOW).toSeconds() / 3600.0;
  }

  @Test
  void a_point_is_the_highest_value_of_its_step_and_nothing_after_the_window_is_seen()
      throws Exception {
    Metrics metrics =
        of(
            new Samples()
                .add("vllm:num_requests_waiting", "model_name=\"m\"", Instant::getEpochSecond)
                .add("vllm:num_requests_waiting", "model_name=\"mm\"", time -> 1));
    Instant end = World.NOW.minus(Duration.ofHours(3));

    List<Metrics.Line> lines =
        metrics.lines(
            Model.named("m"),
            List.of("vllm:num_requests_waiting", "absent_metric"),
            Condition.is(Fields.label("model_name"), "m"),
            List.of("model_name"),
            new Window(end.minus(Duration.ofHours(2)), end),
            Duration.ofHours(1));

    assertThat(lines).hasSize(1);
    assertThat(lines.get(0).labels()).isEqualTo(Map.of("model_name", "m"));
    assertThat(lines.get(0).points())
        .containsExactly(
            new Metrics.Point(
                end.minus(Duration.ofHours(2)), end.minus(Duration.ofMinutes(65)).getEpochSecond()),
            new Metrics.Point(
                end.minus(Duration.ofHours(1)), end.minus(Duration.ofMinutes(5)).getEpochSecond()));
  }

  @Test
  void values_with_signs_of_promql_are_values_and_nothing_else() throws Exception {
    String odd = "a\"b\\\\c.*|{x}";
    Metrics metrics =
        of(
            new Samples()
                .add("up", "pod=\"a\\\"b\\\\\\\\c.*|{x}\"", time -> 1)
                .add("up", "pod=\"innocent\"", time -> 2)
                .add(":tensorflow:serving:request_count", "pod=\"innocent\"", time -> 3));

    assertThat(
            metrics.lines(
                Model.named("m"),
                List.of("up", "up\"} or vector(1"),
                Condition.is(Fields.label("pod"), odd),
                List.of("pod"),
                LAST_DAY,
                Duration.ofDays(1)))
        .extracting(line -> line.labels().get("pod"))
        .containsExactly(odd);
    assertThat(
            metrics.lines(
                Model.named("m"),
                List.of(":tensorflow:serving:request_count"),
                Condition.is(Fields.label("pod"), odd).negate(),
                List.of(),
                LAST_DAY,
                Duration.ofDays(1)))
        .hasSize(1);
  }

  private static Samples gpu(java.util.function.ToDoubleFunction<Instant> used) {
    String labels = "Hostname=\"gpu-7\",gpu=\"0\",instance=\"10.0.0.9:9400\"";
    return new Samples()
        .add("DCGM_FI_DEV_FB_USED", labels, used)
        .add("DCGM_FI_DEV_FB_FREE", labels, time -> 80_000 - used.applyAsDouble(time));
  }

  @Test
  void found_whenGpuMemoryLeaks() throws Exception {
    Report.Row row =
        ask(
            CheckId.GPU_MEMORY,
            gpu(time -> Math.max(20_000, 76_000 - 2_500 * hoursBeforeNow(time))));

    is(State.FOUND, row);
    assertThat(row.summary()).contains("gpu-7");
  }

  @Test
  void clear_whenTheServerTookTheGpuOnPurpose() throws Exception {
    is(State.CLEAR, ask(CheckId.GPU_MEMORY, gpu(time -> 78_500)));
  }

  private static Samples restarts(
      String labels, java.util.function.ToDoubleFunction<Instant> count) {
    return new Samples().add("kube_pod_container_status_restarts_total", labels, count);
  }

  @Test
  void found_whenItsPodRestartsNow() throws Exception {
    Report.Row row =
        ask(
            CheckId.HOST_RESOURCES,
            restarts(
                "pod=\"kube-state-metrics-0\",exported_pod=\"m-7f9\",container=\"m\"",
                time -> isTrouble(time) ? 3 + 4 * (1 - hoursBeforeNow(time)) : 3));

    is(State.FOUND, row);
    assertThat(row.summary()).contains("m-7f9").contains("restarted");
  }

  @Test
  void clear_whenItRestartsEveryDayOrAnotherModelDoes() throws Exception {
    Samples samples =
        restarts("pod=\"m-7f9\"", time -> Math.floor(10_000 - 2 * hoursBeforeNow(time)));
    samples.add(
        "kube_pod_container_status_restarts_total",
        "pod=\"mine-1\"",
        time -> isTrouble(time) ? 9 : 0);

    is(State.CLEAR, ask(CheckId.HOST_RESOURCES, samples));
  }

  @Test
  void found_whenTheNodeIsOutOfMemory() throws Exception {
    String labels = "instance=\"gpu-7.eu.example.com:9100\"";
    Report.Row row =
        ask(
            CheckId.HOST_RESOURCES,
            new Samples()
                .add("node_memory_MemAvailable_bytes", labels, time -> isTrouble(time) ? 1e9 : 4e10)
                .add("node_memory_MemTotal_bytes", labels, time -> 6.4e10));

    is(State.FOUND, row);
    assertThat(row.summary()).contains("gpu-7.eu.example.com").doesNotContain("9100");
  }

  @Test
  void found_whenRequestsQueueUp() throws Exception {
    Report.Row row =
        ask(
            CheckId.SERVING_HEALTH,
            new Samples()
                .add(
                    "vllm:num_requests_waiting",
                    "model_name=\"m\"",
                    time -> isTrouble(time) ? 90 : 4));
    is(State.FOUND, row);
    assertThat(row.summary()).contains("vllm:num_requests_waiting");
  }

  @Test
  void clear_whenTheQueueIsAlwaysLong() throws Exception {
    is(
        State.CLEAR,
        ask(
            CheckId.SERVING_HEALTH,
            new Samples().add("vllm:num_requests_waiting", "model_name=\"m\"", time -> 90)));
  }

  @Test
  void found_whenTheStreamLags() throws Exception {
    Report.Row row =
        ask(
            CheckId.BROKEN_PIPELINE,
            new Samples()
                .add(
                    "kafka_consumergroup_lag",
                    "consumergroup=\"m-features\",topic=\"orders\"",
                    time -> isTrouble(time) ? 250_000 : 40));

    is(State.FOUND, row);
    assertThat(row.summary()).contains("m-features");
  }

  @Test
  void a_whole_investigation_names_the_cause_that_only_prometheus_shows() throws Exception {
    Report report =
        new World()
            .calmLog()
            .predictions(100, event -> {})
            .metrics(
                of(
                    new Samples()
                        .add(
                            "container_oom_events_total",
                            "pod=\"m-7f9\",container=\"m\"",
                            time -> isTrouble(time) ? 3 : 0)))
            .report();

    assertThat(report.causes()).isNotEmpty();
    assertThat(report.causes().get(0).check()).isEqualTo(CheckId.HOST_RESOURCES);
  }
}
