package dev.samovar.oncall;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A schedule that is kept elsewhere.
 *
 * @param id by which the service knows it
 */
public record Schedule(Service service, String id) {
  /** Where schedules can be. */
  public enum Service {
    PAGERDUTY("PagerDuty"),
    GRAFANA_ONCALL("Grafana OnCall");

    private final String title;

    Service(String title) {
      this.title = title;
    }

    /** As people know it. */
    public String title() {
      return title;
    }

    /** In the configuration. */
    public String key() {
      return name().toLowerCase(Locale.ROOT);
    }

    public static List<String> keys() {
      return Arrays.stream(values()).map(Service::key).toList();
    }
  }

  /** {@code pagerduty:PI7DH85}; empty for anything else. */
  public static Optional<Schedule> parse(String text) {
    int colon = text.indexOf(':');
    String id = colon < 0 ? "" : text.substring(colon + 1).strip();
    return Arrays.stream(Service.values())
        .filter(service -> colon > 0 && service.key().equals(text.substring(0, colon).strip()))
        .filter(service -> id.matches("[A-Za-z0-9_-]{1,60}"))
        .findFirst()
        .map(service -> new Schedule(service, id));
  }

  /** {@code pagerduty:PI7DH85}. */
  @Override
  public String toString() {
    return service.key() + ":" + id;
  }
}
