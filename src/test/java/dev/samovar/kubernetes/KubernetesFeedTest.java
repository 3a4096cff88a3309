package dev.samovar.kubernetes;

import static dev.samovar.kubernetes.StandInKubernetes.container;
import static dev.samovar.kubernetes.StandInKubernetes.json;
import static dev.samovar.kubernetes.StandInKubernetes.restarted;
import static dev.samovar.kubernetes.StandInKubernetes.template;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.samovar.evidence.Dataset;
import dev.samovar.evidence.Event;
import dev.samovar.evidence.EvidenceException;
import dev.samovar.evidence.EvidenceException.Kind;
import dev.samovar.evidence.Fields;
import dev.samovar.evidence.Metrics.Line;
import dev.samovar.evidence.Metrics.Point;
import dev.samovar.evidence.Model;
import dev.samovar.evidence.Window;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import okhttp3.mockwebserver.Dispatcher;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import okhttp3.mockwebserver.RecordedRequest;
import okhttp3.mockwebserver.SocketPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("NullAway.Init") // JUnit calls start.
class KubernetesFeedTest {
  private static final Instant NOW = Instant.parse("2026-05-20T15:00:00Z");
  private static final Window WEEK = new Window(NOW.minus(Duration.ofDays(7)), NOW);
  private static final Duration BUDGET = Duration.ofSeconds(5);
  private static final Clock CLOCK = Clock.fixed(NOW.plusSeconds(2), ZoneOffset.UTC);
  private static final Model MODEL = Model.named("fraud");

  private StandInKubernetes cluster;
  private KubernetesFeed feed;

  @BeforeEach
  void start() throws IOException {
    cluster = new StandInKubernetes();
    feed = feed(cluster.url(), named("fraud"));
  }

  @AfterEach
  void stop() throws IOException {
    feed.close();
    cluster.close();
  }

  private static Workload named(String name) {
    return new Workload("ml", List.of(name), Optional.empty(), true);
  }

  private static KubernetesFeed feed(String url, Workload workload) throws IOException {
    return new KubernetesFeed(
        new KubernetesSettings(
            url, Optional.of(StandInKubernetes.TOKEN), Optional.empty(), Optional.empty()),
        Map.of(MODEL.name(), workload),
        Optional.empty(),
        CLOCK);
  }

  private static Instant ago(int minutes) {
    return NOW.minus(Duration.ofMinutes(minutes));
  }

  private List<Event> changes() throws EvidenceException {
    return feed.events(MODEL, Dataset.CHANGE, WEEK, BUDGET);
  }

  private List<Line> lines() throws EvidenceException {
    return feed.lines(MODEL, WEEK, BUDGET);
  }

