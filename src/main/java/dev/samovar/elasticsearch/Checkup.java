package dev.samovar.elasticsearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.samovar.evidence.EvidenceException;
import dev.samovar.evidence.Presence;
import dev.samovar.evidence.Privilege;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.elasticsearch.client.Request;
import org.elasticsearch.client.RequestOptions;
import org.elasticsearch.client.Response;
import org.elasticsearch.client.ResponseException;
import org.elasticsearch.client.RestClient;

/** Whether the cluster is well, and what we may do there. */
public final class Checkup {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int FORBIDDEN = 403;
  private static final int NOT_OFFERED = 405;
  private static final String CLUSTER = "the cluster";

  /** The part of an index's name that differs from day to day or from one rollover to the next. */
  private static final Pattern SERIAL =
      Pattern.compile("([-._](?:\\d{4}([.-]?\\d{2}){1,2}|\\d{4,}))+([-_]\\d+)?$");

  private final Searcher searcher;
  private final RestClient rest;
  private final RequestOptions options;
  private final Clock clock;

  Checkup(Searcher searcher, RestClient rest, RequestOptions options, Clock clock) {
    this.searcher = searcher;
    this.rest = rest;
    this.options = options;
    this.clock = clock;
  }

  public Presence presence() throws EvidenceException {
    return searcher.ask(
        "version",
        "monitor (of the cluster)",
        client -> {
          Instant asked = clock.instant();
          long begun = System.nanoTime();
          Response response = root();
          Duration latency = Duration.ofNanos(System.nanoTime() - begun);
          String version = version(response);
          Optional<Instant> date = date(response.getHeader("Date"));
          return date.isPresent()
              ? Presence.of(version, asked, latency, date)
              : timed(version, latency);
        });
  }

  /** Who may search may not be allowed to ask for the version: that is an answer, too. */
  private Response root() throws IOException {
    try {
      return rest.performRequest(request("GET", "/"));
    } catch (ResponseException e) {
      int status = e.getResponse().getStatusLine().getStatusCode();
      if (status == FORBIDDEN || status == NOT_OFFERED) {
        return e.getResponse();
      }
      throw e;
    }
  }

  /** A server built from its parts, as the sandbox's, says it in another place only. */
  private String version(Response root) throws IOException {
    Response response =
        root.getStatusLine().getStatusCode() == NOT_OFFERED
            ? rest.performRequest(request("GET", "/_nodes/_local?filter_path=nodes.*.version"))
            : root;
    JsonNode version = JSON.readTree(response.getEntity().getContent()).findValue("version");
    return version == null
        ? "version unknown"
        : version.path("number").asText(version.asText("version unknown"));
  }

  /** Elasticsearch itself sends no date; a proxy before it does. */
  private Presence timed(String version, Duration latency) throws IOException {
    Instant asked = clock.instant();
    long begun = System.nanoTime();
    try {
      Response response =
          rest.performRequest(
              request("GET", "/_nodes/_local/stats/jvm?filter_path=nodes.*.timestamp"));
      Duration took = Duration.ofNanos(System.nanoTime() - begun);
      JsonNode time = JSON.readTree(response.getEntity().getContent()).findValue("timestamp");
      Presence timed =
          Presence.of(
              version,
              asked,
              took,
              Optional.ofNullable(time).map(millis -> Instant.ofEpochMilli(millis.asLong())));
      return new Presence(version, latency, timed.skew());
    } catch (ResponseException e) {
      // Not allowed, or not offered, as by a hosted cluster: then its clock stays unknown.
      return new Presence(version, latency, Optional.empty());
    }
  }

  private static Optional<Instant> date(String header) {
    try {
      return Optional.ofNullable(header)
          .map(text -> ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /**
   * @param cluster privileges of the cluster
   * @param indices privileges by index expression
   * @return empty where the server has no security
   */
  public Optional<List<Privilege>> privileges(
      List<String> cluster, Map<String, List<String>> indices) throws EvidenceException {
    ObjectNode body = JSON.createObjectNode();
    cluster.forEach(body.putArray("cluster")::add);
    ArrayNode index = body.putArray("index");
    indices.forEach(
        (name, privileges) -> {
          ObjectNode one = index.addObject();
          one.putArray("names").add(name);
          privileges.forEach(one.putArray("privileges")::add);
        });
    return searcher.ask(
        "list of privileges",
        "of any user",
        client -> {
          Request request = request("POST", "/_security/user/_has_privileges");
          request.setJsonEntity(body.toString());
          JsonNode answer;
          try {
            answer = JSON.readTree(rest.performRequest(request).getEntity().getContent());
          } catch (ResponseException e) {
            int status = e.getResponse().getStatusLine().getStatusCode();
            if (status == 401 || status == 403 || status >= 500) {
              throw e;
            }
            return Optional.empty();
          }
          List<Privilege> all = new ArrayList<>();
          cluster.forEach(
              name ->
                  all.add(
                      new Privilege(name, CLUSTER, answer.path("cluster").path(name).asBoolean())));
          indices.forEach(
              (on, names) ->
                  names.forEach(
                      name ->
                          all.add(
                              new Privilege(
                                  name,
                                  on,
                                  answer.path("index").path(on).path(name).asBoolean()))));
          return Optional.of(List.copyOf(all));
        });
  }

  /**
   * Expressions for the indices, data streams and aliases that can be seen, those that differ in a
   * date or a number alone as one; hidden ones left out.
   */
  public List<String> families() throws EvidenceException {
    return searcher.ask(
        "list of indices",
        "view_index_metadata",
        client -> {
          JsonNode found =
              JSON.readTree(
                  rest.performRequest(request("GET", "/_resolve/index/*"))
                      .getEntity()
                      .getContent());
          Set<String> families = new TreeSet<>();
          found.path("data_streams").forEach(one -> families.add(one.path("name").asText()));
          for (JsonNode one : found.path("indices")) {
            String name = one.path("name").asText();
            if (!one.has("data_stream") && !name.startsWith(".")) {
              families.add(SERIAL.matcher(name).replaceFirst("-*").replace("--*", "-*"));
            }
          }
          return List.copyOf(families);
        });
  }

  /** A role that may do what investigations need, and no more. */
  public static JsonNode role(Collection<String> indices) {
    ObjectNode role = JSON.createObjectNode();
    role.putArray("cluster").add("monitor");
    ObjectNode one = role.putArray("indices").addObject();
    indices.forEach(one.putArray("names")::add);
    one.putArray("privileges").add("read").add("view_index_metadata");
    return role;
  }

  private Request request(String method, String path) {
    int question = path.indexOf('?');
    Request request = new Request(method, question < 0 ? path : path.substring(0, question));
    if (question > 0) {
      String[] parameter = path.substring(question + 1).split("=", 2);
      request.addParameter(parameter[0], parameter[1]);
    }
    request.setOptions(options);
    return request;
  }
}
