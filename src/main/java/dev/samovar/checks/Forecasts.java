package dev.samovar.checks;

import dev.samovar.evidence.Condition;
import dev.samovar.evidence.Dataset;
import dev.samovar.evidence.Event;
import dev.samovar.evidence.Evidence;
import dev.samovar.evidence.EvidenceException;
import dev.samovar.evidence.Fields;
import dev.samovar.evidence.Metrics.Line;
import dev.samovar.evidence.Metrics.Point;
import dev.samovar.evidence.Model;
import dev.samovar.evidence.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;

/**
 * What will need attention next, drawn from what is there: a retraining that is overdue, disks and
 * memory that fill up, a lag that grows, a certificate that ends. With too little to go by it says
 * nothing. A fixed number of questions, whatever the model.
 */
public final class Forecasts {
  /** What happens later is the business of another shift. */
  static final Duration AHEAD = Duration.ofHours(24);

  private static final Duration CERTIFICATES_AHEAD = Duration.ofDays(14);
  private static final Duration SEEN = Duration.ofHours(6);
  private static final Duration STEP = Duration.ofMinutes(10);
  private static final int MOST = 10;

  /** Of a capacity: less is too little to draw a line through. */
  private static final double LEAST_RISE = 0.02;

  private static final double LEAST_LAG = 1000;

  private static final String CERTIFICATE = "probe_ssl_earliest_cert_expiry";
  private static final List<String> LAGS = Lags.inMessages();
  private static final List<String> LABELS =
      List.of(
          "pod",
          "container",
          "gpu",
          "device",
          "mountpoint",
          "persistentvolumeclaim",
          "instance",
          "topic",
          "topic_name",
          "consumergroup",
          "group",
          "group_id",
          "consumer_group",
          "consumer_group_id",
          "redpanda_group",
          "groupId");

  /**
   * Two metrics that together say how full something is.
   *
   * @param isLeft whether the first one is what is left, not what is used
   * @param isRest whether the second one is what is left, not the whole
   */
  private record Vessel(
      Forecast.Kind kind, String name, String part, String other, boolean isLeft, boolean isRest) {
    double fullness(double first, double second) {
      double share = first / (isRest ? first + second : second);
      return isLeft ? 1 - share : share;
    }
  }

  private static final List<Vessel> VESSELS =
      List.of(
          new Vessel(
              Forecast.Kind.DISK_FULL,
              "the disk",
              "node_filesystem_avail_bytes",
              "node_filesystem_size_bytes",
              true,
              false),
          new Vessel(
              Forecast.Kind.DISK_FULL,
              "the volume",
              "kubelet_volume_stats_available_bytes",
              "kubelet_volume_stats_capacity_bytes",
              true,
              false),
          new Vessel(
              Forecast.Kind.DISK_FULL,
              "the disk",
              "container_fs_usage_bytes",
              "container_fs_limit_bytes",
              false,
              false),
          new Vessel(
              Forecast.Kind.MEMORY_FULL,
              "the memory",
              "container_memory_working_set_bytes",
              "container_spec_memory_limit_bytes",
              false,
              false),
          new Vessel(
              Forecast.Kind.MEMORY_FULL,
              "the memory",
              "node_memory_MemAvailable_bytes",
              "node_memory_MemTotal_bytes",
              true,
              false),
          new Vessel(
              Forecast.Kind.GPU_MEMORY_FULL,
              "the GPU's memory",
              "DCGM_FI_DEV_FB_USED",
              "DCGM_FI_DEV_FB_FREE",
              false,
              true));

  private Forecasts() {}