  private Line line(String metric) throws EvidenceException {
    return lines().stream()
        .filter(one -> one.metric().equals(metric))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + metric));
  }

  private static String told(Event event) {
    return event.text(Fields.CHANGE_KIND).orElse("")
        + " of "
        + event.text(Fields.CHANGE_COMPONENT).orElse("")
        + ": "
        + event.text(Fields.CHANGE_SUMMARY).orElse("")
        + " | "
        + event.text(Fields.CHANGE_FROM).orElse("")
        + " → "
        + event.text(Fields.CHANGE_TO).orElse("");
  }

  /** The last revisions of one Deployment, an hour apart, the newest an hour ago. */
  private void revisions(ObjectNode... templates) {
    cluster.deployment("ml", "fraud");
    for (int i = 0; i < templates.length; i++) {
      cluster.replicaSet("ml", "fraud", i + 4, ago(60 * (templates.length - i)), templates[i]);
    }
  }

  @Test
  void a_rollout_of_another_image_is_a_change_of_code() throws Exception {
    revisions(
        template("fraud", "registry.example.com:5000/ml/fraud:2.3"),
        template("fraud", "registry.example.com:5000/ml/fraud:2.4"));

    assertThat(changes().stream().map(KubernetesFeedTest::told))
        .containsExactly(
            "code of fraud: rolled out: image of container fraud | 2.3 → 2.4",
            "infrastructure of fraud: rolled out; what ran before is no longer kept |  → ");
    assertThat(changes().get(0).time()).isEqualTo(ago(60));
    assertThat(changes().get(0).text(Fields.MODEL)).contains("fraud");
  }

  @Test
  void the_same_tag_by_another_digest_and_another_registry_are_told_apart() throws Exception {
    revisions(
        template("fraud", "r/fraud:2.4@sha256:0123456789abcdef"),
        template("fraud", "r/fraud:2.4@sha256:fedcba98765432100"),
        template("fraud", "mirror/fraud:2.4"));

    assertThat(changes().stream().map(KubernetesFeedTest::told).limit(2))
        .containsExactly(
            "code of fraud: rolled out: image of container fraud | r/fraud:2.4 → mirror/fraud:2.4",
            "code of fraud: rolled out: image of container fraud"
                + " | sha256:0123456789ab → sha256:fedcba987654");
  }

  @Test
  void each_kind_of_change_in_a_rollout_is_told_by_itself_and_no_secret_is_repeated()
      throws Exception {
    ObjectNode before = template("fraud", "r/fraud:2.4");
    ObjectNode after = template("fraud", "r/fraud:2.4");
    annotation(
        before, "internal.serving.kserve.io/storage-initializer-sourceuri", "s3://m/fraud/6");
    annotation(
        after,
        "internal.serving.kserve.io/storage-initializer-sourceuri",
        "https://key:s3cret@store/fraud/7?sig=abc");
    ObjectNode container = (ObjectNode) after.path("spec").path("containers").path(0);
    container.set(
        "resources", json("{\"limits\": {\"memory\": \"2Gi\"}, \"requests\": {\"cpu\": \"2\"}}"));
    container.set(
        "env", json("{\"e\": [{\"name\": \"DB_PASSWORD\", \"value\": \"hunter2\"}]}").path("e"));
    revisions(before, after);

    List<String> told = changes().stream().map(KubernetesFeedTest::told).toList();
    assertThat(told)
        .contains(
            "model of fraud: rolled out: what it serves | s3://m/fraud/6 → https://store/fraud/7",
            "infrastructure of fraud: rolled out: memory limit of container fraud | 4Gi → 2Gi",
            "config of fraud: rolled out: environment of container fraud: BATCH_SIZE, DB_PASSWORD"
                + " |  → ");
    assertThat(told.toString()).doesNotContain("hunter2", "s3cret");
  }

  private static void annotation(ObjectNode template, String name, String value) {
    ((ObjectNode) template.path("metadata").path("annotations")).put(name, value);
  }

  @Test
  void a_restart_by_rollout_is_no_change_of_code() throws Exception {
    ObjectNode after = template("fraud", "r/fraud:2.4");
    annotation(after, "kubectl.kubernetes.io/restartedAt", "2026-05-20T14:00:00Z");
    revisions(template("fraud", "r/fraud:2.4"), after);

    assertThat(told(changes().get(0)))
        .isEqualTo(
            "infrastructure of fraud: rolled out: restarted by kubectl rollout restart |  → ");
  }

  /** A rollback takes the old ReplicaSet again, which keeps its creationTimestamp. */
  @Test
  void a_rollback_is_dated_by_the_pods_it_brought() throws Exception {
    cluster
        .deployment("ml", "fraud")
        .replicaSet("ml", "fraud", 5, ago(90), template("fraud", "r/fraud:2.4"))
        .replicaSet("ml", "fraud", 6, ago(9000), template("fraud", "r/fraud:2.3"));
    ObjectNode pod = cluster.pod("ml", "fraud", "x", ago(20));
    ((ObjectNode) pod.path("metadata").path("ownerReferences").path(0)).put("name", "fraud-rs6");

    assertThat(told(changes().get(0))).endsWith("image of container fraud | 2.4 → 2.3");
    assertThat(changes().get(0).time()).isEqualTo(ago(20));
  }

  @Test
  void a_stateful_set_is_read_by_its_controller_revisions() throws Exception {
    cluster.statefulSet("ml", "fraud");
    for (int i = 1; i <= 2; i++) {
      ObjectNode revision =
          json(
              """
              {"metadata": {"name": "fraud-%d", "creationTimestamp": "%s",
                "labels": {"app": "fraud"},
                "ownerReferences": [{"kind": "StatefulSet", "name": "fraud", "controller": true}]},
               "revision": %d, "data": {"spec": {}}}
              """
                  .formatted(i, ago(120 - 40 * i), i));
      ((ObjectNode) revision.path("data").path("spec"))
          .set("template", template("fraud", "r/fraud:1." + i));
      cluster.add("/apis/apps/v1/namespaces/ml/controllerrevisions", revision);
    }
    assertThat(changes().stream().map(KubernetesFeedTest::told))
        .containsExactly(
            "code of fraud: rolled out: image of container fraud | 1.1 → 1.2",
            "infrastructure of fraud: created |  → ");
  }

  /** Knative has a Deployment for each revision of what KServe serves. */
  @Test
  void an_inference_service_is_found_by_its_label_and_its_revisions_are_one_workload()
      throws Exception {
    for (int i = 1; i <= 2; i++) {
      ObjectNode template = template("kserve-container", "kserve/sklearnserver:v0.15.0");
      annotation(
          template,
          "internal.serving.kserve.io/storage-initializer-sourceuri",
          "gs://models/fraud/" + i);
      ObjectNode set =
          json(
              """
              {"metadata": {"name": "fraud-predictor-0000%d-deployment-abc",
                "creationTimestamp": "%s",
                "labels": {"serving.kserve.io/inferenceservice": "fraud",
                  "serving.knative.dev/configuration": "fraud-predictor",
                  "serving.knative.dev/configurationGeneration": "%d"},
                "annotations": {"deployment.kubernetes.io/revision": "1"},
                "ownerReferences": [{"kind": "Deployment", "controller": true,
                  "name": "fraud-predictor-0000%d-deployment"}]}, "spec": {}}
              """
                  .formatted(i, ago(300 - 100 * i), i, i));
      ((ObjectNode) set.path("spec")).set("template", template);
      cluster.add("/apis/apps/v1/namespaces/ml/replicasets", set);
    }
    ObjectNode pod = cluster.pod("ml", "fraud", "x", ago(100));
    ((ObjectNode) pod.path("metadata").path("labels"))
        .put("serving.kserve.io/inferenceservice", "fraud");

    assertThat(told(changes().get(0)))
        .isEqualTo(
            "model of fraud-predictor: rolled out: what it serves"
                + " | gs://models/fraud/1 → gs://models/fraud/2");
  }

  @Test
  void a_container_that_was_killed_is_told_as_kube_state_metrics_would() throws Exception {
    cluster.deployment("ml", "fraud").node("node-a", "Ready", "True", ago(9000));
    restarted(cluster.pod("ml", "fraud", "x", ago(3000)), 1, "OOMKilled", 137, ago(3000), ago(30));

    Line reason = line("kube_pod_container_status_last_terminated_reason");
    assertThat(reason.labels())
        .containsEntry("reason", "OOMKilled")
        .containsEntry("pod", "fraud-rs1-x")
        .containsEntry("container", "fraud")
        .containsEntry("node", "node-a");
    assertThat(reason.points()).containsExactly(new Point(ago(30), 1));
    assertThat(line("kube_pod_container_status_last_terminated_exitcode").points())
        .containsExactly(new Point(ago(30), 137));
    assertThat(line("kube_pod_container_status_restarts_total").points())
        .containsExactly(
            new Point(ago(3000), 0), new Point(ago(30), 1), new Point(NOW.minusMillis(1), 1));
  }

  /** The API has the last restart alone; ten of them a day apart are no news. */
  @Test
  void earlier_restarts_are_taken_to_be_as_far_apart_as_the_last_two() throws Exception {
    cluster.deployment("ml", "fraud");
    restarted(
        cluster.pod("ml", "fraud", "daily", ago(20_000)), 10, "OOMKilled", 137, ago(1470), ago(30));
    restarted(cluster.pod("ml", "fraud", "loop", ago(20_000)), 4, "Error", 1, ago(31), ago(30));
    List<List<Point>> points =
        lines().stream()
            .filter(one -> one.metric().endsWith("last_terminated_reason"))
            .map(Line::points)
            .toList();
    assertThat(points.get(0)).hasSize(10);
    assertThat(points.get(0).get(0).time()).isBefore(NOW.minus(Duration.ofDays(8)));
    assertThat(points.get(1)).hasSize(4);
    assertThat(points.get(1).get(0).time()).isAfter(ago(40));
  }

  @Test
  void a_pod_that_is_being_deleted_ends_as_it_should() throws Exception {
    cluster.deployment("ml", "fraud");
    ObjectNode pod = cluster.pod("ml", "fraud", "x", ago(300));
    ((ObjectNode) pod.path("metadata")).put("deletionTimestamp", ago(1).toString());
    container(pod)
        .set(
            "state",
            json(
                """
                {"terminated": {"exitCode": 137, "reason": "Error", "finishedAt": "%s"}}
                """
                    .formatted(ago(1))));
    assertThat(lines().stream().map(Line::metric))
        .containsExactly("kube_pod_container_status_restarts_total");
  }

  @Test
  void waiting_evicted_and_unschedulable_pods_and_sick_nodes_are_told() throws Exception {
    cluster
        .deployment("ml", "fraud")
        .node("node-a", "MemoryPressure", "True", ago(25))
        .node("node-a", "Ready", "False", ago(20));
    container(cluster.pod("ml", "fraud", "pull", ago(40)))
        .set("state", json("{\"waiting\": {\"reason\": \"ImagePullBackOff\"}}"));
    ObjectNode evicted = cluster.pod("ml", "fraud", "evicted", ago(400));
    evicted.set(
        "status",
        json(
            """
            {"phase": "Failed", "reason": "Evicted",
             "message": "The node was low on resource: memory.",
             "conditions": [{"type": "DisruptionTarget", "status": "True",
               "lastTransitionTime": "%s"}]}
            """
                .formatted(ago(35))));
    ObjectNode pending = cluster.pod("ml", "fraud", "pending", ago(45));
    pending.set(
        "status",
        json(
            """
            {"phase": "Pending", "conditions": [{"type": "PodScheduled", "status": "False",
              "reason": "Unschedulable", "lastTransitionTime": "%s",
              "message": "0/5 nodes are available: 5 Insufficient nvidia.com/gpu."}]}
            """
                .formatted(ago(45))));

    assertThat(line("kube_pod_container_status_waiting_reason").labels())
        .containsEntry("reason", "ImagePullBackOff");
    assertThat(line("kube_pod_status_reason").points()).containsExactly(new Point(ago(35), 1));
    Line unschedulable = line("kube_pod_status_unschedulable");
    assertThat(unschedulable.points().get(0).time()).isEqualTo(ago(45));
    assertThat(unschedulable.labels().get("message")).contains("Insufficient nvidia.com/gpu");
    assertThat(
            lines().stream()
                .filter(one -> one.metric().equals("kube_node_status_condition"))
                .map(one -> one.labels().get("condition") + one.labels().get("status")))
        .containsExactly("MemoryPressuretrue", "Readyfalse");
  }

  @Test
  void events_count_evenly_and_those_of_others_are_left_out() throws Exception {
    cluster.deployment("ml", "fraud");
    cluster.pod("ml", "fraud", "x", ago(9000));
    cluster
        .event(
            "ml",
            "fraud-rs1-x",
            "BackOff",
            "Back-off restarting failed container",
            9,
            ago(50),
            ago(10))
        .event(
            "ml",
            "fraud-rs0-gone",
            "Evicted",
            "The node was low on resource: memory.",
            1,
            ago(15),
            ago(15))
        .event(
            "ml",
            "fraudster-1",
            "BackOff",
            "Back-off restarting failed container",
            9,
            ago(50),
            ago(10));
    List<Line> counts =
        lines().stream().filter(one -> one.metric().equals("kube_event_count")).toList();

    assertThat(counts)
        .extracting(one -> one.labels().get("pod"))
        .containsExactly("fraud-rs1-x", "fraud-rs0-gone");
    assertThat(counts.get(0).points()).first().satisfies(p -> assertThat(p.value()).isZero());
    assertThat(counts.get(0).points()).contains(new Point(ago(30), 5), new Point(ago(10), 9));
  }

  @Test
  void images_are_told_by_tag_and_digest() throws Exception {
    cluster.deployment("ml", "fraud");
    cluster.pod("ml", "fraud", "x", ago(300));
    Line info = line("kube_pod_container_info");
    assertThat(info.labels())
        .containsEntry("image_spec", "registry.example.com/ml/fraud:2.4")
        .containsEntry("image_id", "registry.example.com/ml/fraud@sha256:aaaaaaaaaaaabbbbbbbb");
    assertThat(info.points().get(0).time()).isEqualTo(ago(300));
  }

  @Test
  void an_old_moment_has_nothing_that_is_so_now() throws Exception {
    cluster.deployment("ml", "fraud");
    cluster.pod("ml", "fraud", "x", ago(300));
    Window old = new Window(ago(3000), ago(2000));
    assertThat(feed.lines(MODEL, old, BUDGET))
        .allSatisfy(one -> assertThat(one.points()).noneMatch(point -> old.contains(point.time())));
  }

  @Test
  void nodes_that_may_not_be_read_are_left_out() throws Exception {
    cluster.deployment("ml", "fraud").forbidNodes();
    cluster.pod("ml", "fraud", "x", ago(300));
    assertThat(lines()).isNotEmpty();
    assertThat(feed.look(List.of(MODEL), BUDGET).values())
        .containsExactly(
            "Kubernetes v1.33.2", "1 pod of fraud in namespace ml; its nodes may not be read");
  }

  @Test
  void all_chunks_are_read() throws Exception {
    cluster.deployment("ml", "fraud").pagesOf(3);
    for (int i = 0; i < 8; i++) {
      cluster.pod("ml", "fraud", "p" + i, ago(300));
    }
    assertThat(lines().stream().map(one -> one.labels().get("pod")).distinct()).hasSize(8);
    assertThat(cluster.asked())
        .contains(
            "/api/v1/namespaces/ml/pods?labelSelector=app%3Dfraud&limit=250",
            "/api/v1/namespaces/ml/pods?labelSelector=app%3Dfraud&limit=250&continue=Mw%3D%3D");
  }

  @Test
  void chunks_without_end_are_an_error_and_no_half_answer() throws Exception {
    misbehaving(
        new MockResponse()
            .setBody("{\"metadata\": {\"continue\": \"more\"}, \"items\": [{\"metadata\": {}}]}"),
        broken ->
            assertThatThrownBy(() -> broken.lines(MODEL, WEEK, BUDGET))
                .isInstanceOfSatisfying(
                    EvidenceException.class, e -> assertThat(e.kind()).isEqualTo(Kind.PARTIAL))
                .hasMessageContaining("narrow models[].kubernetes.selector"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{\"items\": {}}",
        "{\"items\": [{\"metadata\": {\"na",
        "<html>login</html>"
      })
  void an_answer_of_the_wrong_shape_is_no_answer(String body) throws Exception {
    misbehaving(
        new MockResponse().setBody(body),
        broken ->
            assertThatThrownBy(() -> broken.lines(MODEL, WEEK, BUDGET))
                .isInstanceOfSatisfying(
                    EvidenceException.class, e -> assertThat(e.kind()).isEqualTo(Kind.BROKEN))
                .hasMessageContaining("Kubernetes"));
  }

  @Test
  void objects_of_a_strange_shape_are_left_out() throws Exception {
    misbehaving(
        new MockResponse()
            .setBody(
                """
                {"metadata": {}, "items": [7, null, {"metadata": 3}, {"metadata": {"name": "x",
                  "creationTimestamp": "yesterday"}, "status": [], "spec": "y"}]}
                """),
        broken -> {
          assertThat(broken.lines(MODEL, WEEK, BUDGET)).isEmpty();
          assertThat(broken.events(MODEL, Dataset.CHANGE, WEEK, BUDGET)).isEmpty();
        });
  }

  @Test
  void errors_slowness_and_broken_connections_are_said() throws Exception {
    misbehaving(
        new MockResponse().setResponseCode(500).setBody("etcdserver: leader changed"),
        broken ->
            assertThatThrownBy(() -> broken.lines(MODEL, WEEK, BUDGET))
                .hasMessageContaining("status 500: etcdserver: leader changed"));
    misbehaving(
        new MockResponse()
            .setSocketPolicy(SocketPolicy.DISCONNECT_DURING_RESPONSE_BODY)
            .setBody("{\"items\": []}".repeat(1000)),
        broken ->
            assertThatThrownBy(() -> broken.lines(MODEL, WEEK, BUDGET))
                .isInstanceOf(EvidenceException.class));
    misbehaving(
        new MockResponse().setBody("{\"items\": []}").setBodyDelay(5, TimeUnit.SECONDS),
        broken ->
            assertThatThrownBy(() -> broken.lines(MODEL, WEEK, Duration.ofMillis(300)))
                .isInstanceOfSatisfying(
                    EvidenceException.class, e -> assertThat(e.kind()).isEqualTo(Kind.TIMEOUT)));
  }

  @Test
  void wrong_credentials_and_a_workload_that_is_gone_are_said() throws Exception {
    assertThatThrownBy(this::lines)
        .hasMessage(
            "Kubernetes has no Deployment, StatefulSet or InferenceService fraud in namespace ml;"
                + " was it deleted, or is models[].kubernetes wrong?");
    cluster.token("another");
    assertThatThrownBy(this::changes)
        .isInstanceOfSatisfying(
            EvidenceException.class, e -> assertThat(e.kind()).isEqualTo(Kind.DENIED))
        .hasMessageContaining("check kubernetes in the configuration");
  }

  @Test
  void a_model_that_nobody_told_of_is_looked_for_by_its_name_and_may_be_absent() throws Exception {
    try (KubernetesFeed all =
        new KubernetesFeed(
            new KubernetesSettings(
                cluster.url(),
                Optional.of(StandInKubernetes.TOKEN),
                Optional.empty(),
                Optional.empty()),
            Map.of(),
            Optional.of("ml"),
            CLOCK)) {
      assertThat(all.lines(MODEL, WEEK, BUDGET)).isEmpty();
      assertThat(all.fields(MODEL, Dataset.CHANGE, BUDGET)).isEmpty();
      cluster.deployment("ml", "fraud");
      cluster.pod("ml", "fraud", "x", ago(300));
      assertThat(all.lines(MODEL, WEEK, BUDGET)).isNotEmpty();
      assertThat(all.fields(MODEL, Dataset.CHANGE, BUDGET)).contains(Fields.CHANGE_KIND);
    }
  }

  /** The kubelet writes a new token into the file before the old one expires. */
  @Test
  void a_token_that_was_replaced_is_read_again(@TempDir Path folder) throws Exception {
    cluster.deployment("ml", "fraud");
    Path file = Files.writeString(folder.resolve("token"), StandInKubernetes.TOKEN + "\n");
    try (KubernetesFeed inside =
        new KubernetesFeed(
            new KubernetesSettings(
                cluster.url(), Optional.empty(), Optional.of(file), Optional.empty()),
            Map.of(MODEL.name(), named("fraud")),
            Optional.empty(),
            CLOCK)) {
      assertThat(inside.fields(MODEL, Dataset.CHANGE, BUDGET)).isNotEmpty();
      cluster.token("the-next");
      Files.writeString(file, "the-next");
      assertThat(inside.fields(MODEL, Dataset.CHANGE, BUDGET)).isNotEmpty();
      Files.delete(file);
      assertThatThrownBy(() -> inside.fields(MODEL, Dataset.CHANGE, BUDGET))
          .hasMessageContaining("kubernetes.token_file can't be read");
    }
  }

  private interface Trying {
    void with(KubernetesFeed feed) throws Exception;
  }

  /** A cluster that always gives the same answer to whatever list it is asked for. */
  private static void misbehaving(MockResponse answer, Trying trying) throws Exception {
    try (MockWebServer server = new MockWebServer()) {
      server.setDispatcher(
          new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
              return answer.clone();
            }
          });
      server.start();
      try (KubernetesFeed broken =
          feed(
              server.url("/").toString(),
              new Workload("ml", List.of(), Optional.of("app=fraud"), true))) {
        trying.with(broken);
      }
    }
  }
}
