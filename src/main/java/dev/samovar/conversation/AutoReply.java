package dev.samovar.conversation;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What Samovar does about a report that nobody addressed to it. */
public enum AutoReply {
  /** Looks and answers. */
  ON,
  /** Offers to look, to the writer alone. */
  ASK,
  /** Stays silent. */
  OFF;

  /** {@code ask}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<AutoReply> of(String label) {
    return Stream.of(values()).filter(value -> value.label().equals(label)).findFirst();
  }
}
