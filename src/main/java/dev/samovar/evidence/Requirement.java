package dev.samovar.evidence;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a validation rule asks of the values of one column. A missing value breaks only one. */
public sealed interface Requirement {

  /** As one reads it: {@code 0 to 10000}. */
  String text();

  /**
   * The rows that break it; empty where no query can tell, see {@link #allows}.
   *
   * @param field the column's canonical name
   */
  default Optional<Condition> breach(String field) {
    return Optional.empty();
  }

  /** Whether a single value keeps it; empty where only {@link #breach} or nothing can tell. */
  default Optional<Boolean> allows(String value) {
    return Optional.empty();
  }

  /** A number in a range, either end of which may be infinite. */
  record Within(double least, boolean isLeastAllowed, double most, boolean isMostAllowed)
      implements Requirement {
    public Within {
      if (Double.isNaN(least) || Double.isNaN(most)) {
        throw new IllegalArgumentException("No range: " + least + " to " + most);
      }
    }

    @Override
    public String text() {
      if (most == Double.POSITIVE_INFINITY) {
        return (isLeastAllowed ? "at least " : "more than ") + Numbers.text(least);
      }
      if (least == Double.NEGATIVE_INFINITY) {
        return (isMostAllowed ? "at most " : "less than ") + Numbers.text(most);
      }
      return Numbers.text(least)
          + (isLeastAllowed ? "" : " (itself not)")
          + " to "
          + Numbers.text(most)
          + (isMostAllowed ? "" : " (itself not)");
    }

    @Override
    public Optional<Condition> breach(String field) {
      List<Condition> outside = new ArrayList<>();
      if (Double.isFinite(least)) {
        outside.add(
            new Condition.Between(
                field, Double.NEGATIVE_INFINITY, isLeastAllowed ? least : Math.nextUp(least)));
      }
      if (Double.isFinite(most)) {
        outside.add(
            new Condition.Between(
                field, isMostAllowed ? Math.nextUp(most) : most, Double.POSITIVE_INFINITY));
      }
      return Optional.of(new Condition.Any(outside));
    }
  }

  /** One of these. */
  record Among(List<String> values) implements Requirement {
    public Among {
      values = List.copyOf(values);
    }

    @Override
    public String text() {
      return values.size() == 1 ? "only " + values.get(0) : "one of " + shown(values);
    }

    @Override
    public Optional<Condition> breach(String field) {
      return Optional.of(
          new Condition.Present(field).and(new Condition.Is(field, values).negate()));
    }
  }

  /** None of these. */
  record NoneOf(List<String> values) implements Requirement {
    public NoneOf {
      values = List.copyOf(values);
    }

    @Override
    public String text() {
      return "anything but " + shown(values);
    }

    @Override
    public Optional<Condition> breach(String field) {
      return Optional.of(new Condition.Is(field, values));
    }
  }

  /** Not missing. */
  record Filled() implements Requirement {
    @Override
    public String text() {
      return "anything but a missing value";
    }

    @Override
    public Optional<Condition> breach(String field) {
      return Optional.of(Condition.missing(field).and(new Condition.Malformed(field).negate()));
    }
  }

  /** A number, not a text. */
  record Numeric() implements Requirement {
    @Override
    public String text() {
      return "numbers";
    }

    @Override
    public Optional<Condition> breach(String field) {
      return Optional.of(new Condition.Malformed(field));
    }
  }

  /**
   * A text of a form.
   *
   * @param isWanted whether it must be, rather than must not be, of the form
   * @param isAnchored whether the form is looked for at the beginning only
   */
  record Matching(Pattern pattern, boolean isWanted, boolean isAnchored) implements Requirement {
    @Override
    public String text() {
      return (isWanted ? "what matches /" : "what does not match /") + pattern.pattern() + "/";
    }

    @Override
    public Optional<Boolean> allows(String value) {
      return new BoundedMatch(pattern, isAnchored).of(value).map(found -> found == isWanted);
    }
  }

  /** A text of a length. */
  record Length(long least, long most) implements Requirement {
    @Override
    public String text() {
      return most == Long.MAX_VALUE
          ? "at least " + least + " characters"
          : least == most ? least + " characters" : least + " to " + most + " characters";
    }

    @Override
    public Optional<Boolean> allows(String value) {
      long length = value.codePointCount(0, value.length());
      return Optional.of(length >= least && length <= most);
    }
  }

  private static String shown(List<String> values) {
    int most = 8;
    return values.size() <= most
        ? String.join(", ", values)
        : String.join(", ", values.subList(0, most)) + " and " + (values.size() - most) + " more";
  }
}
