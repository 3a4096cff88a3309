package dev.samovar.alerts;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a Kibana rule's webhook connector or a watch is told to send. Its body is a template of the
 * user's own; the names are those of Kibana's action variables ({@code rule.name}, {@code
 * alert.uuid}, {@code context.reason}), of its alert documents ({@code kibana.alert.…}) or of
 * Watcher's context ({@code watch_id}).
 */
record ElasticPayload() implements Payload {
  @Override
  public Delivery read(Part body) throws PayloadException {
    List<Alert> alerts = new ArrayList<>();
    for (Part one : body.has("alerts") ? body.object().list("alerts") : body.each()) {
      alerts.add(alert(one.object()));
    }
    return new Delivery(alerts, 0);
  }

  private static Alert alert(Part one) throws PayloadException {
    Optional<String> name =
        one.text("rule.name", "kibana.alert.rule.name", "ruleName", "watch_id", "metadata.name");
    if (name.isEmpty()) {
      throw new PayloadException(
          at(one, "rule.name")
              + " is missing; src/site/markdown/alerts-and-changes.md has the body for Kibana's"
              + " connector.");
    }
    Map<String, String> labels = labels(one);
    return new Alert(
        "elastic",
        one.text("alert.uuid", "kibana.alert.uuid", "alert.id", "alertId", "rule.id", "watch_id")
            .orElse(Delivery.digest(name.get() + labels)),
        state(one),
        name.get(),
        one.text("kibana.alert.severity", "context.severity", "severity").orElse(""),
        one.text(
                "context.reason",
                "kibana.alert.reason",
                "context.message",
                "context.title",
                "message",
                "summary")
            .orElse(""),
        labels,
        one.time("kibana.alert.start", "context.timestamp", "trigger.triggered_time"),
        one.text("context.alertDetailsUrl", "kibana.alert.url", "context.link", "rule.url", "link")
            .filter(link -> link.startsWith("http")),
        one.text("runbook", "context.runbook"));
  }

  private static String at(Part one, String key) {
    return one.path().isEmpty() ? key : one.path() + "." + key;
  }

  /** An action group is the rule's own word; the one of recovery is Kibana's. */
  private static Alert.State state(Part one) throws PayloadException {
    Optional<String> status = one.text("kibana.alert.status", "status");
    if (status.isPresent()) {
      return Payload.state(status, at(one, "status"));
    }
    return one.text("alert.actionGroup", "alertActionGroup")
            .map(group -> group.toLowerCase(Locale.ROOT))
            .filter("recovered"::equals)
            .isPresent()
        ? Alert.State.RESOLVED
        : Alert.State.FIRING;
  }

  /** A rule's tags say what a label says, as {@code model:fraud-scorer}. */
  private static Map<String, String> labels(Part one) throws PayloadException {
    Map<String, String> labels = new TreeMap<>(one.map("labels"));
    for (String key : List.of("rule.tags", "kibana.alert.rule.tags", "tags")) {
      for (String tag : one.texts(key)) {
        String[] parts = tag.split("[:=]", 2);
        if (parts.length == 2 && !parts[0].isBlank()) {
          labels.putIfAbsent(parts[0].strip(), parts[1].strip());
        } else {
          labels.putIfAbsent("tag " + tag, tag);
        }
      }
    }
    Optional<String> service = one.text("service.name", "context.serviceName");
    if (service.isPresent()) {
      labels.putIfAbsent("service.name", service.get());
    }
    Optional<String> model = one.text("model", "ml.model.name");
    if (model.isPresent()) {
      labels.putIfAbsent("model", model.get());
    }
    return labels;
  }
}
