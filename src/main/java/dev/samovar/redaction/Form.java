package dev.samovar.redaction;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * What can be told by its form: an expression that never backtracks, tried only where one of its
 * words occurs.
 *
 * @param words in lower case; none for those that are always tried
 * @param accepts whether what has the form is really one
 */
record Form(String what, List<String> words, Pattern pattern, Predicate<String> accepts)
    implements Finder {

  static Form of(String what, List<String> words, String pattern) {
    return new Form(what, words, Pattern.compile(pattern), found -> true);
  }

  @Override
  public List<Span> find(String text) {
    return mayOccur(text.toLowerCase(Locale.ROOT)) ? search(text) : List.of();
  }

  boolean mayOccur(String lower) {
    return words.isEmpty() || words.stream().anyMatch(lower::contains);
  }

  List<Span> search(String text) {
    List<Span> found = new ArrayList<>();
    Matcher matcher = pattern.matcher(text);
    int group = matcher.groupCount() > 0 ? 1 : 0;
    int at = 0;
    while (at <= text.length() && matcher.find(at)) {
      boolean isThere = matcher.start(group) >= 0 && matcher.end(group) > matcher.start(group);
      if (isThere && accepts.test(matcher.group(group))) {
        found.add(new Span(matcher.start(group), matcher.end(group), what));
      }
      at = Math.max(at + 1, isThere ? matcher.end(group) : matcher.end());
    }
    return found;
  }
}
