package dev.samovar.changes;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What can be said of a change. */
public enum ChangeField {
  KIND("ml.change.kind"),
  COMPONENT("ml.change.component"),
  FROM("ml.change.from"),
  TO("ml.change.to"),
  AUTHOR("ml.change.author"),
  URL("ml.change.url"),
  SUMMARY("ml.change.summary"),
  MODEL("ml.model.name"),
  AT("@timestamp");

  private final String path;

  ChangeField(String path) {
    this.path = path;
  }

  /** The short name. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The name in an event. */
  String path() {
    return path;
  }

  /** By either name. */
  static Optional<ChangeField> of(String name) {
    return Arrays.stream(values())
        .filter(field -> field.key().equals(name) || field.path.equals(name))
        .findFirst();
  }

  static List<String> keys() {
    return Arrays.stream(values()).map(ChangeField::key).toList();
  }
}
