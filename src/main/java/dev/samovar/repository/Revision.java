package dev.samovar.repository;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** A commit's whole id; never anything else, so that it may stand in an address. */
public record Revision(String id) {
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");
  private static final int SHORT = 12;

  public Revision {
    if (!HASH.matcher(id).matches()) {
      throw new IllegalArgumentException("No commit's id");
    }
  }

  public static Optional<Revision> of(String text) {
    String id = text.toLowerCase(Locale.ROOT);
    return HASH.matcher(id).matches() ? Optional.of(new Revision(id)) : Optional.empty();
  }

  /** As people read it. */
  public String shortened() {
    return id.substring(0, SHORT);
  }
}
