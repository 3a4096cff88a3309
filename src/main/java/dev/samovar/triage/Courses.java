package dev.samovar.triage;

import dev.samovar.checks.Figure;
import dev.samovar.evidence.Series;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleBiFunction;

/** Series as people look at them: steps taken together until a picture has room for them. */
final class Courses {
  private static final int MOST = 96;

  private Courses() {}

  /** The share of events that match; not a number where there is no event. */
  static Figure.Course share(String name, Series series) {
    return Figure.Course.of(name, Figure.Unit.SHARE, line(series, Courses::share));
  }

  static Figure.Course volume(String name, Series series) {
    return Figure.Course.of(name, Figure.Unit.COUNT, line(series, (total, matching) -> total));
  }

  static Figure.Course usualShare(Figure.Course course, List<Series> before) {
    return usual(course, before, Courses::share);
  }

  static Figure.Course usualVolume(Figure.Course course, List<Series> before) {
    return usual(course, before, (total, matching) -> total);
  }

  private static double share(long total, long matching) {
    return total == 0 ? Double.NaN : (double) matching / total;
  }

  private static int together(Series series) {
    return Math.max(1, (series.totals().size() + MOST - 1) / MOST);
  }

  private static Figure.Line line(Series series, ToDoubleBiFunction<Long, Long> value) {
    int together = together(series);
    List<Long> at = new ArrayList<>();
    for (int from = 0; from + together <= series.totals().size(); from += together) {
      // In the middle of its steps: what began within them is not drawn before it was.
      Duration middle = series.step().multipliedBy(together).dividedBy(2);
      at.add(series.time(from).plus(middle).getEpochSecond());
    }
    return new Figure.Line(at, values(series, together, value));
  }

  private static List<Double> values(
      Series series, int together, ToDoubleBiFunction<Long, Long> value) {
    List<Double> values = new ArrayList<>();
    for (int from = 0; from + together <= series.totals().size(); from += together) {
      values.add(
          Figure.rounded(
              value.applyAsDouble(
                  sum(series.totals().subList(from, from + together)),
                  sum(series.matching().subList(from, from + together)))));
    }
    return values;
  }

  private static long sum(List<Long> counts) {
    return counts.stream().mapToLong(Long::longValue).sum();
  }

  /**
   * The least and the most of the same moments of earlier days, where most of them say anything.
   */
  private static Figure.Course usual(
      Figure.Course course, List<Series> before, ToDoubleBiFunction<Long, Long> value) {
    List<List<Double>> days =
        before.stream()
            .filter(series -> series.totals().stream().anyMatch(total -> total > 0))
            .map(series -> values(series, together(series), value))
            .filter(values -> values.size() >= course.line().size())
            .toList();
    if (days.isEmpty()) {
      return course;
    }
    List<Double> low = new ArrayList<>();
    List<Double> high = new ArrayList<>();
    for (int i = 0; i < course.line().size(); i++) {
      int moment = i;
      double[] known =
          days.stream()
              .mapToDouble(values -> values.get(moment))
              .filter(Double::isFinite)
              .sorted()
              .toArray();
      low.add(known.length == 0 ? Double.NaN : known[0]);
      high.add(known.length == 0 ? Double.NaN : known[known.length - 1]);
    }
    return course.within(
        new Figure.Band(
            "usual: same time, "
                + days.size()
                + (days.size() == 1 ? " earlier day" : " earlier days"),
            low,
            high));
  }
}
