package dev.samovar.alerts;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** For who can send what they like: the fields of {@link Alert}; only the name must be there. */
record GenericPayload() implements Payload {
  @Override
  public Delivery read(Part body) throws PayloadException {
    List<Alert> alerts = new ArrayList<>();
    for (Part one : body.has("alerts") ? body.object().list("alerts") : body.each()) {
      alerts.add(alert(one.object()));
    }
    return new Delivery(alerts, 0);
  }

  private static Alert alert(Part one) throws PayloadException {
    Optional<String> name = one.text("name", "title", "alertname");
    String prefix = one.path().isEmpty() ? "" : one.path() + ".";
    if (name.isEmpty()) {
      throw new PayloadException(prefix + "name is missing; it says what fires.");
    }
    Map<String, String> labels = new TreeMap<>(one.map("labels"));
    for (String key : List.of("model", "service")) {
      Optional<String> given = one.text(key);
      given.ifPresent(value -> labels.put(key, value));
    }
    return new Alert(
        "generic",
        one.text("fingerprint", "id").orElse(Delivery.digest(name.get() + labels)),
        Payload.state(one.text("status", "state"), prefix + "status"),
        name.get(),
        one.text("severity").orElse(labels.getOrDefault("severity", "")),
        one.text("summary", "description", "message").orElse(""),
        labels,
        one.time("startsAt", "starts_at"),
        one.text("link", "url"),
        one.text("runbook", "runbook_url"));
  }
}
