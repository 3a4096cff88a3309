package dev.samovar.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import okhttp3.HttpUrl;
import okhttp3.mockwebserver.Dispatcher;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import okhttp3.mockwebserver.RecordedRequest;

/**
 * Answers as the Kubernetes API is documented to: “GET /api/v1/pods?limit=500 … the server returns
 * a continue token”, with label selectors of the form {@code a=b,c=d}, {@code Status} objects for
 * what is not there or not allowed, and bearer tokens. Objects have the fields of the API reference
 * (Pod, ReplicaSet, ControllerRevision, Event v1, Node).
 */
public final class StandInKubernetes extends Dispatcher implements AutoCloseable {
  public static final String TOKEN = "k8s-token";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final MockWebServer server = new MockWebServer();
  private final Map<String, List<ObjectNode>> lists = new HashMap<>();
  private final Map<String, ObjectNode> objects = new HashMap<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private volatile String token = TOKEN;
  private volatile boolean nodesAllowed = true;
  private int pageLimit = 500;

  public StandInKubernetes() throws IOException {
    server.setDispatcher(this);
    server.start();
  }

  public String url() {
    return server.url("/").toString();
  }

  public List<String> asked() {
    return asked;
  }

  void token(String other) {
    token = other;
  }

  void pagesOf(int size) {
    pageLimit = size;
  }

  void forbidNodes() {
    nodesAllowed = false;
  }

