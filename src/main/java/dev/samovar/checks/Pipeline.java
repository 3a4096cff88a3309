package dev.samovar.checks;

import dev.samovar.evidence.Event;
import dev.samovar.evidence.Fields;
import dev.samovar.statistics.RobustSpread;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * The runs of one pipeline.
 *
 * @param runs newest first
 */
record Pipeline(String name, List<Event> runs) {
  private static final int RUNS_THAT_MAKE_A_RHYTHM = 4;
  private static final long DAY_MINUTES = 24 * 60L;
  private static final long SAME_TIME_MINUTES = 45;

  Pipeline {
    runs = List.copyOf(runs);
  }

  List<Event> successes() {
    return runs.stream().filter(Pipeline::succeeded).toList();
  }

  static boolean succeeded(Event run) {
    return run.text(Fields.OUTCOME).filter("success"::equals).isPresent();
  }

  /** Failed runs after the last success, newest first. */
  List<Event> failuresSinceSuccess() {
    List<Event> failures = new ArrayList<>();
    for (Event run : runs) {
      if (succeeded(run)) {
        break;
      }
      failures.add(run);
    }
    return failures;
  }

  /** The last success; else the oldest run that is known. */
  Instant lastGood() {
    List<Event> successes = successes();
    return successes.isEmpty() ? runs.get(runs.size() - 1).time() : successes.get(0).time();
  }

  /** The usual time from one success to the next; empty where there are too few. */
  Optional<Duration> rhythm() {
    double[] gaps = gaps();
    return gaps.length + 1 < RUNS_THAT_MAKE_A_RHYTHM
        ? Optional.empty()
        : Optional.of(Duration.ofSeconds(Math.max(60, (long) RobustSpread.median(gaps))));
  }

  /** The longest time between two successes that happens now and then: nine of ten are shorter. */
  Duration longestUsualGap() {
    double[] gaps = gaps();
    java.util.Arrays.sort(gaps);
    return gaps.length == 0
        ? Duration.ZERO
        : Duration.ofSeconds((long) gaps[(int) Math.floor(0.9 * (gaps.length - 1))]);
  }

  private double[] gaps() {
    List<Event> successes = successes();
    double[] gaps = new double[Math.max(0, successes.size() - 1)];
    for (int i = 0; i < gaps.length; i++) {
      gaps[i] = Duration.between(successes.get(i + 1).time(), successes.get(i).time()).toSeconds();
    }
    return gaps;
  }

  /** A figure of each success but the newest; NaN where it has none. */
  double[] earlier(ToDoubleFunction<Event> figure) {
    return successes().stream()
        .skip(1)
        .mapToDouble(figure)
        .filter(value -> !Double.isNaN(value))
        .toArray();
  }

  /**
   * A figure of the successes of earlier days that ran at about the same time of day as the run;
   * empty where there are none: what an hourly load delivers follows the traffic of the hour.
   */
  double[] atTheSameTime(Event run, String field) {
    return successes().stream()
        .filter(other -> isSameTimeEarlier(run, other))
        .flatMapToDouble(other -> other.number(field).stream())
        .toArray();
  }

  private boolean isSameTimeEarlier(Event run, Event other) {
    long apart = Duration.between(other.time(), run.time()).toMinutes();
    long ofDay = Math.floorMod(apart, DAY_MINUTES);
    return apart > DAY_MINUTES / 2 && Math.min(ofDay, DAY_MINUTES - ofDay) <= SAME_TIME_MINUTES;
  }

  /** How old the newest data were that a run read; empty where it does not say. */
  static Optional<Duration> dataAge(Event run) {
    return run.instant(Fields.DATA_NEWEST).map(newest -> Duration.between(newest, run.time()));
  }
}
