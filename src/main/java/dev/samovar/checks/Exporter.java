package dev.samovar.checks;

import java.util.ArrayList;
import java.util.List;

/**
 * What one kind of model server counts, by the names of its exporter. A new server is a new row.
 *
 * @param owners the labels that name the model
 * @param requests counters of all requests: other names of the same count
 * @param status the label of {@code requests} that tells how they ended; empty where there is none
 * @param successes counters of those that went well, where {@code requests} do not tell
 * @param failures counters of those that failed
 * @param histogram how long requests took, without {@code _bucket}: other names of the same
 * @param spent a counter of the time that all requests took together
 * @param unit of both, in nanoseconds
 */
record Exporter(
    String name,
    List<String> owners,
    List<String> requests,
    String status,
    List<String> successes,
    List<String> failures,
    List<String> histogram,
    List<String> spent,
    double unit) {
  private static final double MICROS = 1e3;
  private static final double MILLIS = 1e6;
  private static final double SECONDS = 1e9;
  private static final List<String> NONE = List.of();

  /** Ends that are the server's fault: of HTTP, gRPC and the servers' own words. */
  static final String FAILED =
      "(?i)5..|error|failed|failure|internal|unavailable|unknown|deadline_?exceeded"
          + "|resource_?exhausted|unimplemented|data_?loss|aborted";

  /** Who gave up waiting was not failed by the server. */
  static final String GIVEN_UP = "(?i)cancell?ed|abort";

  static final List<Exporter> ALL =
      List.of(
          new Exporter(
              "Triton",
              List.of("model"),
              NONE,
              "",
              List.of("nv_inference_request_success"),
              List.of("nv_inference_request_failure"),
              NONE,
              List.of("nv_inference_request_duration_us"),
              MICROS),
          new Exporter(
              "TensorFlow Serving",
              List.of("model_name"),
              List.of(":tensorflow:serving:request_count"),
              "status",
              NONE,
              NONE,
              List.of(":tensorflow:serving:request_latency"),
              NONE,
              MICROS),
          new Exporter(
              "TorchServe",
              List.of("ModelName"),
              NONE,
              "",
              List.of("Requests2XX", "Requests4XX"),
              List.of("Requests5XX"),
              NONE,
              NONE,
              MICROS),
          new Exporter(
              "TorchServe inference",
              List.of("model_name"),
              List.of("ts_inference_requests_total"),
              "",
              NONE,
              NONE,
              NONE,
              List.of("ts_inference_latency_microseconds"),
              MICROS),
          new Exporter(
              "KServe",
              List.of("model_name"),
              List.of("request_predict_seconds_count"),
              "",
              NONE,
              NONE,
              List.of("request_predict_seconds"),
              NONE,
              SECONDS),
          new Exporter(
              "Knative",
              List.of("configuration_name", "service_name", "revision_name"),
              List.of("revision_request_count", "revision_app_request_count"),
              "response_code",
              NONE,
              NONE,
              List.of("revision_request_latencies", "revision_app_request_latencies"),
              NONE,
              MILLIS),
          new Exporter(
              "Seldon Core 2",
              List.of("model"),
              List.of("seldon_model_infer_total"),
              "code",
              NONE,
              NONE,
              List.of("seldon_model_infer_api_seconds"),
              List.of("seldon_model_infer_seconds_total"),
              SECONDS),
          new Exporter(
              "Seldon Core 1",
              List.of("deployment_name"),
              List.of("seldon_api_executor_server_requests_seconds_count"),
              "code",
              NONE,
              NONE,
              List.of("seldon_api_executor_server_requests_seconds"),
              NONE,
              SECONDS),
          new Exporter(
              "vLLM",
              List.of("model_name"),
              List.of("vllm:request_success_total", "vllm:request_success"),
              "finished_reason",
              NONE,
              List.of("vllm:corrupted_requests_total", "vllm:corrupted_requests"),
              List.of("vllm:e2e_request_latency_seconds"),
              NONE,
              SECONDS),
          new Exporter(
              "Ray Serve",
              List.of("deployment", "application"),
              NONE,
              "",
              List.of(
                  "ray_serve_deployment_request_counter_total",
                  "ray_serve_deployment_request_counter"),
              List.of(
                  "ray_serve_deployment_error_counter_total",
                  "ray_serve_deployment_error_counter"),
              List.of("ray_serve_deployment_processing_latency_ms"),
              NONE,
              MILLIS),
          new Exporter(
              "BentoML",
              List.of("service_name"),
              List.of("bentoml_service_request_total"),
              "http_response_code",
              NONE,
              NONE,
              List.of("bentoml_service_request_duration_seconds"),
              NONE,
              SECONDS));

  /** All that count requests: where one of these is, the server is. */
  static List<String> counters() {
    return ALL.stream().flatMap(one -> one.ends().stream()).distinct().sorted().toList();
  }

  List<String> ends() {
    List<String> all = new ArrayList<>(requests);
    all.addAll(successes);
    all.addAll(failures);
    return all;
  }

  /** All that it counts. */
  List<String> all() {
    List<String> all = new ArrayList<>(ends());
    histogram.forEach(base -> all.add(base + "_bucket"));
    all.addAll(spent);
    return all;
  }

  List<String> labels() {
    List<String> all = new ArrayList<>(owners);
    if (!status.isEmpty()) {
      all.add(status);
    }
    all.addAll(List.of("reason", "le"));
    return all;
  }
}
