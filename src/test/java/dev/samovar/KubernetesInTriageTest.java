package dev.samovar;

import static dev.samovar.kubernetes.StandInKubernetes.container;
import static dev.samovar.kubernetes.StandInKubernetes.restarted;
import static dev.samovar.kubernetes.StandInKubernetes.template;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.samovar.checks.CheckId;
import dev.samovar.fixture.World;
import dev.samovar.kubernetes.KubernetesFeed;
import dev.samovar.kubernetes.KubernetesSettings;
import dev.samovar.kubernetes.StandInKubernetes;
import dev.samovar.kubernetes.Workload;
import dev.samovar.triage.Report;
import dev.samovar.triage.Verdict;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Predictions and logs in Elasticsearch, the workload in Kubernetes: {@code triage} sees both. */
@SuppressWarnings("NullAway.Init") // JUnit calls start.
class KubernetesInTriageTest {
  private static final Instant NOW = World.NOW;

  private static void well(Map<String, Object> event) {}

  private static void failing(Map<String, Object> event) {
    if (World.isTrouble(event) && World.time(event).getEpochSecond() / 9 % 3 == 0) {
      event.put("event.outcome", "failure");
      event.put("error.type", "ConnectionError");
      event.put("error.message", "connection to upstream refused");
    }
  }

  private StandInKubernetes cluster;

  /** The first questions to a cold Elasticsearch take longer than an investigation may. */
  @BeforeAll
  static void warm() {
    new World().calmLog().predictions(50, KubernetesInTriageTest::well).report();
  }

  @BeforeEach
  void start() throws Exception {
    cluster =
        new StandInKubernetes()
            .deployment("ml", "m-service")
            .node("node-a", "Ready", "True", ago(9000))
            .node("node-a", "MemoryPressure", "False", ago(9000));
  }

  @AfterEach
  void stop() throws Exception {
    cluster.close();
  }

  private static Instant ago(int minutes) {
    return NOW.minus(Duration.ofMinutes(minutes));
  }

  private ObjectNode pod(String suffix, Instant created) {
    return cluster.pod("ml", "m-service", suffix, created);
  }

  private Report triage(Consumer<Map<String, Object>> predictions) throws Exception {
    try (KubernetesFeed feed =
        new KubernetesFeed(
            new KubernetesSettings(
                cluster.url(),
                Optional.of(StandInKubernetes.TOKEN),
                Optional.empty(),
                Optional.empty()),
            Map.of("m", new Workload("ml", List.of("m-service"), Optional.empty(), true)),
            Optional.empty(),
            Clock.fixed(NOW.plusSeconds(1), ZoneOffset.UTC))) {
      return new World().feeds(feed).figures(feed).calmLog().predictions(400, predictions).report();
    }
  }

  @Test
  void a_pod_that_is_killed_for_want_of_memory_is_the_cause() throws Exception {
    pod("a", ago(9000));
    restarted(pod("b", ago(9000)), 3, "OOMKilled", 137, ago(20), ago(12));
    cluster
        .replicaSet("ml", "m-service", 7, ago(40_000), template("m-service", "r/m:2.3"))
        .replicaSet("ml", "m-service", 8, ago(9000), template("m-service", "r/m:2.4"))
        .event(
            "ml",
            "m-service-rs1-b",
            "BackOff",
            "Back-off restarting failed container",
            6,
            ago(45),
            ago(12));
    Report report = triage(KubernetesInTriageTest::failing);

    assertThat(report.verdict()).as(report.toString()).isEqualTo(Verdict.CAUSE_FOUND);
    assertThat(report.causes().get(0).check()).isEqualTo(CheckId.HOST_RESOURCES);
    assertThat(report.causes().get(0).summary()).contains("m-service-rs1-b", "OOMKilled", "137");
    assertThat(report.causes().get(0).evidence().toString()).contains("restarted");
  }