  public static ObjectNode json(String text) {
    try {
      return (ObjectNode) JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  public StandInKubernetes deployment(String namespace, String name) {
    objects.put(
        "/apis/apps/v1/namespaces/" + namespace + "/deployments/" + name,
        json(
            """
            {"kind": "Deployment", "apiVersion": "apps/v1",
             "metadata": {"name": "%s", "namespace": "%s"},
             "spec": {"replicas": 2, "selector": {"matchLabels": {"app": "%s"}}}}
            """
                .formatted(name, namespace, name)));
    return this;
  }

  public StandInKubernetes statefulSet(String namespace, String name) {
    objects.put(
        "/apis/apps/v1/namespaces/" + namespace + "/statefulsets/" + name,
        json(
            """
            {"kind": "StatefulSet", "metadata": {"name": "%s", "namespace": "%s"},
             "spec": {"selector": {"matchLabels": {"app": "%s"}}}}
            """
                .formatted(name, namespace, name)));
    return this;
  }

  /** A pod template with one container of the workload's name. */
  public static ObjectNode template(String workload, String image) {
    return json(
        """
        {"metadata": {"labels": {"app": "%s"}, "annotations": {}},
         "spec": {"containers": [{"name": "%s", "image": "%s",
           "env": [{"name": "BATCH_SIZE", "value": "32"}],
           "resources": {"limits": {"memory": "4Gi"}, "requests": {"cpu": "2"}}}]}}
        """
            .formatted(workload, workload, image));
  }

  public StandInKubernetes replicaSet(
      String namespace, String workload, int revision, Instant created, ObjectNode template) {
    ObjectNode set =
        json(
            """
            {"metadata": {"name": "%s-rs%d", "namespace": "%s", "creationTimestamp": "%s",
              "labels": {"app": "%s", "pod-template-hash": "rs%d"},
              "annotations": {"deployment.kubernetes.io/revision": "%d"},
              "ownerReferences": [{"kind": "Deployment", "name": "%s", "controller": true}]},
             "spec": {}}
            """
                .formatted(
                    workload, revision, namespace, created, workload, revision, revision,
                    workload));
    ((ObjectNode) set.path("spec")).set("template", template);
    return add("/apis/apps/v1/namespaces/" + namespace + "/replicasets", set);
  }

  /** A running pod of the workload's newest ReplicaSet, to be changed. */
  public ObjectNode pod(String namespace, String workload, String suffix, Instant created) {
    ObjectNode pod =
        json(
            """
            {"metadata": {"name": "%s-rs1-%s", "namespace": "%s", "creationTimestamp": "%s",
              "labels": {"app": "%s"},
              "ownerReferences": [{"kind": "ReplicaSet", "name": "%s-rs1", "controller": true}]},
             "spec": {"nodeName": "node-a",
               "containers": [{"name": "%s", "image": "registry.example.com/ml/%s:2.4"}]},
             "status": {"phase": "Running",
               "conditions": [{"type": "Ready", "status": "True", "lastTransitionTime": "%s"}],
               "containerStatuses": [{"name": "%s", "ready": true, "restartCount": 0,
                 "image": "registry.example.com/ml/%s:2.4",
                 "imageID": "registry.example.com/ml/%s@sha256:aaaaaaaaaaaabbbbbbbb",
                 "lastState": {}, "state": {"running": {"startedAt": "%s"}}}]}}
            """
                .formatted(
                    workload, suffix, namespace, created, workload, workload, workload, workload,
                    created, workload, workload, workload, created));
    add("/api/v1/namespaces/" + namespace + "/pods", pod);
    return pod;
  }

  public static ObjectNode container(ObjectNode pod) {
    return (ObjectNode) pod.path("status").path("containerStatuses").path(0);
  }

  /** As after a restart: how the last life ended, and that it runs again. */
  public static void restarted(
      ObjectNode pod, int restarts, String reason, int exitCode, Instant began, Instant ended) {
    ObjectNode container = container(pod);
    container.put("restartCount", restarts);
    container.set(
        "lastState",
        json(
            """
            {"terminated": {"exitCode": %d, "reason": "%s", "startedAt": "%s", "finishedAt": "%s",
              "containerID": "containerd://0123"}}
            """
                .formatted(exitCode, reason, began, ended)));
    container.set(
        "state", json("{\"running\": {\"startedAt\": \"%s\"}}".formatted(ended.plusSeconds(15))));
  }

  public StandInKubernetes event(
      String namespace,
      String pod,
      String reason,
      String message,
      int count,
      Instant first,
      Instant last) {
    return add(
        "/api/v1/namespaces/" + namespace + "/events",
        json(
            """
            {"metadata": {"name": "%s.17", "namespace": "%s"}, "type": "Warning",
             "involvedObject": {"kind": "Pod", "namespace": "%s", "name": "%s"},
             "reason": "%s", "message": "%s", "count": %d,
             "firstTimestamp": "%s", "lastTimestamp": "%s", "eventTime": null,
             "source": {"component": "kubelet"}}
            """
                .formatted(pod, namespace, namespace, pod, reason, message, count, first, last)));
  }

  public StandInKubernetes node(String name, String condition, String status, Instant since) {
    ObjectNode node =
        objects.computeIfAbsent(
            "/api/v1/nodes/" + name,
            path -> json("{\"metadata\": {\"name\": \"" + name + "\"}, \"status\": {}}"));
    ((ObjectNode) node.path("status"))
        .withArrayProperty("conditions")
        .add(
            json(
                """
                {"type": "%s", "status": "%s", "lastTransitionTime": "%s", "message": ""}
                """
                    .formatted(condition, status, since)));
    return this;
  }

  public StandInKubernetes add(String list, ObjectNode object) {
    lists.computeIfAbsent(list, path -> new ArrayList<>()).add(object);
    return this;
  }

  @Override
  public MockResponse dispatch(RecordedRequest request) {
    HttpUrl url = Objects.requireNonNull(request.getRequestUrl());
    String path = url.encodedPath();
    asked.add(String.valueOf(request.getPath()));
    if (!("Bearer " + token).equals(request.getHeader("Authorization"))) {
      return status(401, "Unauthorized", "Unauthorized");
    }
    if (path.equals("/version")) {
      return body(json("{\"major\": \"1\", \"minor\": \"33\", \"gitVersion\": \"v1.33.2\"}"));
    }
    if (path.startsWith("/api/v1/nodes/") && !nodesAllowed) {
      return status(
          403,
          "Forbidden",
          "nodes is forbidden: User system:serviceaccount:ml:samovar cannot get resource nodes");
    }
    if (objects.containsKey(path)) {
      return body(Objects.requireNonNull(objects.get(path)));
    }
    boolean isList =
        Stream.of("pods", "replicasets", "controllerrevisions", "events")
            .anyMatch(kind -> path.endsWith("/" + kind));
    return isList ? page(url, path) : status(404, "NotFound", path + " not found");
  }

  private MockResponse page(HttpUrl url, String path) {
    List<ObjectNode> all =
        lists.getOrDefault(path, List.of()).stream()
            .filter(object -> matches(object, url.queryParameter("labelSelector")))
            .filter(object -> isOfType(object, url.queryParameter("fieldSelector")))
            .toList();
    String given = url.queryParameter("continue");
    int from =
        given == null
            ? 0
            : Integer.parseInt(
                new String(Base64.getDecoder().decode(given), StandardCharsets.UTF_8));
    int limit =
        Math.min(
            pageLimit,
            Integer.parseInt(Objects.requireNonNullElse(url.queryParameter("limit"), "100000")));
    ObjectNode answer = json("{\"kind\": \"List\", \"metadata\": {\"resourceVersion\": \"7\"}}");
    ArrayNode items = answer.putArray("items");
    all.stream().skip(from).limit(limit).forEach(items::add);
    if (from + limit < all.size()) {
      ((ObjectNode) answer.path("metadata"))
          .put(
              "continue",
              Base64.getEncoder()
                  .encodeToString(Integer.toString(from + limit).getBytes(StandardCharsets.UTF_8)));
    }
    return body(answer);
  }

  private static boolean isOfType(JsonNode object, String selector) {
    return selector == null || ("type=" + object.path("type").asText()).equals(selector);
  }

  private static boolean matches(JsonNode object, String selector) {
    return selector == null
        || Stream.of(selector.split(",", -1))
            .allMatch(
                part ->
                    part.equals(
                        part.split("=", 2)[0]
                            + "="
                            + object
                                .path("metadata")
                                .path("labels")
                                .path(part.split("=", 2)[0])
                                .asText("?")));
  }

  private static MockResponse body(JsonNode json) {
    return new MockResponse()
        .setHeader("Content-Type", "application/json")
        .setBody(json.toString());
  }

  private static MockResponse status(int code, String reason, String message) {
    return body(JSON.createObjectNode()
            .put("kind", "Status")
            .put("status", "Failure")
            .put("reason", reason)
            .put("message", message)
            .put("code", code))
        .setResponseCode(code);
  }

  @Override
  public void close() throws IOException {
    server.shutdown();
  }
}
