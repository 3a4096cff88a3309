package dev.samovar.feeds;

import dev.samovar.evidence.Dataset;
import dev.samovar.evidence.Event;
import dev.samovar.evidence.Fields;
import java.util.Optional;

/** What makes two events of a dataset the same one, told by two places. */
enum Identity {
  RUN(Fields.RUN_ID, Fields.PIPELINE),
  CHANGE(Fields.CHANGE_URL, Fields.CHANGE_KIND);

  private final String field;
  private final String besides;

  Identity(String field, String besides) {
    this.field = field;
    this.besides = besides;
  }

  /** Empty where events of the dataset have nothing that names them. */
  static Optional<Identity> of(Dataset dataset) {
    return switch (dataset) {
      case RUN -> Optional.of(RUN);
      case CHANGE -> Optional.of(CHANGE);
      default -> Optional.empty();
    };
  }

  /** The field that names an event. */
  String field() {
    return field;
  }

  /** The field that has to agree where both events have it. */
  String besides() {
    return besides;
  }

  boolean areSame(Event one, Event other) {
    Optional<String> name = one.text(field);
    boolean differ =
        one.text(besides).isPresent()
            && other.text(besides).isPresent()
            && !one.text(besides).equals(other.text(besides));
    return name.isPresent() && name.equals(other.text(field)) && !differ;
  }
}
