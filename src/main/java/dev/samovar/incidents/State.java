package dev.samovar.incidents;

import java.util.Locale;

/** How far an incident is. */
public enum State {
  OPEN,
  ACKNOWLEDGED,
  WATCHING,
  RESOLVED;

  /** {@code acknowledged}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
