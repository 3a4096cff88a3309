package dev.samovar.elasticsearch;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.samovar.evidence.Condition;
import dev.samovar.evidence.Fields;
import dev.samovar.evidence.Model;
import dev.samovar.evidence.Query;
import dev.samovar.evidence.Window;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Addresses of Kibana Discover that show the events a figure was counted from. They go through
 * Kibana's redirect endpoint ({@code /app/r}): Discover's own address can name a data view that is
 * stored, but not one that is made of an index expression for the occasion. Kibana takes it so
 * since 8.5, and in 9.
 */
final class KibanaLinks {
  /** Slack's buttons and many chat clients cut longer addresses. */
  private static final int LONGEST = 3000;

  /** The first version that makes a data view of the parameters; later ones know what to change. */
  private static final String SINCE = "8.5.0";

  /** A table of more is read sideways. */
  private static final int MOST_COLUMNS = 6;

  private final Optional<String> base;

  KibanaLinks(Optional<String> base) {
    this.base = base.map(url -> url.endsWith("/") ? url.substring(0, url.length() - 1) : url);
  }

  Optional<String> discover(Query query, Window window) {
    return base.map(
            url ->
                url
                    + "/app/r?l=DISCOVER_APP_LOCATOR&v="
                    + SINCE
                    + "&p="
                    + encode(parameters(query, window).toString()))
        .filter(link -> link.length() <= LONGEST);
  }

  private static ObjectNode parameters(Query query, Window window) {
    Model model = query.model();
    String index = model.index(query.dataset());
    String time = model.fieldName(Fields.TIME);
    ObjectNode parameters = JsonNodeFactory.instance.objectNode();
    parameters
        .putObject("dataViewSpec")
        .put("id", id(index, time))
        .put("title", index)
        .put("timeFieldName", time)
        .put("allowNoIndex", true);
    parameters
        .putObject("timeRange")
        .put("from", window.from().toString())
        .put("to", window.to().toString());
    parameters.putObject("query").put("language", "kuery").put("query", kuery(query));
    Set<String> columns = new LinkedHashSet<>();
    columns(model, query.where(), columns);
    if (!columns.isEmpty()) {
      ArrayNode shown = parameters.putArray("columns");
      columns.stream().limit(MOST_COLUMNS).forEach(shown::add);
    }
    parameters.putArray("sort").addArray().add(time).add("desc");
    return parameters;
  }

  /** The same for the same data view: Kibana keeps those it has made. */
  private static String id(String index, String time) {
    return UUID.nameUUIDFromBytes((index + "\n" + time).getBytes(StandardCharsets.UTF_8))
        .toString();
  }

  private static String kuery(Query query) {
    Model model = query.model();
    String kuery =
        switch (query.dataset()) {
          case INFERENCE, ENVIRONMENT, TRAINING, QUALITY ->
              term(model.fieldName(Fields.MODEL), model.name());
          case APPLICATION ->
              query.anyService() ? "" : term(model.fieldName(Fields.SERVICE), model.service());
          case RUN, CHANGE, METRICS -> "";
        };
    String condition = kuery(model, query.where());
    return kuery.isEmpty() ? condition : condition.isEmpty() ? kuery : kuery + " and " + condition;
  }

  /** The fields that the condition is about, in its order. */
  private static void columns(Model model, Condition condition, Set<String> into) {
    if (condition instanceof Condition.Is is) {
      into.add(model.fieldName(is.field()));
    } else if (condition instanceof Condition.StartsWith starts) {
      into.add(model.fieldName(starts.field()));
    } else if (condition instanceof Condition.Present present) {
      into.add(model.fieldName(present.field()));
    } else if (condition instanceof Condition.Between between) {
      into.add(model.fieldName(between.field()));
    } else if (condition instanceof Condition.Malformed malformed) {
      into.add(model.fieldName(malformed.field()));
    } else if (condition instanceof Condition.Phrase phrase) {
      phrase.fields().forEach(field -> into.add(model.fieldName(field)));
    } else if (condition instanceof Condition.Words words) {
      words.fields().forEach(field -> into.add(model.fieldName(field)));
    } else if (condition instanceof Condition.Not not) {
      columns(model, not.condition(), into);
    } else if (condition instanceof Condition.All all) {
      all.conditions().forEach(one -> columns(model, one, into));
    } else if (condition instanceof Condition.Any any) {
      any.conditions().forEach(one -> columns(model, one, into));
    }
  }

  /** The condition in Kibana's query language; empty for everything. */
  private static String kuery(Model model, Condition condition) {
    if (condition instanceof Condition.Is is) {
      return joined(
          is.values().stream().map(value -> term(model.fieldName(is.field()), value)).toList(),
          " or ");
    } else if (condition instanceof Condition.StartsWith starts) {
      return joined(
          starts.beginnings().stream()
              .map(text -> model.fieldName(starts.field()) + " : " + literal(text) + "*")
              .toList(),
          " or ");
    } else if (condition instanceof Condition.Present present) {
      return model.fieldName(present.field()) + " : *";
    } else if (condition instanceof Condition.Between between) {
      String field = model.fieldName(between.field());
      return joined(
          List.of(
              Double.isFinite(between.from()) ? field + " >= " + between.from() : "",
              Double.isFinite(between.to()) ? field + " < " + between.to() : ""),
          " and ");
    } else if (condition instanceof Condition.Malformed malformed) {
      return term("_ignored", model.fieldName(malformed.field()));
    } else if (condition instanceof Condition.Phrase phrase) {
      return joined(
          phrase.fields().stream()
              .flatMap(
                  field ->
                      phrase.phrases().stream().map(text -> term(model.fieldName(field), text)))
              .toList(),
          " or ");
    } else if (condition instanceof Condition.Words words) {
      return joined(
          words.fields().stream()
              .map(
                  field ->
                      joined(
                          words.words().stream()
                              .map(word -> term(model.fieldName(field), word))
                              .toList(),
                          " and "))
              .toList(),
          " or ");
    } else if (condition instanceof Condition.Not not) {
      String inner = kuery(model, not.condition());
      return inner.isEmpty() ? "" : "not (" + inner + ")";
    } else if (condition instanceof Condition.All all) {
      return joined(all.conditions().stream().map(c -> kuery(model, c)).toList(), " and ");
    } else if (condition instanceof Condition.Any any) {
      return joined(any.conditions().stream().map(c -> kuery(model, c)).toList(), " or ");
    }
    return "";
  }

  private static String joined(List<String> parts, String by) {
    List<String> said = parts.stream().filter(part -> !part.isEmpty()).toList();
    return said.size() < 2
        ? String.join("", said)
        : said.stream().collect(Collectors.joining(by, "(", ")"));
  }

  private static String term(String field, String value) {
    return field + " : \"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  /** Without quotation marks, as a star wants it. */
  private static String literal(String value) {
    return value
        .replaceAll("[\\\\():<>\"*{}]", "\\\\$0")
        .replaceAll("(?i)(?<=\\s)(and|or|not)(?=\\s|$)", "\\\\$1");
  }

  /** What has no meaning in a query stays readable; what Markdown or Slack might take is not. */
  private static String encode(String json) {
    return URLEncoder.encode(json, StandardCharsets.UTF_8)
        .replace("+", "%20")
        .replace("%2C", ",")
        .replace("%3A", ":")
        .replace("%40", "@");
  }
}
