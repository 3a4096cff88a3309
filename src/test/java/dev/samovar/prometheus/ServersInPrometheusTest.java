package dev.samovar.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.samovar.checks.CheckId;
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
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Models that log no prediction at all, known by what their servers count. */
class ServersInPrometheusTest {
  private Path folder;

  @BeforeEach
  void installed(@TempDir Path given) {
    folder = given;
    ElasticsearchFixture.evidenceSource();
    assumeTrue(RealPrometheus.isThere(), "prometheus and promtool are not installed");
  }

  private Report.Row ask(Samples samples) throws Exception {
    return ask(new World(), samples);
  }

  private Report.Row ask(World world, Samples samples) throws Exception {
    try (RealPrometheus server = RealPrometheus.start(folder, samples);
        PrometheusSource source =
            new PrometheusSource(
                HttpSettings.of("Prometheus", "prometheus", server.url(), Map.of()),
                Clock.systemUTC())) {
      return world.metrics(source.open(Duration.ofSeconds(20))).ask(CheckId.SERVING_HEALTH);
    }
  }

  private static void is(State state, Report.Row row) {
    assertThat(row.state()).as(row.summary() + row.reason()).isEqualTo(state);
  }

  /** A counter that grew by so much an hour, and by so much since the trouble began. */
  private static ToDoubleFunction<Instant> counter(double anHour, double sinceOnset) {
    return time -> {
      double before = Math.min(0, hours(World.ONSET, time));
      double after = Math.max(0, hours(World.ONSET, time));
      return 1e6 + anHour * before + sinceOnset * after;
    };
  }

  private static double hours(Instant from, Instant to) {
    return Duration.between(from, to).toSeconds() / 3600.0;
  }

  /** What an exporter says of a model: requests that go well and fail, at so many an hour. */
  private record Server(String name, String good, String goodLabels, String bad, String badLabels) {
    Samples serve(String model, double before, double now) {
      return serve(new Samples(), model, before, now);
    }

