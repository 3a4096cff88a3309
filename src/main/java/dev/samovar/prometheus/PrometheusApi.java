package dev.samovar.prometheus;

import com.fasterxml.jackson.databind.JsonNode;
import dev.samovar.evidence.EvidenceException;
import dev.samovar.evidence.EvidenceException.Kind;
import dev.samovar.evidence.Metrics.Point;
import dev.samovar.evidence.Window;
import dev.samovar.http.JsonClient;
import dev.samovar.http.Question;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The questions of Prometheus' HTTP API, and what is no whole answer to them. */
final class PrometheusApi {
  private final JsonClient client;
  private final Duration budget;

  PrometheusApi(JsonClient client, Duration budget) {
    this.client = client;
    this.budget = budget;
  }

  /** One line of an answer. */
  record Row(Map<String, String> labels, List<Point> points) {}

  /** Those of the names that have samples in the window. */
  Set<String> names(List<String> names, Window window) throws EvidenceException {
    Set<String> there = new TreeSet<>();
    JsonNode data =
        ask(
            in(window, Question.get("names of metrics", "api", "v1", "label", "__name__", "values"))
                .with("match[]", new Selector(List.of()).of(names)));
    data.forEach(name -> there.add(name.asText()));
    // Servers before 2.24 know no match[] here and name all.
    there.retainAll(names);
    return there;
  }

  /** The labels of all series in the window that one of the selectors fits. */
  List<Map<String, String>> series(List<String> selectors, Window window) throws EvidenceException {
    Question question = in(window, Question.postForm("list of series", "api", "v1", "series"));
    for (String selector : selectors) {
      question = question.with("match[]", selector);
    }
    List<Map<String, String>> all = new ArrayList<>();
    for (JsonNode one : ask(question)) {
      all.add(labels(one));
    }
    return all;
  }

  /** The values of an expression at the first moment and every step after it up to the last. */
  List<Row> range(String what, String expression, Instant first, Instant last, Duration step)
      throws EvidenceException {
    JsonNode data =
        ask(
            Question.postForm(what, "api", "v1", "query_range")
                .with("query", expression)
                .with("start", seconds(first))
                .with("end", seconds(last))
                .with("step", BigDecimal.valueOf(step.toMillis(), 3).toPlainString())
                .with("timeout", Math.max(1, budget.toSeconds()) + "s"));
    if (!data.path("resultType").asText().equals("matrix") || !data.path("result").isArray()) {
      throw odd(what, "no matrix");
    }
    List<Row> rows = new ArrayList<>();
    for (JsonNode one : data.path("result")) {
      rows.add(new Row(labels(one.path("metric")), points(what, one.path("values"))));
    }
    return rows;
  }

  String version() throws EvidenceException {
    return ask(Question.get("version", "api", "v1", "status", "buildinfo"))
        .path("version")
        .asText("unknown");
  }

  private JsonNode ask(Question question) throws EvidenceException {
    JsonNode body = client.ask(question, budget).body();
    if (!body.path("status").asText().equals("success") || !body.has("data")) {
      throw odd(question.what(), body.path("error").asText("no status of success"));
    }
    // Of a part of the stores, or of the series, only a part of the truth can be counted.
    // “infos” are remarks about the expression, and take nothing away.
    List<String> warnings = new ArrayList<>();
    body.path("warnings").forEach(warning -> warnings.add(warning.asText()));
    if (!warnings.isEmpty() || body.path("isPartial").asBoolean()) {
      throw new EvidenceException(
          Kind.PARTIAL,
          client.name()
              + " answered only a part of the "
              + question.what()
              + (warnings.isEmpty() ? "" : ": " + String.join("; ", warnings)));
    }
    return body.path("data");
  }

  private EvidenceException odd(String what, String why) {
    return new EvidenceException(
        Kind.BROKEN,
        "What " + client.name() + " answered to the " + what + " is no usable answer: " + why);
  }

  private static Map<String, String> labels(JsonNode node) {
    Map<String, String> labels = new TreeMap<>();
    node.properties().forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
    return labels;
  }

  private List<Point> points(String what, JsonNode values) throws EvidenceException {
    List<Point> points = new ArrayList<>();
    for (JsonNode pair : values) {
      if (!pair.path(0).isNumber() || !pair.path(1).isTextual()) {
        throw odd(what, "no pairs of time and value");
      }
      double value = number(what, pair.path(1).asText());
      // Not a number is no figure, and nothing can be compared with infinity.
      if (Double.isFinite(value)) {
        points.add(
            new Point(
                Instant.ofEpochMilli(pair.path(0).decimalValue().movePointRight(3).longValue()),
                value));
      }
    }
    return points;
  }

  private double number(String what, String text) throws EvidenceException {
    return switch (text) {
      case "NaN" -> Double.NaN;
      case "+Inf", "Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      default -> {
        if (!text.matches("[-+]?[0-9]*\\.?[0-9]+([eE][-+]?[0-9]+)?")) {
          throw odd(what, "“" + text + "” is no number");
        }
        yield Double.parseDouble(text);
      }
    };
  }

  private static Question in(Window window, Question question) {
    return question.with("start", seconds(window.from())).with("end", seconds(window.to()));
  }

  private static String seconds(Instant instant) {
    return BigDecimal.valueOf(instant.toEpochMilli(), 3).toPlainString();
  }
}
