package dev.samovar.checks;

import dev.samovar.evidence.EvidenceException;
import dev.samovar.evidence.Fields;
import dev.samovar.evidence.Metrics;
import dev.samovar.evidence.Metrics.Line;
import dev.samovar.evidence.Metrics.Point;
import dev.samovar.evidence.Model;
import dev.samovar.evidence.Window;
import dev.samovar.statistics.RobustSpread;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The expressions that people gave of a model to be watched. Nobody said which way is worse, so
 * each is compared with its own normal: its middle in the reference windows and their spread.
 *
 * @param unchecked names of those that no source can evaluate
 * @param judged how many series were compared
 */
record WatchedFigures(List<Departure> departures, List<String> unchecked, int judged) {
  private static final int STEPS = 24;
  private static final int FEWEST_BEFORE = 4;
  private static final double DEVIATIONS = 5;

  /** Of the usual figure. */
  private static final double SMALLEST = 0.25;

  /**
   * One that left its normal.
   *
   * @param least of the reference windows' middles
   * @param most of them
   */
  record Departure(
      Line line, double now, double usual, double least, double most, Optional<String> link) {
    String name() {
      Map<String, String> labels = new LinkedHashMap<>(line.labels());
      labels.values().removeIf(String::isEmpty);
      String where =
          Text.list(
              labels.entrySet().stream()
                  .map(
                      label ->
                          (label.getKey().equals(Fields.HOST) ? "" : label.getKey() + " ")
                              + label.getValue())
                  .toList(),
              3);
      return line.metric() + (where.isEmpty() ? "" : " (" + where + ")");
    }

    String sentence() {
      return name()
          + " is "
          + Text.figure(now)
          + ", usually "
          + Text.figure(usual)
          + " (from "
          + Text.figure(least)
          + " to "
          + Text.figure(most)
          + " in the reference windows)";
    }

    Fact fact() {
      return Fact.of(sentence(), "models[].metrics." + line.metric(), now, usual, "figure")
          .linked(link.orElse(null));
    }

    Signal signal() {
      Figure.Line values = Figure.Line.of(line.points());
      return new Signal.Level(
          line.metric(),
          line.points(),
          Figure.Course.of(name(), Figure.Unit.NUMBER, values)
              .within(
                  Figure.Band.level("usual in the reference windows", least, most, values.size())));
    }
  }

  static WatchedFigures read(Surroundings around) throws EvidenceException {
    Case subject = around.subject();
    Model model = subject.model();
    List<String> names =
        model.metrics().entrySet().stream()
            .filter(entry -> !Metrics.isName(entry.getValue()))
            .map(Map.Entry::getKey)
            .sorted()
            .toList();
    if (names.isEmpty()) {
      return new WatchedFigures(List.of(), List.of(), 0);
    }
    Metrics metrics = around.evidence().metrics();
    Optional<List<Line>> now = metrics.watched(model, subject.window(), step(subject.window()));
    if (now.isEmpty()) {
      return new WatchedFigures(List.of(), names, 0);
    }
    Map<String, List<Double>> before = new TreeMap<>();
    for (Window window : subject.reference()) {
      for (Line line : metrics.watched(model, window, step(window)).orElse(List.of())) {
        before.computeIfAbsent(key(line), unused -> new ArrayList<>()).add(late(line));
      }
    }
    List<Departure> departures = new ArrayList<>();
    int judged = 0;
    for (Line line : now.get()) {
      List<Double> known = before.getOrDefault(key(line), List.of());
      if (known.size() >= FEWEST_BEFORE) {
        judged++;
        departure(around, line, known).ifPresent(departures::add);
      }
    }
    if (!departures.isEmpty()) {
      departures = overTime(around, departures);
    }
    departures.sort(
        Comparator.comparingDouble(
                (Departure one) ->
                    -Math.abs(one.now() - one.usual()) / Math.max(1e-9, Math.abs(one.usual())))
            .thenComparing(Departure::name));
    return new WatchedFigures(departures, List.of(), judged);
  }

  private static Duration step(Window window) {
    return window.length().dividedBy(STEPS);
  }

  private static String key(Line line) {
    return line.metric() + line.labels();
  }

  /** Trouble may have begun within the window: its later half speaks, here as in the reference. */
  private static double late(Line line) {
    List<Point> points = line.points();
    return RobustSpread.median(
        points.subList(points.size() / 2, points.size()).stream()
            .mapToDouble(Point::value)
            .toArray());
  }

  private static Optional<Departure> departure(Surroundings around, Line line, List<Double> known) {
    double[] usual = known.stream().mapToDouble(Double::doubleValue).toArray();
    double level = RobustSpread.median(usual);
    double least = Arrays.stream(usual).min().orElse(level);
    double most = Arrays.stream(usual).max().orElse(level);
    double now = late(line);
    double away = Math.abs(now - level);
    boolean isOut = now > most + (most - least) / 2 || now < least - (most - least) / 2;
    boolean isFar =
        away > DEVIATIONS * RobustSpread.mad(usual) && away > SMALLEST * Math.abs(level);
    return isOut && isFar
        ? Optional.of(
            new Departure(
                line,
                now,
                level,
                least,
                most,
                line.expression()
                    .flatMap(
                        text ->
                            around.evidence().metrics().link(text, around.subject().horizon()))))
        : Optional.empty();
  }

  /** With their values over the horizon, in which their beginning can be looked for. */
  private static List<Departure> overTime(Surroundings around, List<Departure> departures)
      throws EvidenceException {
    Window horizon = around.subject().horizon();
    Map<String, Line> lines = new TreeMap<>();
    around
        .evidence()
        .metrics()
        .watched(around.subject().model(), horizon, horizon.length().dividedBy(2L * STEPS))
        .orElse(List.of())
        .forEach(line -> lines.put(key(line), line));
    List<Departure> longer = new ArrayList<>();
    for (Departure one : departures) {
      longer.add(
          new Departure(
              lines.getOrDefault(key(one.line()), one.line()),
              one.now(),
              one.usual(),
              one.least(),
              one.most(),
              one.link()));
    }
    return longer;
  }

  /** Of those that could not be evaluated; empty where there are none. */
  Optional<String> unheard() {
    return unchecked.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "not checked: models[].metrics."
                + Text.list(unchecked, 5)
                + " ("
                + (unchecked.size() == 1 ? "it is PromQL" : "they are PromQL")
                + ", and no prometheus.url is set)");
  }
}
