package dev.samovar.redaction;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Takes secrets and personal data out of a text and leaves marks: {@code [redacted: AWS key]}.
 * Pure; the same text gives the same, and what is redacted already stays as it is.
 */
public final class Redaction {
  private static final String MARK = "[redacted: ";
  private static final int LONGEST_MARK = 80;

  private final List<Finder> finders;
  private final Set<String> allowed;

  private Redaction(List<Finder> finders, Set<String> allowed) {
    this.finders = List.copyOf(finders);
    this.allowed = Set.copyOf(allowed);
  }

  /** With nothing configured. */
  public static Redaction usual() {
    return of(new RedactionSettings(false, List.of(), List.of()));
  }

  public static Redaction of(RedactionSettings settings) {
    Set<String> allowed =
        settings.allow().stream()
            .map(field -> field.toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet());
    List<Finder> finders = new ArrayList<>();
    // The first that claims a place names it.
    settings.patterns().forEach(one -> finders.add(Form.of(one.name(), List.of(), one.pattern())));
    finders.add(new PrivateKeys());
    finders.add(Tokens.known());
    finders.add(new Authorizations());
    finders.add(new Addresses());
    finders.add(new KeyValues(allowed));
    finders.add(new Cards());
    finders.add(new Ibans());
    finders.add(new Emails());
    finders.add(new Phones());
    if (settings.ips()) {
      finders.add(new IpAddresses());
    }
    return new Redaction(finders, allowed);
  }

  /**
   * @param field what the text is the value of, or is about
   */
  public String of(String field, String text) {
    return allowed.contains(field.toLowerCase(Locale.ROOT)) ? text : of(text);
  }

  public String of(String text) {
    if (text.isEmpty()) {
      return text;
    }
    List<Span> found = new ArrayList<>();
    for (Finder finder : finders) {
      for (Span span : finder.find(text)) {
        if (!isInMark(text, span.from())) {
          add(found, span);
        }
      }
    }
    if (found.isEmpty()) {
      return text;
    }
    found.sort(Comparator.comparingInt(Span::from));
    StringBuilder out = new StringBuilder(text.length());
    int at = 0;
    for (Span span : found) {
      out.append(text, at, span.from()).append(MARK).append(span.what()).append(']');
      at = span.to();
    }
    return out.append(text, at, text.length()).toString();
  }

  /** Whether there is a mark already; one that a text merely begins ends with its line. */
  private static boolean isInMark(String text, int at) {
    int mark = text.lastIndexOf(MARK, at);
    if (mark < 0 || at - mark > LONGEST_MARK) {
      return false;
    }
    int end = text.indexOf(']', mark);
    return end >= at && end - mark <= LONGEST_MARK && text.substring(mark, end).indexOf('\n') < 0;
  }

  /** Spans that touch become one, named by the first. */
  private static void add(List<Span> found, Span span) {
    int from = span.from();
    int to = span.to();
    String what = span.what();
    for (int i = found.size() - 1; i >= 0; i--) {
      Span other = found.get(i);
      if (other.from() < to && from < other.to()) {
        from = Math.min(from, other.from());
        to = Math.max(to, other.to());
        what = other.what();
        found.remove(i);
      }
    }
    found.add(new Span(from, to, what));
  }

  /** Whether a value is nothing but a mark. */
  static boolean isMark(String value) {
    return value.startsWith("[redacted");
  }
}
