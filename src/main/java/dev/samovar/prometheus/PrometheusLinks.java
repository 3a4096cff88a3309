package dev.samovar.prometheus;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.samovar.evidence.Window;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/**
 * Addresses that show an expression over time: in Grafana's Explore, else in the server's own graph.
 *
 * @param server its address; empty where a browser could not ask it
 * @param grafana its address
 * @param datasource the uid of the server in Grafana, without which Explore shows nothing
 */
public record PrometheusLinks(
    Optional<String> server, Optional<String> grafana, Optional<String> datasource) {
  public static final PrometheusLinks NONE =
      new PrometheusLinks(Optional.empty(), Optional.empty(), Optional.empty());

  /** Slack's buttons and many chat clients cut longer addresses. */
  private static final int LONGEST = 3000;

  private static final DateTimeFormatter MINUTE_OF_DAY =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  Optional<String> to(String expression, Window window) {
    return grafana
        .flatMap(base -> datasource.map(uid -> explore(base, uid, expression, window)))
        .or(() -> server.map(base -> graph(base, expression, window)))
        .filter(link -> link.length() < LONGEST);
  }

  private static String explore(String base, String uid, String expression, Window window) {
    JsonNodeFactory json = JsonNodeFactory.instance;
    ObjectNode query = json.objectNode();
    query.put("refId", "A").put("expr", expression);
    query.putObject("datasource").put("type", "prometheus").put("uid", uid);
    ObjectNode pane = json.objectNode();
    pane.put("datasource", uid).putArray("queries").add(query);
    pane.putObject("range")
        .put("from", millis(window.from()))
        .put("to", millis(window.to()));
    return trimmed(base)
        + "/explore?schemaVersion=1&panes="
        + encoded(json.objectNode().<ObjectNode>set("samovar", pane).toString())
        + "&orgId=1";
  }

  private static String graph(String base, String expression, Window window) {
    return trimmed(base)
        + "/graph?g0.expr="
        + encoded(expression)
        + "&g0.tab=0&g0.range_input="
        + window.length().toSeconds()
        + "s&g0.end_input="
        + encoded(MINUTE_OF_DAY.format(window.to()));
  }

  private static String millis(Instant instant) {
    return String.valueOf(instant.toEpochMilli());
  }

  private static String trimmed(String base) {
    return base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
