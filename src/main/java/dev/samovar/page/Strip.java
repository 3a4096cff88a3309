package dev.samovar.page;

import dev.samovar.triage.Report;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The time that was looked at, and a little before it, as a line. All places in per cent of its
 * length.
 *
 * @param window where the time that was looked at begins
 * @param ticks what happened then
 * @param begin when the line begins
 * @param end when it ends
 */
public record Strip(
    double window, Optional<Onset> onset, List<Tick> ticks, String begin, String end) {
  private static final double NEAR_THE_EDGE = 22;

  /**
   * Where it began.
   *
   * @param label when
   */
  public record Onset(double from, double at, double to, String label) {
    /** At least as wide as can be seen. */
    public double width() {
      return Math.max(0.6, Math.round(10 * (to - from)) / 10.0);
    }

    /** On which side of it the label has room. */
    public String anchor() {
      return at < NEAR_THE_EDGE ? "start" : at > 100 - NEAR_THE_EDGE ? "end" : "middle";
    }
  }

  /** Something that happened, of a moment's kind. */
  public record Tick(double at, String kind) {}

  public Strip {
    ticks = List.copyOf(ticks);
  }

  /** Whether anything is on it. */
  public boolean isTelling() {
    return onset.isPresent() || !ticks.isEmpty();
  }

  /** What lies further back than the window is long is left to the list of moments. */
  static Strip of(Report report, List<Moment> moments) {
    Instant to = report.window().to();
    Duration length = report.window().length();
    Instant edge = report.window().from().minus(length);
    Instant from =
        moments.stream()
            .map(Moment::at)
            .filter(at -> !at.isBefore(edge))
            .min(Instant::compareTo)
            .filter(at -> at.isBefore(report.window().from()))
            .map(at -> at.minus(length.dividedBy(20)))
            .orElse(report.window().from());
    Scale scale = new Scale(from, to);
    return new Strip(
        scale.place(report.window().from()),
        report
            .onset()
            .map(
                onset ->
                    new Onset(
                        scale.place(onset.earliest()),
                        scale.place(onset.at()),
                        scale.place(onset.latest()),
                        "began " + Moment.clock(onset.at()))),
        moments.stream()
            .filter(moment -> moment.kind().equals("change"))
            .filter(moment -> !moment.at().isBefore(from) && !moment.at().isAfter(to))
            .map(moment -> new Tick(scale.place(moment.at()), moment.kind()))
            .toList(),
        Moment.day(from) + " " + Moment.clock(from),
        (Moment.isOneDay(from, to) ? "" : Moment.day(to) + " ") + Moment.clock(to) + " UTC");
  }

  private record Scale(Instant from, Instant to) {
    /** One digit behind the point is finer than a screen. */
    double place(Instant at) {
      double whole = Math.max(1, Duration.between(from, to).toMillis());
      double share = Duration.between(from, at).toMillis() / whole;
      return Math.round(1000 * Math.min(1, Math.max(0, share))) / 10.0;
    }
  }
}
