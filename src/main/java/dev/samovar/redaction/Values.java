package dev.samovar.redaction;

import java.util.Locale;
import java.util.Set;

/** What a value looks like. */
final class Values {
  private static final int SHORTEST = 8;
  private static final int LONG = 12;

  /** What stands where a secret would, and is none. */
  private static final Set<String> STATES =
      Set.of(
          "null",
          "none",
          "nil",
          "true",
          "false",
          "missing",
          "required",
          "invalid",
          "expired",
          "empty",
          "unset",
          "undefined",
          "unknown",
          "wrong",
          "incorrect",
          "authentication",
          "mismatch",
          "failed",
          "failure",
          "error",
          "denied",
          "rejected",
          "accepted",
          "changed",
          "ok",
          "yes",
          "no",
          "not",
          "is",
          "was",
          "must",
          "should",
          "cannot",
          "hidden",
          "masked",
          "redacted",
          "removed",
          "default",
          "string",
          "str",
          "bytes",
          "int",
          "optional",
          "expected",
          "found",
          "given",
          "set",
          "valid",
          "revoked",
          "rotated",
          "disabled",
          "enabled",
          "for",
          "the",
          "a",
          "an",
          "and",
          "or",
          "on",
          "at",
          "in",
          "of",
          "to",
          "by",
          "with",
          "without",
          "may",
          "can",
          "has",
          "have",
          "does",
          "too",
          "password",
          "secret",
          "token",
          "closed",
          "supplied",
          "provided",
          "leaked",
          "compromised",
          "n/a",
          "na");

  private Values() {}

  /** {@code ***}, {@code ${NAME}}, {@code <hidden>}, {@code null}, and what says how it is. */
  static boolean isPlaceholder(String value) {
    String bare = value.strip();
    if (bare.isEmpty() || Redaction.isMark(bare)) {
      return true;
    }
    if ("$<{%@".indexOf(bare.charAt(0)) >= 0 && isReference(bare)) {
      return true;
    }
    String lower = bare.toLowerCase(Locale.ROOT);
    char last = lower.charAt(lower.length() - 1);
    String word = ".!?:".indexOf(last) >= 0 ? lower.substring(0, lower.length() - 1) : lower;
    return STATES.contains(word) || lower.chars().allMatch(c -> "*x.•#-_ ".indexOf(c) >= 0);
  }

  private static boolean isReference(String value) {
    return value.startsWith("${")
        || value.startsWith("{{")
        || value.startsWith("{}")
        || value.startsWith("<")
        || value.startsWith("$(")
        || value.matches("\\$[A-Za-z_]\\w*")
        || value.matches("%(?:\\(\\w+\\))?[sdr]|%[A-Za-z_]+%|\\{\\w*\\}|@[A-Z_]+@?");
  }

  /** Whether nobody would choose it for a name. */
  static boolean looksRandom(String value) {
    if (value.length() < SHORTEST || isPlaceholder(value) || isCode(value)) {
      return false;
    }
    boolean hasDigit = value.chars().anyMatch(Character::isDigit);
    boolean hasLetter = value.chars().anyMatch(Character::isLetter);
    boolean hasUpper = value.chars().anyMatch(Character::isUpperCase);
    boolean hasLower = value.chars().anyMatch(Character::isLowerCase);
    boolean hasSign = value.chars().anyMatch(c -> "+/=!$^*".indexOf(c) >= 0);
    return (hasDigit && hasLetter)
        || (hasUpper && hasLower && value.length() >= LONG)
        || (hasLetter && hasSign && value.length() >= LONG);
  }

  private static boolean isCode(String value) {
    return value.indexOf('(') > 0
        || value.startsWith("self.")
        || value.startsWith("this.")
        || value.startsWith("os.environ")
        || value.startsWith("http://")
        || value.startsWith("https://")
        || value.matches("(?:/[a-z0-9_.-]+)+/?")
        || value.matches("[\\d.,:eE+-]+");
  }
}
