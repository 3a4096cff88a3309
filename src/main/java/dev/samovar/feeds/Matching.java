package dev.samovar.feeds;

import dev.samovar.evidence.Catalog.Kind;
import dev.samovar.evidence.Condition;
import dev.samovar.evidence.Event;
import dev.samovar.evidence.Numbers;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.stream.Stream;

/** Whether an event meets a condition, as the log store would decide it. */
final class Matching {
  private Matching() {}

  static boolean matches(Event event, Condition condition) {
    if (condition instanceof Condition.Everything) {
      return true;
    } else if (condition instanceof Condition.Is is) {
      return values(event, is.field())
          .anyMatch(value -> is.values().stream().anyMatch(one -> isSame(is.field(), value, one)));
    } else if (condition instanceof Condition.StartsWith starts) {
      return values(event, starts.field())
          .anyMatch(value -> starts.beginnings().stream().anyMatch(value::startsWith));
    } else if (condition instanceof Condition.Present present) {
      return values(event, present.field()).findAny().isPresent();
    } else if (condition instanceof Condition.Between between) {
      return values(event, between.field())
          .flatMap(value -> number(between.field(), value).stream())
          .anyMatch(number -> number >= between.from() && number < between.to());
    } else if (condition instanceof Condition.Malformed) {
      // What a feed gives was read by field: there is nothing in it that does not fit.
      return false;
    } else if (condition instanceof Condition.Phrase phrase) {
      return textual(event, phrase.fields(), phrase.phrases(), Matching::hasPhrase);
    } else if (condition instanceof Condition.Words words) {
      return textual(
          event, words.fields(), List.of(String.join(" ", words.words())), Matching::hasWords);
    } else if (condition instanceof Condition.Not not) {
      return !matches(event, not.condition());
    } else if (condition instanceof Condition.All all) {
      return all.conditions().stream().allMatch(one -> matches(event, one));
    } else if (condition instanceof Condition.Any any) {
      return any.conditions().stream().anyMatch(one -> matches(event, one));
    }
    throw new IllegalArgumentException("No such condition: " + condition);
  }

  /** The values of a field, and of those below it. */
  static Stream<String> values(Event event, String field) {
    return event.values().entrySet().stream()
        .filter(entry -> Kinds.isPartOf(entry.getKey(), field))
        .flatMap(entry -> entry.getValue().stream());
  }

  private static boolean isSame(String field, String value, String wanted) {
    if (Kinds.of(field) != Kind.NUMBER) {
      return value.equals(wanted);
    }
    Optional<Double> number = number(field, value);
    Optional<Double> other = number(field, wanted);
    return number.isPresent()
        && other.isPresent()
        && Math.abs(number.get() - other.get()) <= Numbers.tolerance(other.get());
  }

  private static Optional<Double> number(String field, String value) {
    try {
      return Optional.of(
          Kinds.of(field) == Kind.DATE
              ? (double) OffsetDateTime.parse(value).toInstant().toEpochMilli()
              : Double.parseDouble(value));
    } catch (NumberFormatException | DateTimeException e) {
      return Optional.empty();
    }
  }

  private static boolean textual(
      Event event, List<String> fields, List<String> texts, BiPredicate<Text, String> holds) {
    return fields.stream()
        .anyMatch(
            field ->
                values(event, field)
                    .map(value -> new Text(value, Kinds.of(field) == Kind.TEXT))
                    .anyMatch(value -> texts.stream().anyMatch(text -> holds.test(value, text))));
  }

  /**
   * @param isWords whether it is searched by words; else by any part of it
   */
  private record Text(String value, boolean isWords) {}

  private static boolean hasPhrase(Text text, String phrase) {
    if (!text.isWords()) {
      return contains(text, phrase);
    }
    List<String> wanted = words(phrase);
    return !wanted.isEmpty() && Collections.indexOfSubList(words(text.value()), wanted) >= 0;
  }

  private static boolean hasWords(Text text, String all) {
    return text.isWords()
        ? words(text.value()).containsAll(words(all))
        : Arrays.stream(all.split(" ", -1)).allMatch(word -> contains(text, word));
  }

  private static boolean contains(Text text, String part) {
    return text.value().toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
  }

  private static List<String> words(String text) {
    return Arrays.stream(text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}_]+", -1))
        .filter(word -> !word.isEmpty())
        .toList();
  }
}
