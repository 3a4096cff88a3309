package dev.samovar.alerts;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Version 3 of PagerDuty's webhooks: one event of one incident. */
record PagerDutyPayload() implements Payload {
  @Override
  public Delivery read(Part body) throws PayloadException {
    if (!body.object().has("event")) {
      throw new PayloadException("event is missing; expected a webhook of PagerDuty's version 3.");
    }
    Part event = body.part("event");
    String type = event.text("event_type").orElse("");
    Optional<Alert.State> state = state(type);
    if (state.isEmpty()) {
      return new Delivery(List.of(), 0);
    }
    // An incident that is opened again, or over, keeps the time it was created at.
    Optional<Instant> at =
        type.equals("incident.triggered")
            ? event.part("data").time("created_at")
            : event.time("occurred_at");
    return new Delivery(List.of(alert(event.part("data"), state.get(), at)), 0);
  }

  /** Empty for what people do about an incident, and for the test event. */
  private static Optional<Alert.State> state(String type) {
    return switch (type) {
      case "incident.triggered", "incident.reopened" -> Optional.of(Alert.State.FIRING);
      case "incident.resolved" -> Optional.of(Alert.State.RESOLVED);
      default -> Optional.empty();
    };
  }

  private static Alert alert(Part incident, Alert.State state, Optional<Instant> at)
      throws PayloadException {
    Map<String, String> labels = new TreeMap<>();
    Optional<String> service = incident.part("service").text("summary");
    service.ifPresent(name -> labels.put("service", name));
    String title = incident.text("title", "summary").orElse("unnamed incident");
    return new Alert(
        "pagerduty",
        incident.text("id", "incident_key").orElse(Delivery.digest(title + labels)),
        state,
        title,
        incident.part("priority").text("summary").orElse(urgency(incident)),
        service.map(name -> "on the service " + name).orElse(""),
        labels,
        at,
        incident.text("html_url"),
        Optional.empty());
  }

  private static String urgency(Part incident) throws PayloadException {
    return incident.text("urgency").map(word -> word + " urgency").orElse("");
  }
}