    Samples serve(Samples into, String model, double before, double now) {
      into.add(
          good, goodLabels.replace("MODEL", model), counter(2000 * (1 - before), 2000 * (1 - now)));
      into.add(bad, badLabels.replace("MODEL", model), counter(2000 * before, 2000 * now));
      return into;
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Server> servers() {
    return Stream.of(
        new Server(
            "Triton",
            "nv_inference_request_success",
            "model=\"MODEL\",version=\"1\",instance=\"10.0.0.9:8002\"",
            "nv_inference_request_failure",
            "model=\"MODEL\",version=\"1\",reason=\"BACKEND\",instance=\"10.0.0.9:8002\""),
        new Server(
            "TensorFlow Serving",
            ":tensorflow:serving:request_count",
            "model_name=\"MODEL\",status=\"OK\"",
            ":tensorflow:serving:request_count",
            "model_name=\"MODEL\",status=\"INTERNAL\""),
        new Server(
            "TorchServe",
            "Requests2XX",
            "Level=\"Host\",pod=\"MODEL-0\"",
            "Requests5XX",
            "Level=\"Host\",pod=\"MODEL-0\""),
        new Server(
            "Knative",
            "revision_app_request_count",
            "service_name=\"MODEL-predictor\",response_code=\"200\"",
            "revision_app_request_count",
            "service_name=\"MODEL-predictor\",response_code=\"503\""),
        new Server(
            "Seldon Core 2",
            "seldon_model_infer_total",
            "model=\"MODEL\",code=\"OK\",method_type=\"grpc\"",
            "seldon_model_infer_total",
            "model=\"MODEL\",code=\"Internal\",method_type=\"grpc\""),
        new Server(
            "Seldon Core 1",
            "seldon_api_executor_server_requests_seconds_count",
            "deployment_name=\"MODEL\",code=\"200\"",
            "seldon_api_executor_server_requests_seconds_count",
            "deployment_name=\"MODEL\",code=\"500\""),
        new Server(
            "vLLM",
            "vllm:request_success_total",
            "model_name=\"MODEL\",finished_reason=\"stop\"",
            "vllm:request_success_total",
            "model_name=\"MODEL\",finished_reason=\"error\""),
        new Server(
            "Ray Serve",
            "ray_serve_deployment_request_counter_total",
            "deployment=\"MODEL\",application=\"app\"",
            "ray_serve_deployment_error_counter_total",
            "deployment=\"MODEL\",application=\"app\",exception_type=\"ValueError\""),
        new Server(
            "BentoML",
            "bentoml_service_request_total",
            "service_name=\"MODEL\",endpoint=\"/predict\",http_response_code=\"200\"",
            "bentoml_service_request_total",
            "service_name=\"MODEL\",endpoint=\"/predict\",http_response_code=\"500\""));
  }

  @ParameterizedTest
  @MethodSource("servers")
  void found_whenRequestsFail(Server server) throws Exception {
    Report.Row row = ask(server.serve("m", 0.004, 0.2));

    is(State.FOUND, row);
    assertThat(row.summary()).contains("of requests fail").contains(server.name());
  }

  @ParameterizedTest
  @MethodSource("servers")
  void clear_whenItFailsAsOftenAsEverAndAnotherModelFails(Server server) throws Exception {
    Samples samples = server.serve("m", 0.05, 0.05);

    is(State.CLEAR, ask(server.serve(samples, "another", 0.01, 0.6)));
  }

  @Test
  void notChecked_whenHardlyAnybodyAsks() throws Exception {
    Report.Row row =
        ask(
            new Samples()
                .add("nv_inference_request_success", "model=\"m\"", counter(1, 1))
                .add(
                    "nv_inference_request_failure",
                    "model=\"m\",reason=\"BACKEND\"",
                    counter(0, 1)));

    is(State.NOT_CHECKED, row);
    assertThat(row.reason()).contains("only");
  }

  @Test
  void clear_whenClientsGiveUpNoMoreThanThat() throws Exception {
    is(
        State.CLEAR,
        ask(
            new Samples()
                .add("nv_inference_request_success", "model=\"m\"", counter(2000, 2000))
                .add(
                    "nv_inference_request_failure",
                    "model=\"m\",reason=\"CANCELED\"",
                    counter(0, 300))));
  }

  @Test
  void found_whenItsServerStopped() throws Exception {
    Report.Row row =
        ask(
            new Samples()
                .add(
                    "nv_inference_request_success",
                    "model=\"m\"",
                    time -> 1e6 + 2000 * Math.min(-1.5, hours(World.ONSET, time))));

    is(State.FOUND, row);
    assertThat(row.summary()).contains("Traffic");
  }

  static Stream<Arguments> slow() {
    return Stream.of(
        Arguments.of(
            new Samples()
                .add("nv_inference_request_success", "model=\"m\"", counter(2000, 2000))
                .add(
                    "nv_inference_request_duration_us",
                    "model=\"m\"",
                    counter(2000 * 20_000, 2000 * 90_000)),
            "20 ms before"),
        Arguments.of(
            new Samples()
                .add("ts_inference_requests_total", "model_name=\"m\"", counter(2000, 2000))
                .add(
                    "ts_inference_latency_microseconds",
                    "model_name=\"m\"",
                    counter(2000 * 20_000, 2000 * 90_000)),
            "20 ms before"),
        Arguments.of(
            histogram("request_predict_seconds", "0.1", "0.5", "2.5"), "p99 2.5 s, 500 ms before"),
        Arguments.of(
            histogram(":tensorflow:serving:request_latency", "1e5", "5e5", "2.5e6")
                .add(":tensorflow:serving:request_count", "model_name=\"m\"", counter(2000, 2000)),
            "p99 2.5 s, 500 ms before"),
        Arguments.of(
            histogram("vllm:e2e_request_latency_seconds", "1.0", "5.0", "20.0")
                .add(
                    "vllm:request_success_total",
                    "model_name=\"m\",finished_reason=\"length\"",
                    counter(2000, 2000)),
            "p99 20.0 s, 5.0 s before"));
  }

  /** Most under the first edge; since the trouble most between it and the second. */
  private static Samples histogram(String base, String first, String second, String third) {
    return new Samples()
        .add(base + "_bucket", "model_name=\"m\",le=\"" + first + "\"", counter(1900, 200))
        .add(base + "_bucket", "model_name=\"m\",le=\"" + second + "\"", counter(1990, 1900))
        .add(base + "_bucket", "model_name=\"m\",le=\"" + third + "\"", counter(2000, 2000))
        .add(base + "_bucket", "model_name=\"m\",le=\"+Inf\"", counter(2000, 2000))
        .add(base + "_count", "model_name=\"m\"", counter(2000, 2000));
  }

  @ParameterizedTest
  @MethodSource("slow")
  void found_whenItIsSlow(Samples samples, String before) throws Exception {
    Report.Row row = ask(samples);

    is(State.FOUND, row);
    assertThat(row.summary()).contains("Requests are slow").contains(before);
  }

  @Test
  void clear_whenTheServerCountsWhatTheLogLacks() throws Exception {
    World world =
        new World()
            .predictions(
                400,
                event -> {
                  if (World.isTrouble(event)) {
                    // Written elsewhere: nothing of the last hours is in the log.
                    event.put("ml.model.name", "elsewhere");
                  }
                });
    is(
        State.CLEAR,
        ask(
            world,
            new Samples().add("nv_inference_request_success", "model=\"m\"", counter(400, 400))));
  }
}
