package dev.samovar.elasticsearch;

import dev.samovar.evidence.Condition;
import dev.samovar.evidence.Fields;
import dev.samovar.evidence.Model;
import dev.samovar.evidence.Query;
import dev.samovar.evidence.Window;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Addresses of Kibana Discover that show the events a figure was counted from. The form with {@code
 * index} is the one that Kibana 8 and 9 both open (8.15 and later migrate it).
 */
final class KibanaLinks {
  /** Slack's buttons and many chat clients cut longer addresses. */
  private static final int LONGEST = 3000;

  private final Optional<String> base;

  KibanaLinks(Optional<String> base) {
    this.base = base.map(url -> url.endsWith("/") ? url.substring(0, url.length() - 1) : url);
  }

  Optional<String> discover(Query query, Window window) {
    return base.map(url -> url + "/app/discover#/?_g=" + globals(window) + "&_a=" + app(query))
        .filter(link -> link.length() <= LONGEST);
  }

  private static String globals(Window window) {
    return encode(
        "(filters:!(),refreshInterval:(pause:!t,value:0),time:(from:"
            + quote(window.from().toString())
            + ",to:"
            + quote(window.to().toString())
            + "))");
  }

  private static String app(Query query) {
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
    String both =
        kuery.isEmpty() ? condition : condition.isEmpty() ? kuery : kuery + " and " + condition;
    return encode(
        "(columns:!(),filters:!(),index:"
            + quote(model.index(query.dataset()))
            + ",interval:auto,query:(language:kuery,query:"
            + quote(both)
            + "),sort:!(!("
            + quote(model.fieldName(Fields.TIME))
            + ",desc)))");
  }

  /** The condition in Kibana's query language; empty for everything. */
  private static String kuery(Model model, Condition condition) {
    if (condition instanceof Condition.Is is) {
      return joined(
          is.values().stream().map(value -> term(model.fieldName(is.field()), value)).toList(),
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

  /** A RISON string. */
  private static String quote(String text) {
    return "'" + text.replace("!", "!!").replace("'", "!'") + "'";
  }

  private static String encode(String rison) {
    return URLEncoder.encode(rison, StandardCharsets.UTF_8)
        .replace("+", "%20")
        .replace("%28", "(")
        .replace("%29", ")")
        .replace("%21", "!")
        .replace("%2C", ",")
        .replace("%3A", ":")
        .replace("%27", "'");
  }
}