  /** All pods are new, their probes failed while they started, the old ones were stopped. */
  @Test
  void a_planned_restart_by_rollout_is_silent() throws Exception {
    ObjectNode again = template("m-service", "r/m:2.4");
    ((ObjectNode) again.path("metadata").path("annotations"))
        .put("kubectl.kubernetes.io/restartedAt", ago(60).toString());
    cluster
        .replicaSet("ml", "m-service", 8, ago(9000), template("m-service", "r/m:2.4"))
        .replicaSet("ml", "m-service", 9, ago(60), again)
        .event(
            "ml",
            "m-service-rs9-a",
            "Unhealthy",
            "Readiness probe failed: HTTP probe failed with statuscode: 503",
            8,
            ago(60),
            ago(57))
        .event(
            "ml",
            "m-service-rs9-a",
            "FailedScheduling",
            "0/5 nodes are available: 5 Insufficient cpu.",
            2,
            ago(60),
            ago(59));
    pod("a", ago(60));
    pod("b", ago(58));
    ObjectNode old = pod("old", ago(9000));
    ((ObjectNode) old.path("metadata")).put("deletionTimestamp", ago(1).toString());
    container(old)
        .set(
            "state",
            StandInKubernetes.json(
                "{\"terminated\": {\"exitCode\": 137, \"reason\": \"Error\", \"finishedAt\": \""
                    + ago(1)
                    + "\"}}"));
    Report report = triage(KubernetesInTriageTest::well);

    assertThat(report.verdict()).as(report.toString()).isEqualTo(Verdict.ALL_CLEAR);
    assertThat(report.row(CheckId.HOST_RESOURCES).state()).isEqualTo(Report.State.CLEAR);
    assertThat(report.changes().toString()).contains("restarted by kubectl rollout restart");
  }

  /** It was so yesterday and the day before; what is new must have another cause. */
  @Test
  void a_pod_that_is_killed_every_day_is_no_news() throws Exception {
    restarted(pod("a", ago(20_000)), 12, "OOMKilled", 137, ago(1470), ago(30));
    Report report = triage(KubernetesInTriageTest::well);

    assertThat(report.row(CheckId.HOST_RESOURCES).state())
        .as(report.row(CheckId.HOST_RESOURCES).toString())
        .isEqualTo(Report.State.CLEAR);
  }

  @Test
  void a_pod_without_a_node_and_a_node_under_pressure_are_found() throws Exception {
    ObjectNode pending = pod("c", ago(55));
    pending.set(
        "status",
        StandInKubernetes.json(
            """
            {"phase": "Pending", "conditions": [{"type": "PodScheduled", "status": "False",
              "reason": "Unschedulable", "lastTransitionTime": "%s",
              "message": "0/5 nodes are available: 5 Insufficient nvidia.com/gpu."}]}
            """
                .formatted(ago(55))));
    cluster.node("node-a", "DiskPressure", "True", ago(30));
    Report.Row row = triage(KubernetesInTriageTest::failing).row(CheckId.HOST_RESOURCES);

    assertThat(row.state()).isEqualTo(Report.State.FOUND);
    assertThat(row.evidence().toString())
        .contains("finds no node to run on since", "Insufficient nvidia.com/gpu", "DiskPressure");
  }

  @Test
  void a_rollout_just_before_the_onset_is_named_with_what_it_changed() throws Exception {
    cluster
        .replicaSet("ml", "m-service", 7, ago(40_000), template("m-service", "r/m:2.3"))
        .replicaSet("ml", "m-service", 8, ago(64), template("m-service", "r/m:2.4"));
    pod("a", ago(63));
    Report report = triage(KubernetesInTriageTest::failing);
    Report.Row row = report.row(CheckId.RECENT_CHANGES);

    assertThat(row.state()).as(report.toString()).isEqualTo(Report.State.FOUND);
    assertThat(row.summary())
        .contains("code of m-service: rolled out: image of container m-service (2.3 → 2.4)");
  }

  @Test
  void two_images_under_one_tag_are_unversioned() throws Exception {
    pod("a", ago(9000));
    container(pod("b", ago(50)))
        .put("imageID", "registry.example.com/ml/m@sha256:ccccccccccccdddd");
    Report.Row row = triage(KubernetesInTriageTest::well).row(CheckId.UNVERSIONED_ARTIFACTS);

    assertThat(row.state()).isEqualTo(Report.State.FOUND);
    assertThat(row.summary())
        .contains("2 different images under the one tag registry.example.com/ml/m-service:2.4");
  }

  @Test
  void a_cluster_that_is_down_costs_its_own_checks_and_makes_no_clean_bill() throws Exception {
    cluster.close();
    Report report = triage(KubernetesInTriageTest::well);

    assertThat(report.verdict()).isEqualTo(Verdict.CANNOT_TELL);
    assertThat(report.row(CheckId.HOST_RESOURCES).state()).isEqualTo(Report.State.FAILED);
    assertThat(report.row(CheckId.HOST_RESOURCES).reason()).contains("Kubernetes can't be reached");
    for (CheckId own :
        List.of(
            CheckId.DATA_DRIFT, CheckId.SERVING_HEALTH, CheckId.GPU_MEMORY, CheckId.ERROR_BURST)) {
      assertThat(report.row(own).state()).as(own.id()).isEqualTo(Report.State.CLEAR);
    }
    assertThat(report.changes()).isEmpty();
  }
}
