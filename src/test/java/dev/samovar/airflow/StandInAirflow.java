package dev.samovar.airflow;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import okhttp3.Credentials;
import okhttp3.HttpUrl;
import okhttp3.mockwebserver.Dispatcher;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import okhttp3.mockwebserver.RecordedRequest;

/**
 * Answers as the REST API of Airflow 2 (v1) or of Airflow 3 (v2) is documented to: lists with
 * filters by {@code end_date}, order and pages, {@code logical_date} null for runs that were
 * triggered without one, a token for the user's name and password.
 */
public final class StandInAirflow extends Dispatcher implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final boolean isThree;
  private final int pageLimit;
  private final MockWebServer server = new MockWebServer();
  private final Map<String, List<ObjectNode>> runs = new HashMap<>();
  private final Map<String, List<ObjectNode>> tasks = new HashMap<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private int logins;
  private volatile String token = "token-0";

  private StandInAirflow(boolean isThree, int pageLimit) throws IOException {
    this.isThree = isThree;
    this.pageLimit = pageLimit;
    server.setDispatcher(this);
    server.start();
  }

  public static StandInAirflow two() throws IOException {
    return new StandInAirflow(false, 100);
  }

  public static StandInAirflow three() throws IOException {
    return new StandInAirflow(true, 100);
  }

  /** One whose {@code maximum_page_limit} is smaller. */
  static StandInAirflow withPagesOf(int size) throws IOException {
    return new StandInAirflow(true, size);
  }

  public String url() {
    return server.url("/").toString();
  }

  List<String> asked() {
    return asked;
  }

  int logins() {
    return logins;
  }

  void expireToken() {
    token = "token-expired";
  }

  public StandInAirflow run(String dag, String state, Instant ended, Duration took) {
    ObjectNode run = JSON.createObjectNode();
    List<ObjectNode> known = runs.computeIfAbsent(dag, name -> new ArrayList<>());
    run.put("dag_id", dag);
    run.put("dag_run_id", "scheduled__" + ended.minus(took));
    run.put("state", state);
    run.put("run_type", "scheduled");
    run.put("start_date", ended.minus(took).toString());
    if (state.equals("running")) {
      run.putNull("end_date");
    } else {
      run.put("end_date", ended.toString().replace("Z", "+00:00"));
    }
    if (isThree) {
      run.putNull("logical_date");
      run.put("run_after", ended.minus(took).toString());
    } else {
      run.put("logical_date", ended.minus(took).toString());
      run.put("execution_date", ended.minus(took).toString());
    }
    known.add(run);
    return this;
  }

  /** The last run's. */
  public StandInAirflow task(String dag, String id, String state, int tries) {
    List<ObjectNode> known = runs.getOrDefault(dag, List.of());
    String run = known.get(known.size() - 1).path("dag_run_id").asText();
    ObjectNode task = JSON.createObjectNode();
    task.put("task_id", id);
    task.put("state", state);
    task.put("try_number", tries);
    task.put("max_tries", tries - 1);
    task.put("end_date", known.get(known.size() - 1).path("end_date").asText());
    tasks.computeIfAbsent(dag + "/" + run, name -> new ArrayList<>()).add(task);
    return this;
  }

  @Override
  public MockResponse dispatch(RecordedRequest request) {
    HttpUrl url = java.util.Objects.requireNonNull(request.getRequestUrl());
    asked.add(request.getMethod() + " " + request.getPath());
    List<String> path = url.pathSegments();
    if (url.encodedPath().equals(isThree ? "/api/v2/version" : "/api/v1/version")) {
      return json(JSON.createObjectNode().put("version", isThree ? "3.0.2" : "2.10.5"));
    }
    if (isThree && url.encodedPath().equals("/auth/token")) {
      logins++;
      token = "token-" + logins;
      String body = request.getBody().readUtf8();
      return body.contains("\"password\":\"secret\"")
          ? json(JSON.createObjectNode().put("access_token", token)).setResponseCode(201)
          : status(401, "Invalid credentials");
    }
    if (path.size() < 2 || !path.get(1).equals(isThree ? "v2" : "v1")) {
      return new MockResponse().setResponseCode(404).setBody("<html>not found</html>");
    }
    String wanted = isThree ? "Bearer " + token : Credentials.basic("samovar", "secret");
    if (!wanted.equals(request.getHeader("Authorization"))) {
      return status(401, "Unauthorized");
    }
    String dag = path.get(3);
    if (!runs.containsKey(dag)) {
      return status(404, "The DAG with ID: `" + dag + "` was not found");
    }
    return path.size() == 5
        ? page(url, "dag_runs", ended(url, runs.getOrDefault(dag, List.of())))
        : page(
            url,
            "task_instances",
            tasks.getOrDefault(dag + "/" + path.get(5), List.of()).stream()
                .filter(task -> is(url, "state", task.path("state").asText()))
                .toList());
  }

  private static boolean is(HttpUrl url, String parameter, String value) {
    String wanted = url.queryParameter(parameter);
    return wanted == null || wanted.equals(value);
  }

  private static List<ObjectNode> ended(HttpUrl url, List<ObjectNode> runs) {
    return runs.stream()
        .filter(
            run ->
                bound(url, "end_date_gte", run).map(order -> order >= 0).orElse(true)
                    && bound(url, "end_date_lte", run).map(order -> order <= 0).orElse(true))
        .sorted(Comparator.comparing((ObjectNode run) -> run.path("end_date").asText()).reversed())
        .toList();
  }

  private static Optional<Integer> bound(HttpUrl url, String parameter, ObjectNode run) {
    return Optional.ofNullable(url.queryParameter(parameter))
        .map(
            bound ->
                run.path("end_date").isNull()
                    ? (parameter.endsWith("gte") ? -1 : 1)
                    : OffsetDateTime.parse(run.path("end_date").asText())
                        .toInstant()
                        .compareTo(Instant.parse(bound)));
  }

  private MockResponse page(HttpUrl url, String key, List<ObjectNode> all) {
    int limit = Math.min(pageLimit, number(url, "limit", 100));
    int offset = number(url, "offset", 0);
    ObjectNode answer = JSON.createObjectNode();
    ArrayNode list = answer.putArray(key);
    all.stream().skip(offset).limit(limit).forEach(list::add);
    return json(answer.put("total_entries", all.size()));
  }

  private static int number(HttpUrl url, String parameter, int otherwise) {
    String given = url.queryParameter(parameter);
    return given == null ? otherwise : Integer.parseInt(given);
  }

  private static MockResponse json(ObjectNode body) {
    return new MockResponse()
        .setHeader("Content-Type", "application/json")
        .setBody(body.toString());
  }

  private static MockResponse status(int status, String title) {
    return json(JSON.createObjectNode().put("title", title)).setResponseCode(status);
  }

  @Override
  public void close() throws IOException {
    server.shutdown();
  }
}
