package dev.samovar.checks;

import dev.samovar.evidence.Metrics;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** What a finding looks like: figures that were read anyhow, for a face to draw. */
public sealed interface Figure {

  /** What it is of, as a reader would say it. */
  String name();

  /** How values are written. */
  enum Unit {
    /** 0 to 1, written in percent. */
    SHARE,
    COUNT,
    MEBIBYTES,
    MILLISECONDS,
    SECONDS,
    /** Anything else. */
    NUMBER
  }

  /**
   * Something over time.
   *
   * @param usual what is normal; empty where that is not known
   * @param limit what it must not pass; empty where nothing says so
   */
  record Course(String name, Unit unit, Line line, Optional<Band> usual, Optional<Limit> limit)
      implements Figure {
    public static Course of(String name, Unit unit, Line line) {
      return new Course(name, unit, line, Optional.empty(), Optional.empty());
    }

    public Course within(Band band) {
      return new Course(name, unit, line, Optional.of(band), limit);
    }

    public Course below(Limit most) {
      return new Course(name, unit, line, usual, Optional.of(most));
    }
  }

  /**
   * Values in time's order; where one is not a number, nothing was there.
   *
   * @param at seconds of the epoch
   */
  record Line(List<Long> at, List<Double> values) {
    /** More points than a picture has room for say no more. */
    private static final int MOST = 240;

    public Line {
      at = List.copyOf(at);
      values = List.copyOf(values);
      if (at.size() != values.size()) {
        throw new IllegalArgumentException("One value a moment");
      }
    }

    public static Line of(List<Metrics.Point> points) {
      return of(points, Metrics.Point::value);
    }

    /** Every so many points where there are very many. */
    public static Line of(List<Metrics.Point> points, ToDoubleFunction<Metrics.Point> value) {
      int every = (points.size() + MOST - 1) / MOST;
      List<Metrics.Point> kept =
          every <= 1
              ? points
              : java.util.stream.IntStream.range(0, points.size())
                  .filter(i -> (points.size() - 1 - i) % every == 0)
                  .mapToObj(points::get)
                  .toList();
      return new Line(
          kept.stream().map(point -> point.time().getEpochSecond()).toList(),
          kept.stream().map(point -> rounded(value.applyAsDouble(point))).toList());
    }

    public Instant time(int index) {
      return Instant.ofEpochSecond(at.get(index));
    }

    public int size() {
      return at.size();
    }
  }

  /**
   * What is usual, at each moment of a line.
   *
   * @param words where it is from: {@code usual: same time on 3 earlier days}
   */
  record Band(String words, List<Double> low, List<Double> high) {
    public Band {
      low = List.copyOf(low);
      high = List.copyOf(high);
      if (low.size() != high.size()) {
        throw new IllegalArgumentException("A band has two edges");
      }
    }

    /** The same at all moments. */
    public static Band level(String words, double low, double high, int moments) {
      return new Band(
          words,
          java.util.Collections.nCopies(moments, rounded(low)),
          java.util.Collections.nCopies(moments, rounded(high)));
    }
  }

  /**
   * @param words what it is: {@code 16,384 MiB on the card}
   */
  record Limit(double value, String words) {}

  /**
   * A field's distribution, then and now.
   *
   * @param before what it is compared with, in a word or two: {@code before}, {@code in training}
   * @param bins in the field's order, the special ones last
   */
  record Distribution(String name, String before, List<Bin> bins) implements Figure {
    public Distribution {
      bins = List.copyOf(bins);
    }

    public long eventsNow() {
      return bins.stream().mapToLong(Bin::now).sum();
    }

    public long eventsBefore() {
      return bins.stream().mapToLong(Bin::before).sum();
    }
  }

  /**
   * @param label {@code 0.5 to 1.2}, {@code credit}, {@code missing}
   * @param isSpecial missing, invalid, below or above the range, or never seen
   */
  record Bin(String label, boolean isSpecial, long before, long now) {}

  /** Four digits: more show in no picture. */
  static double rounded(double value) {
    return value == 0 || !Double.isFinite(value)
        ? value
        : new BigDecimal(value).round(new MathContext(4)).doubleValue();
  }
}
