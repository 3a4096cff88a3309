package dev.samovar.charts;

import dev.samovar.checks.Figure;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * Something over time, with what is usual, what it must not pass, when the trouble began and what
 * was changed.
 *
 * @param asked since when the trouble was asked about
 * @param onset empty where nothing shows it
 * @param changes oldest first
 */
record CourseChart(
    String model,
    Figure.Course course,
    Instant asked,
    Optional<Beginning> onset,
    List<Mark> changes,
    Times times)
    implements Chart {
  static final int MOST_CHANGES = 3;
  private static final int LAST = 3;

  /** When it began, at the earliest and the latest. */
  record Beginning(Instant at, Instant earliest, Instant latest) {}

  CourseChart {
    changes = List.copyOf(changes);
    if (course.line().size() < 2) {
      throw new IllegalArgumentException("A course has at least two moments");
    }
  }

  Instant from() {
    return course.line().time(0);
  }

  Instant to() {
    return course.line().time(course.line().size() - 1);
  }

  @Override
  public String title() {
    return capital(course.name());
  }

  static String capital(String text) {
    // The names of metrics and fields stay as they are.
    return text.isEmpty() || text.split("[ (]", 2)[0].matches(".*[_:.\\d].*")
        ? text
        : text.substring(0, text.offsetByCodePoints(0, 1)).toUpperCase(java.util.Locale.ROOT)
            + text.substring(text.offsetByCodePoints(0, 1));
  }

  /** Of the last moments. */
  OptionalDouble now() {
    int size = course.line().size();
    return median(Math.max(0, size - LAST), size);
  }

  /** Until it began; where nobody knows when that was, of the first quarter. */
  OptionalDouble before() {
    int size = course.line().size();
    int end =
        onset
            .map(
                began ->
                    (int)
                        IntStream.range(0, size)
                            .filter(i -> course.line().time(i).isBefore(began.earliest()))
                            .count())
            .orElse(size / 4);
    return end == 0 ? OptionalDouble.empty() : median(0, end);
  }

  private OptionalDouble median(int from, int to) {
    double[] values =
        course.line().values().subList(from, to).stream()
            .mapToDouble(Double::doubleValue)
            .filter(Double::isFinite)
            .sorted()
            .toArray();
    return values.length == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of((values[(values.length - 1) / 2] + values[values.length / 2]) / 2);
  }

  /** {@code 15.8 % at the end, 0 % before the onset}. */
  String figures() {
    String now =
        now().isPresent() ? value(now().getAsDouble()) + " at the end" : "nothing at the end";
    return before().isPresent()
        ? now
            + ", "
            + value(before().getAsDouble())
            + (onset.isPresent() ? " before the onset" : " at first")
        : now;
  }

  String value(double value) {
    return Units.of(course.unit(), value);
  }

  @Override
  public String alt() {
    StringBuilder alt =
        new StringBuilder(title())
            .append(" (")
            .append(model)
            .append("), ")
            .append(times.full(from()))
            .append(" to ")
            .append(times.near(to(), from()))
            .append(" ")
            .append(times.name())
            .append(": ")
            .append(figures());
    usual().ifPresent(range -> alt.append("; ").append(range));
    course.limit().ifPresent(limit -> alt.append("; limit: ").append(limit.words()));
    onset.ifPresent(
        began -> alt.append("; it began about ").append(times.near(began.at(), from())));
    if (!changes.isEmpty()) {
      alt.append("; changed: ")
          .append(
              String.join(
                  ", ",
                  changes.stream()
                      .map(change -> change.text() + " at " + times.near(change.at(), from()))
                      .toList()));
    }
    return alt.append(".").toString();
  }

  /** {@code usual, same time on 3 earlier days: 0 % to 0.2 %}. */
  Optional<String> usual() {
    return course
        .usual()
        .flatMap(
            band -> {
              double[] low = finite(band.low());
              double[] high = finite(band.high());
              return low.length == 0 || high.length == 0
                  ? Optional.empty()
                  : Optional.of(
                      band.words() + ": " + value(low[0]) + " to " + value(high[high.length - 1]));
            });
  }

  private static double[] finite(List<Double> values) {
    double[] finite =
        values.stream().mapToDouble(Double::doubleValue).filter(Double::isFinite).toArray();
    Arrays.sort(finite);
    return finite;
  }
}
