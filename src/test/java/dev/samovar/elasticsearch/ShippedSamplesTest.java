package dev.samovar.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samovar.checks.CheckId;
import dev.samovar.evidence.Condition;
import dev.samovar.evidence.Dataset;
import dev.samovar.evidence.EvidenceException;
import dev.samovar.evidence.Fields;
import dev.samovar.evidence.Metrics.Growth;
import dev.samovar.evidence.Metrics.Line;
import dev.samovar.evidence.Metrics.Point;
import dev.samovar.evidence.Model;
import dev.samovar.evidence.Window;
import dev.samovar.fixture.ElasticsearchFixture;
import dev.samovar.fixture.World;
import dev.samovar.triage.Report;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Documents as shippers write them, in the real Elasticsearch. */
class ShippedSamplesTest {
  private static final Instant NOW = World.NOW;
  private static final Window HOUR = new Window(NOW.minus(Duration.ofHours(1)), NOW);
  private static final Duration STEP = Duration.ofMinutes(10);
  private static final AtomicInteger COUNT = new AtomicInteger();

  private final String prefix = "metrics-shipped" + COUNT.incrementAndGet() + "-";

  private Model model() {
    return Model.named("m").with(Dataset.METRICS, prefix + "*");
  }

  /** Every ten minutes for an hour. */
  private void ship(String dataset, BiConsumer<Map<String, Object>, Integer> fill)
      throws IOException {
    List<Map<String, Object>> documents = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("@timestamp", HOUR.from().plus(STEP.multipliedBy(i)).plusSeconds(5).toString());
      fill.accept(document, i);
      documents.add(document);
    }
    write(prefix + dataset, documents);
  }

  private static void write(String index, List<Map<String, Object>> documents) throws IOException {
    ElasticsearchFixture.writer().write(index, documents.stream());
    ElasticsearchFixture.writer().refresh();
  }

  private List<Line> lines(List<String> metrics, Condition where, String... labels)
      throws EvidenceException {
    return ElasticsearchFixture.evidence()
        .metrics()
        .lines(model(), metrics, where, List.of(labels), HOUR, STEP);
  }

  private static List<Double> values(Line line) {
    return line.points().stream().map(Point::value).toList();
  }

  /** {@code metric{host.name=a}} to its last value. */
  private static Map<String, Double> last(List<Line> lines) {
    Map<String, Double> last = new HashMap<>();
    lines.forEach(
        line ->
            last.put(
                line.metric() + line.labels(),
                line.points().get(line.points().size() - 1).value()));
    return last;
  }

  @Test
  void metricbeatSystem_inBytesOfTheHostThatTheyAreOf() throws Exception {
    ship(
        "system.memory-default",
        (document, i) -> {
          document.put("event.dataset", "system.memory");
          document.put("host.name", "gpu-7");
          document.put("system.memory.total", 1000L);
          document.put("system.memory.actual.free", 400L - 50 * i);
          document.put("system.memory.actual.used.pct", 0.6 + 0.05 * i);
        });
    ship(
        "system.filesystem-default",
        (document, i) -> {
          document.put("host.name", "gpu-7");
          document.put("system.filesystem.mount_point", i % 2 == 0 ? "/" : "/data");
          document.put("system.filesystem.available", 70L + i);
          document.put("system.filesystem.total", 100L);
        });

    List<Line> lines =
        lines(
            List.of(
                "node_memory_MemAvailable_bytes",
                "node_memory_MemTotal_bytes",
                "node_filesystem_avail_bytes",
                "node_filesystem_size_bytes"),
            Condition.is(Fields.HOST, "gpu-7"),
            "mountpoint",
            "pod");

    assertThat(last(lines))
        .containsEntry("node_memory_MemAvailable_bytes{host.name=gpu-7}", 150.0)
        .containsEntry("node_memory_MemTotal_bytes{host.name=gpu-7}", 1000.0)
        .containsEntry("node_filesystem_avail_bytes{host.name=gpu-7, mountpoint=/}", 74.0)
        .containsEntry("node_filesystem_avail_bytes{host.name=gpu-7, mountpoint=/data}", 75.0)
        .containsEntry("node_filesystem_size_bytes{host.name=gpu-7, mountpoint=/}", 100.0)
        .hasSize(6);
    assertThat(lines(List.of("node_memory_MemTotal_bytes"), Condition.is(Fields.HOST, "gpu-8")))
        .isEmpty();
  }

  @Test
  void metricbeatKubernetes_ofTheNodeAndNotOfTheAgentThatAskedForAll() throws Exception {
    ship(
        "kubernetes.state_container-default",
        (document, i) -> {
          document.put("host.name", "the-leading-agent");
          document.put("kubernetes.node.name", "node-1");
          document.put("kubernetes.namespace", "ml");
          document.put("kubernetes.pod.name", "m-service-7d9");
          document.put("kubernetes.container.name", "server");
          document.put("kubernetes.container.memory.limit.bytes", 500L);
          document.put("kubernetes.container.status.restarts", i < 3 ? 0L : 2L);
          if (i >= 3) {
            document.put("kubernetes.container.status.last_terminated_reason", "OOMKilled");
          }
        });
    ship(
        "kubernetes.container-default",
        (document, i) -> {
          document.put("host.name", "node-1");
          document.put("kubernetes.node.name", "node-1");
          document.put("kubernetes.pod.name", "m-service-7d9");
          document.put("kubernetes.container.name", "server");
          document.put("kubernetes.container.memory.workingset.bytes", 300L + 30 * i);
        });
    ship(
        "kubernetes.state_node-default",
        (document, i) -> {
          document.put("kubernetes.node.name", "node-1");
          document.put("kubernetes.node.status.memory_pressure", i == 5 ? "true" : "false");
        });

    List<Line> lines =
        lines(
            List.of(
                "container_memory_working_set_bytes",
                "container_spec_memory_limit_bytes",
                "kube_pod_container_status_restarts_total",
                "kube_pod_container_status_last_terminated_reason",
                "kube_node_status_condition"),
            Condition.everything(),
            "pod",
            "container",
            "reason",
            "condition");

    String of = "{container=server, host.name=node-1, pod=m-service-7d9";
    assertThat(last(lines))
        .isEqualTo(
            Map.of(
                "container_memory_working_set_bytes" + of + "}",
                450.0,
                "container_spec_memory_limit_bytes" + of + "}",
                500.0,
                "kube_pod_container_status_restarts_total" + of + "}",
                2.0,
                "kube_pod_container_status_last_terminated_reason" + of + ", reason=OOMKilled}",
                1.0,
                "kube_node_status_condition{condition=MemoryPressure, host.name=node-1}",
                1.0));
    assertThat(
            lines(
                List.of("kube_pod_container_status_restarts_total"),
                new Condition.StartsWith(Fields.label("pod"), List.of("other-"))))
        .isEmpty();
  }

  @Test
  void metricbeatPrometheus_withAndWithoutTypes_dcgmAmongThem() throws Exception {
    ship(
        "prometheus.collector-default",
        (document, i) -> {
          document.put("host.name", "agent");
          document.put("prometheus.labels.Hostname", "gpu-7");
          document.put("prometheus.labels.instance", "10.0.0.7:9400");
          document.put("prometheus.labels.gpu", "0");
          document.put("prometheus.DCGM_FI_DEV_FB_USED.value", 1000 + i);
          document.put("prometheus.DCGM_FI_DEV_FB_FREE.value", 9000 - i);
          document.put("prometheus.nv_inference_request_success.counter", 100 + 10 * i);
          document.put("prometheus.nv_inference_request_success.rate", 10);
        });
    ship(
        "prometheus.untyped-default",
        (document, i) -> {
          document.put("prometheus.labels.instance", "gpu-8:9100");
          document.put("prometheus.metrics.node_memory_MemTotal_bytes", 64.0);
        });

    assertThat(
            last(
                lines(
                    List.of(
                        "DCGM_FI_DEV_FB_USED", "DCGM_FI_DEV_FB_FREE", "node_memory_MemTotal_bytes"),
                    new Condition.Is(Fields.HOST, List.of("gpu-7", "gpu-8")),
                    "gpu")))
        .isEqualTo(
            Map.of(
                "DCGM_FI_DEV_FB_USED{gpu=0, host.name=gpu-7}", 1005.0,
                "DCGM_FI_DEV_FB_FREE{gpu=0, host.name=gpu-7}", 8995.0,
                "node_memory_MemTotal_bytes{host.name=gpu-8}", 64.0));

    List<Growth> growth =
        ElasticsearchFixture.evidence()
            .metrics()
            .growth(
                model(),
                List.of("nv_inference_request_success"),
                Condition.everything(),
                List.of("gpu"),
                List.of(HOUR));
    assertThat(growth).hasSize(1);
    assertThat(growth.get(0).grown()).containsExactly(50.0);
  }

  @Test
  void metricbeatKafka_andOpenTelemetrysKafkaReceiver() throws Exception {
    ship(
        "kafka.consumergroup-default",
        (document, i) -> {
          document.put("host.name", "agent");
          document.put("kafka.topic.name", "orders");
          document.put("kafka.partition.id", i % 2);
          document.put("kafka.consumergroup.id", "fraud");
          document.put("kafka.consumergroup.consumer_lag", 100 * i);
        });
    ship(
        "kafkametricsreceiver.otel-default",
        (document, i) -> {
          document.put("attributes.group", "churn");
          document.put("attributes.topic", "clicks");
          document.put("metrics.kafka.consumer_group.lag", 7 * i);
        });

    assertThat(
            last(
                lines(
                    List.of("kafka_consumergroup_lag"),
                    Condition.everything(),
                    "consumergroup",
                    "topic")))
        .isEqualTo(
            Map.of(
                "kafka_consumergroup_lag{consumergroup=fraud, topic=orders}", 500.0,
                "kafka_consumergroup_lag{consumergroup=churn, topic=clicks}", 35.0));
  }

  @Test
  void openTelemetrysOwnShape_withStatesAddedUp() throws Exception {
    List<Map<String, Object>> documents = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      Instant at = HOUR.from().plus(STEP.multipliedBy(i)).plusSeconds(5);
      for (Map.Entry<String, Integer> state :
          Map.of("used", 600 + 10 * i, "free", 100, "cached", 290 - 10 * i, "buffered", 10)
              .entrySet()) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("@timestamp", at.toString());
        document.put("data_stream.dataset", "hostmetricsreceiver.otel");
        document.put("resource.attributes.host.name", "gpu-7");
        document.put("attributes.state", state.getKey());
        document.put("metrics.system.memory.usage", state.getValue());
        document.put("unit", "By");
        documents.add(document);
      }
      Map<String, Object> own = new LinkedHashMap<>();
      own.put("@timestamp", at.toString());
      own.put("resource.attributes.service.name", "m-service");
      own.put("resource.attributes.k8s.node.name", "node-1");
      own.put("resource.attributes.k8s.pod.name", "m-service-7d9");
      own.put("attributes.model", "m");
      own.put("metrics.nv_inference_request_failure", 3 * i);
      documents.add(own);
    }
    write(prefix + "hostmetricsreceiver.otel-default", documents);

    List<Line> lines =
        lines(
            List.of(
                "node_memory_MemAvailable_bytes",
                "node_memory_MemTotal_bytes",
                "nv_inference_request_failure"),
            Condition.everything(),
            "model",
            "pod");

    assertThat(last(lines))
        .isEqualTo(
            Map.of(
                "node_memory_MemAvailable_bytes{host.name=gpu-7}", 350.0,
                "node_memory_MemTotal_bytes{host.name=gpu-7}", 1000.0,
                "nv_inference_request_failure{host.name=node-1, model=m, pod=m-service-7d9}",
                    15.0));
    assertThat(
            lines(
                List.of("nv_inference_request_failure"), Condition.is(Fields.SERVICE, "m-service")))
        .hasSize(1);
  }

  @Test
  void aShareInUse_isTurnedIntoWhatIsLeftOfTheWhole() throws Exception {
    ship(
        "shares.otel-default",
        (document, i) -> {
          document.put("resource.attributes.host.name", "gpu-7");
          document.put("attributes.state", "used");
          document.put("metrics.system.memory.utilization", 0.5 + 0.09 * i);
        });

    List<Line> lines =
        lines(
            List.of("node_memory_MemAvailable_bytes", "node_memory_MemTotal_bytes"),
            Condition.everything());

    assertThat(values(lines.get(0)).get(5)).isCloseTo(0.05, within());
    assertThat(values(lines.get(1))).containsOnly(1.0);
  }

  private static org.assertj.core.data.Offset<Double> within() {
    return org.assertj.core.data.Offset.offset(1e-6);
  }

  /** As Elastic Agent's integrations and OpenTelemetry's templates map them. */
  @Test
  void countersOfTimeSeriesStreams_canBeRead() throws Exception {
    ElasticsearchFixture.writer()
        .send(
            "PUT",
            "/" + prefix + "tsds",
            """
            {"settings": {"index": {"mode": "time_series", "routing_path": ["prometheus.labels.*"],
               "time_series": {"start_time": "2026-05-19T00:00:00Z", "end_time": "2026-05-21T00:00:00Z"}}},
             "mappings": {"properties": {"@timestamp": {"type": "date"},
               "prometheus": {"properties": {
                 "labels": {"properties": {"pod": {"type": "keyword", "time_series_dimension": true}}},
                 "kube_pod_container_status_restarts_total": {"properties": {
                   "counter": {"type": "double", "time_series_metric": "counter"}}},
                 "node_memory_MemTotal_bytes": {"properties": {
                   "value": {"type": "double", "time_series_metric": "gauge"}}}}}}}}
            """);
    ship(
        "tsds",
        (document, i) -> {
          document.put("prometheus.labels.pod", "m-service-7d9");
          document.put("prometheus.kube_pod_container_status_restarts_total.counter", 4.0 + i);
          document.put("prometheus.node_memory_MemTotal_bytes.value", 64.0);
        });

    assertThat(
            last(
                lines(
                    List.of(
                        "kube_pod_container_status_restarts_total", "node_memory_MemTotal_bytes"),
                    Condition.everything(),
                    "pod")))
        .isEqualTo(
            Map.of(
                "kube_pod_container_status_restarts_total{pod=m-service-7d9}", 9.0,
                "node_memory_MemTotal_bytes{pod=m-service-7d9}", 64.0));
  }

  /** Eight days of memory of the model's host in Metricbeat's shape, half an hour apart. */
  private static World hostMemory(UnaryOperator<Double> used) {
    List<Map<String, Object>> documents = new ArrayList<>();
    for (Instant at = NOW.minus(Duration.ofDays(9));
        at.isBefore(NOW);
        at = at.plus(Duration.ofMinutes(5))) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("@timestamp", at.toString());
      document.put("host.name", "gpu-7");
      document.put("system.memory.total", 64_000_000_000L);
      double hoursLeft = Duration.between(at, NOW).toMinutes() / 60.0;
      document.put(
          "system.memory.actual.free", Math.round(64_000_000_000L * (1 - used.apply(hoursLeft))));
      documents.add(document);
    }
    World world = new World();
    return world
        .predictions(60, event -> event.put("host.name", "gpu-7"))
        .write(Dataset.METRICS, documents.stream());
  }

  @Test
  void aHostThatRunsOutOfMemoryIsFound_andOneThatIsAlwaysFullIsNot() {
    Report.Row full =
        hostMemory(hoursLeft -> hoursLeft < 1 ? 0.98 : 0.6).ask(CheckId.HOST_RESOURCES);
    Report.Row always = hostMemory(hoursLeft -> 0.97).ask(CheckId.HOST_RESOURCES);

    assertThat(full.state()).as(full.summary()).isEqualTo(Report.State.FOUND);
    assertThat(full.summary()).contains("gpu-7").contains("98.0 % of the host's memory is in use");
    assertThat(always.state()).as(always.summary()).isEqualTo(Report.State.CLEAR);
  }

  @Test
  void noMetricsAtAllAreNoLines() throws Exception {
    assertThat(lines(List.of("DCGM_FI_DEV_FB_USED"), Condition.everything())).isEmpty();
    write(prefix + "other", List.of(Map.of("@timestamp", NOW.toString(), "a", 1)));
    assertThat(lines(List.of("DCGM_FI_DEV_FB_USED"), Condition.everything())).isEmpty();
    assertThat(Stream.of("DCGM_FI_DEV_FB_USED").map(Sample::of).toList()).hasSize(1);
  }
}
