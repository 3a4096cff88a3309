package dev.samovar.alerts;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Version 4 of Alertmanager's webhook, which Grafana sends with more links. */
record AlertmanagerPayload(String source) implements Payload {
  @Override
  public Delivery read(Part body) throws PayloadException {
    List<Alert> alerts = new ArrayList<>();
    for (Part one : body.object().list("alerts")) {
      alerts.add(alert(one.object()));
    }
    return new Delivery(alerts, body.number("truncatedAlerts"));
  }

  private Alert alert(Part one) throws PayloadException {
    Map<String, String> labels = one.map("labels");
    Map<String, String> notes = one.map("annotations");
    String name = first(labels, "alertname", "rulename").orElse("unnamed alert");
    return new Alert(
        source,
        one.text("fingerprint").orElse(Delivery.digest(labels.toString())),
        Payload.state(one.text("status"), one.path() + ".status"),
        name,
        labels.getOrDefault("severity", ""),
        first(notes, "summary", "description", "message").orElse(""),
        labels,
        one.time("startsAt"),
        one.text("panelURL", "dashboardURL", "generatorURL"),
        first(notes, "runbook_url", "runbook"));
  }

  private static Optional<String> first(Map<String, String> texts, String... keys) {
    return Stream.of(keys)
        .map(key -> texts.getOrDefault(key, ""))
        .filter(text -> !text.isBlank())
        .findFirst();
  }
}
