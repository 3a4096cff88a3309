package dev.samovar.prometheus;

import java.util.Map;
import java.util.regex.Pattern;

/**
 * What the value of one label must be. A series without the label has the empty value.
 *
 * @param pattern of the whole value, in the syntax that RE2 and Java share
 * @param isNot whether it must not match
 */
record Matcher(String label, String pattern, boolean isNot) {

  Matcher negated() {
    return new Matcher(label, pattern, !isNot);
  }

  boolean matches(Map<String, String> labels) {
    String value = labels.getOrDefault(label, "");
    return Pattern.compile(pattern, Pattern.DOTALL).matcher(value).matches() != isNot;
  }

  String text() {
    return label + (isNot ? "!~" : "=~") + quoted(pattern);
  }

  /** A string of PromQL. */
  static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
  }

  /** The text itself as a pattern: every sign that RE2 gives a meaning is escaped. */
  static String literal(String text) {
    return text.replaceAll("[\\\\.+*?()|\\[\\]{}^$]", "\\\\$0");
  }
}
