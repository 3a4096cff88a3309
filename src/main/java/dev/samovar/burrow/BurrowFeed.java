package dev.samovar.burrow;

import com.fasterxml.jackson.databind.JsonNode;
import dev.samovar.evidence.EvidenceException;
import dev.samovar.evidence.MetricFeed;
import dev.samovar.evidence.Metrics.Line;
import dev.samovar.evidence.Metrics.Point;
import dev.samovar.evidence.Model;
import dev.samovar.evidence.Window;
import dev.samovar.http.Answer;
import dev.samovar.http.Credentials;
import dev.samovar.http.HttpSettings;
import dev.samovar.http.JsonClient;
import dev.samovar.http.Question;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The consumer groups that bear the name of a model, of its service or of what it reads: their lag,
 * and Burrow's own judgement of it, under the names that Burrow exports. All as of now, with the
 * lag at the beginning of the stretch that Burrow remembers.
 */
public final class BurrowFeed implements MetricFeed, AutoCloseable {
  private static final String NAME = "Burrow";
  private static final String KEY = "burrow";
  private static final int MOST_GROUPS = 20;

  /** An investigation asks about a time that ended when it began. */
  private static final Duration JUST_NOW = Duration.ofMinutes(10);

  static final String LAG = "burrow_kafka_consumer_lag_total";
  static final String STATUS = "burrow_kafka_consumer_status";

  /** As Burrow numbers what it says of a group. */
  private static final Map<String, Integer> STATES =
      Map.of("NOTFOUND", 0, "OK", 1, "WARN", 2, "ERR", 3, "STOP", 4, "STALL", 5, "REWIND", 6);

  private final Optional<String> cluster;
  private final JsonClient client;
  private final Clock clock;

  /**
   * @throws IOException where the certificates can't be read; the message says why
   */
  public BurrowFeed(BurrowSettings settings, Clock clock) throws IOException {
    this.cluster = settings.cluster();
    this.clock = clock;
    Map<String, String> headers =
        settings
            .token()
            .map(Credentials::bearer)
            .or(
                () ->
                    settings
                        .username()
                        .map(user -> Credentials.basic(user, settings.password().orElse(""))))
            .orElse(Map.of());
    this.client =
        new JsonClient(
            HttpSettings.of(NAME, KEY, settings.url(), headers).trusting(settings.caFile()), clock);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Set<String> metrics() {
    return Set.of(LAG, STATUS);
  }

  private record Group(String cluster, String name) {}

  @Override
  public List<Line> lines(Model model, Window window, Duration budget) throws EvidenceException {
    long end = System.nanoTime() + budget.toNanos();
    Instant seen = seen(window);
    List<Line> lines = new ArrayList<>();
    for (Group group : groups(model, end)) {
      Question question =
          Question.get(
              "lag of " + group.name(),
              "v3",
              "kafka",
              group.cluster(),
              "consumer",
              group.name(),
              "lag");
      Optional<Answer> answer = client.find(question, left(end));
      if (answer.isPresent()) {
        JsonNode status = answer.get().body().path("status");
        client.text(question, status, "status");
        lines.addAll(lines(group, status, seen));
      }
    }
    return lines;
  }

  private Instant seen(Window window) {
    Instant now = clock.instant();
    boolean hasJustEnded = !now.isBefore(window.to()) && now.isBefore(window.to().plus(JUST_NOW));
    return hasJustEnded ? window.to().minusMillis(1) : now;
  }

  private List<Group> groups(Model model, long end) throws EvidenceException {
    Set<String> names = new TreeSet<>(model.upstream());
    names.add(model.name());
    names.add(model.service());
    model.preprocessingPipeline().ifPresent(names::add);
    names.remove("");
    List<Group> groups = new ArrayList<>();
    for (String one : clusters(end)) {
      Question question = Question.get("consumer groups of " + one, "v3", "kafka", one, "consumer");
      JsonNode body = client.ask(question, left(end)).body();
      client.list(question, body, "consumers").stream()
          .map(JsonNode::asText)
          .filter(group -> names.stream().anyMatch(name -> isOf(name, group)))
          .sorted()
          .limit(MOST_GROUPS)
          .forEach(group -> groups.add(new Group(one, group)));
    }
    return groups;
  }

  private static boolean isOf(String name, String group) {
    return group.equals(name) || group.startsWith(name + "-");
  }

  private List<String> clusters(long end) throws EvidenceException {
    if (cluster.isPresent()) {
      return List.of(cluster.get());
    }
    Question question = Question.get("clusters", "v3", "kafka");
    return client.list(question, client.ask(question, left(end)).body(), "clusters").stream()
        .map(JsonNode::asText)
        .sorted()
        .toList();
  }

  private static List<Line> lines(Group group, JsonNode status, Instant seen) {
    Map<String, String> labels = Map.of("cluster", group.cluster(), "consumer_group", group.name());
    Map<Instant, Double> begun = new TreeMap<>();
    for (JsonNode partition : status.path("partitions")) {
      JsonNode start = partition.path("start");
      long at = start.path("timestamp").asLong();
      if (at > 0) {
        begun.merge(Instant.ofEpochMilli(at), start.path("lag").asDouble(), Double::sum);
      }
    }
    List<Point> lag = new ArrayList<>();
    if (!begun.isEmpty()) {
      Instant first = begun.keySet().iterator().next();
      if (first.isBefore(seen)) {
        lag.add(new Point(first, begun.values().stream().mapToDouble(one -> one).sum()));
      }
    }
    lag.add(new Point(seen, status.path("totallag").asDouble()));
    int state = STATES.getOrDefault(status.path("status").asText(), 0);
    return List.of(
        new Line(LAG, labels, lag), new Line(STATUS, labels, List.of(new Point(seen, state))));
  }

  /** How it is, for a person who set it up. */
  public Map<String, String> look(List<Model> models, Duration budget) throws EvidenceException {
    long end = System.nanoTime() + budget.toNanos();
    Map<String, String> said = new TreeMap<>();
    said.put("", "Burrow, which watches " + String.join(", ", clusters(end)));
    for (Model model : models) {
      List<Group> groups = groups(model, end);
      if (!groups.isEmpty()) {
        said.put(
            model.name(),
            "consumer groups "
                + String.join(", ", groups.stream().map(Group::name).distinct().toList()));
      }
    }
    return said;
  }

  private static Duration left(long end) {
    return Duration.ofNanos(Math.max(1, end - System.nanoTime()));
  }

  @Override
  public void close() {
    client.close();
  }
}