  /**
   * The soonest first, those without a time last.
   *
   * @param now nothing later is looked at
   */
  public static List<Forecast> of(Model model, Instant now, Evidence evidence)
      throws EvidenceException {
    List<Forecast> all = new ArrayList<>(staleness(model, now, evidence).stream().toList());
    Window lately = new Window(now.minus(SEEN), now);
    Surroundings around =
        Surroundings.of(new Case(model, lately, List.of(), "", lately, Optional.empty()), evidence);
    List<String> metrics = new ArrayList<>(LAGS);
    VESSELS.forEach(vessel -> metrics.addAll(List.of(vessel.part(), vessel.other())));
    List<Line> lines =
        evidence.metrics().lines(model, metrics, around.concerning(), LABELS, lately, STEP);
    for (Vessel vessel : VESSELS) {
      filling(vessel, lines, now).ifPresent(all::add);
    }
    lag(lines).ifPresent(all::add);
    all.addAll(certificates(model, around, now, evidence));
    all.sort(
        Comparator.comparing((Forecast one) -> one.at().orElse(Instant.MAX))
            .thenComparing(Forecast::what));
    return all.subList(0, Math.min(MOST, all.size()));
  }

  /** Only what is overdue or failing: what runs on time will not be stale. */
  private static Optional<Forecast> staleness(Model model, Instant now, Evidence evidence)
      throws EvidenceException {
    if (evidence.events().catalog(model, Dataset.RUN).isEmpty()) {
      return Optional.empty();
    }
    List<Event> runs = StaleModel.runs(model, now, evidence);
    Pipeline pipeline =
        new Pipeline(
            model
                .retraining()
                .map(Model.Retraining::pipeline)
                .or(() -> runs.stream().findFirst().flatMap(run -> run.text(Fields.PIPELINE)))
                .orElse("its retraining"),
            runs);
    Optional<Duration> every = model.retraining().map(Model.Retraining::every).or(pipeline::rhythm);
    if (every.isEmpty() || pipeline.successes().isEmpty()) {
      return Optional.empty();
    }
    Instant last = pipeline.lastGood();
    Instant due = last.plus(every.get());
    Instant stale = last.plusMillis((long) (every.get().toMillis() * StaleModel.GRACE));
    int failed = pipeline.failuresSinceSuccess().size();
    boolean isSoon = stale.isAfter(now) && !stale.isAfter(now.plus(AHEAD));
    if (!isSoon || (failed == 0 && !due.isBefore(now))) {
      return Optional.empty();
    }
    return Optional.of(
        new Forecast(
            Forecast.Kind.STALE_MODEL,
            model.name() + " goes stale",
            Optional.of(stale),
            pipeline.name()
                + " last succeeded "
                + Text.duration(Duration.between(last, now))
                + " ago and is due every "
                + Text.duration(every.get())
                + (failed == 0 ? "" : "; " + Text.count(failed, "run") + " failed since")));
  }

  /** Of each kind of vessel the one that is full first. */
  private static Optional<Forecast> filling(Vessel vessel, List<Line> lines, Instant now) {
    Map<Map<String, String>, Line> others = new HashMap<>();
    lines.stream()
        .filter(line -> line.metric().equals(vessel.other()))
        .forEach(line -> others.put(line.labels(), line));
    List<Forecast> found = new ArrayList<>();
    for (Line line : lines) {
      Line other = others.get(line.labels());
      if (!line.metric().equals(vessel.part()) || other == null) {
        continue;
      }
      List<Point> shares = joined(line, other, vessel::fullness);
      Trend.rising(shares, LEAST_RISE)
          .filter(trend -> trend.until(1).compareTo(AHEAD) <= 0 && trend.last() < 1)
          .ifPresent(trend -> found.add(full(vessel, line, trend, now)));
    }
    return found.stream()
        .min(
            Comparator.comparing((Forecast one) -> one.at().orElse(Instant.MAX))
                .thenComparing(Forecast::what));
  }

  private static List<Point> joined(Line first, Line second, BinaryOperator<Double> figure) {
    Map<Instant, Double> values = new HashMap<>();
    second.points().forEach(point -> values.put(point.time(), point.value()));
    List<Point> points = new ArrayList<>();
    for (Point point : first.points()) {
      Double value = values.get(point.time());
      if (value != null && value > 0) {
        points.add(new Point(point.time(), figure.apply(point.value(), value)));
      }
    }
    return points;
  }

