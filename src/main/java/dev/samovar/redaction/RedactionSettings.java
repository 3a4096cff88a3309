package dev.samovar.redaction;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.List;
import java.util.Optional;

/**
 * What is redacted besides what always is.
 *
 * @param ips also addresses of hosts
 * @param patterns of one's own
 * @param allow fields whose values are shown as they are
 */
public record RedactionSettings(boolean ips, List<Named> patterns, List<String> allow) {

  /**
   * @param pattern in RE2's syntax; where it has a group, that alone is taken out
   */
  public record Named(String name, String pattern) {}

  public RedactionSettings {
    patterns = List.copyOf(patterns);
    allow = List.copyOf(allow);
  }

  /** What is wrong with an expression; empty where nothing is. */
  public static Optional<String> complaint(String pattern) {
    try {
      return Pattern.compile(pattern).matches("")
          ? Optional.of("matches the empty text, and so everything")
          : Optional.empty();
    } catch (PatternSyntaxException e) {
      return Optional.of("is no expression of RE2: " + e.getMessage());
    }
  }
}
