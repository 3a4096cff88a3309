package dev.samovar.alerts;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Who sends alerts, and in what form. */
public enum AlertSource {
  ALERTMANAGER,
  GRAFANA,
  ELASTIC,
  PAGERDUTY,
  GENERIC;

  private Payload payload() {
    return switch (this) {
      case ALERTMANAGER, GRAFANA -> new AlertmanagerPayload(word());
      case ELASTIC -> new ElasticPayload();
      case PAGERDUTY -> new PagerDutyPayload();
      case GENERIC -> new GenericPayload();
    };
  }

  /** As it stands in the address. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<AlertSource> of(String word) {
    return Stream.of(values()).filter(one -> one.word().equals(word)).findFirst();
  }

  public static List<String> words() {
    return Stream.of(values()).map(AlertSource::word).toList();
  }

  /**
   * @throws PayloadException where it is not what this sender sends
   */
  public Delivery read(byte[] body) throws PayloadException {
    return payload().read(Part.of(body));
  }
}
