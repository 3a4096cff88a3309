package dev.samovar.evidence;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a validation suite demands of a field.
 *
 * @param field by its canonical name
 * @param strictness what happens to a row that does not meet the demand
 * @param origin file and line
 */
public record Rule(String field, Demand demand, Strictness strictness, String origin) {

  /** Whether the rule rejects each row that does not meet its demand. */
  public enum Strictness {
    /** Each of them. */
    EVERY_ROW,
    /** It only warns. */
    WARNING,
    /** It looks at shares of a batch, or only at rows that meet a condition. */
    SOME_ROWS
  }

  /** The demand itself. But for {@link NotNull} none of them minds a missing value. */
  public sealed interface Demand {
    /** In words, after the field's name: {@code between 0 and 10000}. */
    String text();
  }

  /** There is a value. */
  public record NotNull() implements Demand {
    @Override
    public String text() {
      return "not null";
    }
  }

  /**
   * A number within bounds.
   *
   * @param low may be infinite, as may be {@code high}
   * @param withLow whether {@code low} itself is allowed
   */
  public record Range(double low, boolean withLow, double high, boolean withHigh)
      implements Demand {
    @Override
    public String text() {
      boolean hasLow = low != Double.NEGATIVE_INFINITY;
      boolean hasHigh = high != Double.POSITIVE_INFINITY;
      if (hasLow && hasHigh && withLow && withHigh) {
        return "between " + Numbers.text(low) + " and " + Numbers.text(high);
      }
      List<String> bounds = new ArrayList<>();
      if (hasLow) {
        bounds.add((withLow ? "at least " : "above ") + Numbers.text(low));
      }
      if (hasHigh) {
        bounds.add((withHigh ? "at most " : "below ") + Numbers.text(high));
      }
      return bounds.isEmpty() ? "any number" : String.join(" and ", bounds);
    }
  }

  /** One of these values. */
  public record OneOf(List<String> values) implements Demand {
    public OneOf {
      values = List.copyOf(values);
    }

    @Override
    public String text() {
      return "one of " + shown(values);
    }
  }

  /** None of these values. */
  public record NoneOf(List<String> values) implements Demand {
    public NoneOf {
      values = List.copyOf(values);
    }

    @Override
    public String text() {
      return "none of " + shown(values);
    }
  }

  /** A regular expression; known, never evaluated here: its dialect is another one. */
  public record Matches(String pattern) implements Demand {
    @Override
    public String text() {
      return "matching " + pattern;
    }
  }

  /** A type. */
  public record OfType(String type) implements Demand {
    @Override
    public String text() {
      return "of type " + type;
    }
  }

  /** A demand by its name in the suite, which Samovar does not understand. */
  public record Other(String name) implements Demand {
    @Override
    public String text() {
      return name;
    }
  }

  private static String shown(List<String> values) {
    return values.size() <= 5
        ? String.join(", ", values)
        : String.join(", ", values.subList(0, 5)) + " and " + (values.size() - 5) + " more";
  }

  /** {@code amount between 0 and 10000}. */
  public String text() {
    return Fields.shortName(field)
        + " "
        + demand.text()
        + (strictness == Strictness.WARNING ? " (warns only)" : "")
        + (strictness == Strictness.SOME_ROWS ? " (for some rows)" : "");
  }

  /** The rows that break the demand; empty where that is not for a count in the index to say. */
  public Optional<Condition> broken() {
    if (demand instanceof NotNull) {
      return Optional.of(Condition.missing(field));
    }
    if (demand instanceof Range range) {
      return outside(range);
    }
    if (demand instanceof OneOf one) {
      return one.values().isEmpty()
          ? Optional.empty()
          : Optional.of(
              new Condition.Present(field).and(new Condition.Is(field, one.values()).negate()));
    }
    if (demand instanceof NoneOf none && !none.values().isEmpty()) {
      return Optional.of(new Condition.Is(field, none.values()));
    }
    return Optional.empty();
  }

  private Optional<Condition> outside(Range range) {
    List<Condition> sides = new ArrayList<>();
    if (range.low() != Double.NEGATIVE_INFINITY) {
      double from = range.withLow() ? range.low() : Math.nextUp(range.low());
      sides.add(new Condition.Between(field, Double.NEGATIVE_INFINITY, from));
    }
    if (range.high() != Double.POSITIVE_INFINITY) {
      double from = range.withHigh() ? Math.nextUp(range.high()) : range.high();
      sides.add(new Condition.Between(field, from, Double.POSITIVE_INFINITY));
    }
    return sides.isEmpty() ? Optional.empty() : Optional.of(new Condition.Any(sides));
  }
}