  private static Forecast full(Vessel vessel, Line line, Trend trend, Instant now) {
    return new Forecast(
        vessel.kind(),
        vessel.name() + where(line) + " is full",
        Optional.of(now.plus(trend.until(1))),
        "it is "
            + Text.percent(trend.last())
            + " full and has grown by "
            + Text.percent(trend.perHour())
            + " an hour for "
            + Text.duration(trend.length()));
  }

  private static String where(Line line) {
    List<String> parts = new ArrayList<>();
    for (String label : List.of("mountpoint", "persistentvolumeclaim", "gpu", "pod")) {
      String value = line.labels().getOrDefault(label, "");
      if (!value.isEmpty()) {
        parts.add(label.equals("gpu") ? "GPU " + value : value);
      }
    }
    String host = line.labels().getOrDefault(Fields.HOST, "");
    return (parts.isEmpty() ? "" : " " + String.join(", ", parts))
        + (host.isEmpty() ? "" : " of " + host);
  }

  /**
   * The lag that grows fastest; its hours in arrears are what matters, and nobody knows a limit.
   */
  private static Optional<Forecast> lag(List<Line> lines) {
    record Growing(Line line, Trend trend) {}
    return lines.stream()
        .filter(line -> LAGS.contains(line.metric()))
        .flatMap(
            line ->
                Trend.rising(line.points(), LEAST_LAG).stream()
                    .filter(trend -> trend.perHour() * hours(trend.length()) >= trend.last() / 2)
                    .map(trend -> new Growing(line, trend)))
        .max(
            Comparator.comparingDouble((Growing one) -> one.trend().perHour())
                .thenComparing(one -> one.line().labels().toString()))
        .map(
            one ->
                new Forecast(
                    Forecast.Kind.LAG,
                    "the lag of " + reader(one.line()) + " grows",
                    Optional.empty(),
                    "it is "
                        + Text.count(Math.round(one.trend().last()), "message")
                        + " behind and has grown by "
                        + Text.count(Math.round(one.trend().perHour()))
                        + " an hour for "
                        + Text.duration(one.trend().length())));
  }

  private static double hours(Duration length) {
    return length.toMinutes() / 60.0;
  }

  private static String reader(Line line) {
    List<String> names = new ArrayList<>(Lags.READERS);
    names.addAll(List.of("topic", "topic_name", "pod", Fields.HOST));
    for (String label : names) {
      String value = line.labels().getOrDefault(label, "");
      if (!value.isEmpty()) {
        String topic = line.labels().getOrDefault("topic", "");
        return topic.isEmpty() || topic.equals(value) ? value : value + " on " + topic;
      }
    }
    return "a stream it reads";
  }

  private static List<Forecast> certificates(
      Model model, Surroundings around, Instant now, Evidence evidence) throws EvidenceException {
    List<String> addresses = new ArrayList<>();
    for (String name : Stream.of(model.name(), model.service()).distinct().toList()) {
      addresses.addAll(List.of("https://" + name, name + ".", name + ":"));
    }
    Condition mine =
        new Condition.Any(
            List.of(
                around.concerning(),
                new Condition.StartsWith(
                    Fields.label("instance"), addresses.stream().sorted().toList())));
    Window lately = new Window(now.minus(Duration.ofHours(1)), now);
    List<Forecast> found = new ArrayList<>();
    for (Line line :
        evidence
            .metrics()
            .lines(model, List.of(CERTIFICATE), mine, List.of("instance"), lately, STEP)) {
      if (line.points().isEmpty()) {
        continue;
      }
      double value = line.points().get(line.points().size() - 1).value();
      Instant end = Instant.ofEpochSecond((long) value);
      if (end.isAfter(now) && !end.isAfter(now.plus(CERTIFICATES_AHEAD))) {
        String where = line.labels().getOrDefault("instance", "");
        found.add(
            new Forecast(
                Forecast.Kind.CERTIFICATE,
                "the certificate of " + (where.isEmpty() ? model.service() : where) + " ends",
                Optional.of(end),
                "the last probe saw it"));
      }
    }
    return found;
  }
}
