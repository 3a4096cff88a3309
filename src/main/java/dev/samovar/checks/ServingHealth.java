package dev.samovar.checks;

import dev.samovar.checks.Surroundings.Watched;
import dev.samovar.evidence.Attempt;
import dev.samovar.evidence.Catalog;
import dev.samovar.evidence.Condition;
import dev.samovar.evidence.Dataset;
import dev.samovar.evidence.Evidence;
import dev.samovar.evidence.EvidenceException;
import dev.samovar.evidence.Fields;
import dev.samovar.evidence.Metrics;
import dev.samovar.evidence.Model;
import dev.samovar.evidence.Query;
import dev.samovar.evidence.Tally;
import dev.samovar.evidence.Window;
import dev.samovar.statistics.Proportions;
import dev.samovar.statistics.RobustSpread;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Latency, errors, traffic and saturation, against what was promised and what is usual at this time
 * of day. A limit that is missed every day is told, and is no news; a peak that is served well is
 * none either.
 */
final class ServingHealth implements Check {
  private static final long ENOUGH = 100;

  /** Fewer requests say nothing about how many fail. */
  private static final long FEWEST = 10;

  private static final double CERTAIN = 0.001;
  private static final double DROP = 0.5;
  private static final double SURGE = 3.5;

  private static final List<String> QUEUES =
      List.of(
          "nv_inference_pending_request_count",
          "vllm:num_requests_waiting",
          "ray_serve_deployment_queued_queries",
          "ray_serve_num_ongoing_requests_at_replicas",
          "bentoml_service_request_in_progress",
          "revision_queue_depth",
          "QueueTime",
          "queue_depth",
          "requests_in_flight",
          "http_requests_in_flight",
          "inflight_requests");

  private static final List<String> OWNERS =
      List.of("model", "model_name", "ModelName", "deployment", "configuration_name");

  private static final List<String> FULLNESS =
      List.of("vllm:kv_cache_usage_perc", "vllm:gpu_cache_usage_perc");

  @Override
  public CheckId id() {
    return CheckId.SERVING_HEALTH;
  }

  @Override
  public Set<CheckId> explains() {
    return Set.of();
  }

  @Override
  public Outcome examine(Case subject, Evidence evidence) throws EvidenceException {
    Catalog catalog = evidence.events().catalog(subject.model(), Dataset.INFERENCE);
    List<Window> windows = new ArrayList<>();
    windows.add(subject.window());
    windows.addAll(subject.reference());
    Surroundings around = Surroundings.of(subject, evidence);
    Attempt<List<ServingFigures>> counted =
        Attempt.at(() -> ServingFigures.read(around, windows), List.of());
    List<Ailment> ailments = new ArrayList<>();
    List<String> said = new ArrayList<>();
    long requests = 0;
    for (ServingFigures figures : counted.answer()) {
      ailments.addAll(judged(figures, around));
      requests = Math.max(requests, figures.tallies().get(0).total());
      said.add(figures.summary());
    }
    boolean isCounted = requests >= FEWEST;
    Optional<Outcome> unlogged =
        catalog.isEmpty()
            ? Optional.of(
                Outcome.blind(
                    catalog.absence(),
                    "log predictions there, or name the index under models[].indices.inference,"
                        + " or let Prometheus scrape the model's server"))
            : logged(subject, evidence, windows, isCounted, ailments, said);
    Attempt<List<Watched>> queues = Attempt.at(() -> queues(around), List.of());
    queues.answer().forEach(line -> saturated(line).ifPresent(ailments::add));
    Attempt<WatchedFigures> watched =
        Attempt.at(() -> WatchedFigures.read(around), new WatchedFigures(List.of(), List.of(), 0));
    watched.answer().departures().forEach(departure -> ailments.add(Ailment.of(departure)));
    if (!ailments.isEmpty()) {
      return found(ailments)
          .without(
              Stream.of(counted, queues, watched)
                  .filter(attempt -> attempt.silence().isPresent())
                  .findFirst()
                  .orElse(watched));
    }
    counted.orThrow();
    queues.orThrow();
    watched.orThrow();
    watched.answer().unheard().ifPresent(said::add);
    if (unlogged.isPresent() && !isCounted) {
      return counted.answer().isEmpty()
          ? unlogged.get()
          : Outcome.thin(
              "only " + Text.count(requests, "request") + " in the window",
              "ask about a longer time (--since)");
    }
    return Outcome.clear("serving is as usual: " + String.join("; ", said));
  }

  /** What the predictions themselves tell; why they tell nothing, where that is so. */
  private static Optional<Outcome> logged(
      Case subject,
      Evidence evidence,
      List<Window> windows,
      boolean isCounted,
      List<Ailment> ailments,
      List<String> said)
      throws EvidenceException {
    Query query = Query.of(subject.model(), Dataset.INFERENCE);
    Condition failure = Condition.is(Fields.OUTCOME, "failure");
    List<Tally> tallies =
        evidence
            .events()
            .tally(
                query,
                windows,
                Map.of("failed", failure, "timed", new Condition.Present(Fields.DURATION)));
    Tally now = tallies.get(0);
    List<Tally> before = before(tallies);
    // Where the server counted requests, silence in the log is the log's.
    if (!isCounted || now.total() > 0) {
      traffic(subject, now, before)
          .map(
              ailment ->
                  ailment.shown(
                      evidence.events().link(query, subject.window()),
                      new Signal.Volume("number of requests", query)))
          .ifPresent(ailments::add);
    }
    if (now.total() == 0) {
      return Optional.of(
          Outcome.blind(
              "no predictions of " + subject.model().name() + " were logged in the window",
              "check that the model serves and that its log shipper runs, or ask about another"
                  + " time (--since, --at)"));
    }
    errors(subject, now, before)
        .map(
            ailment ->
                ailment.shown(
                    evidence.events().link(query.and(failure), subject.window()),
                    new Signal.Share("share of failed requests", query, failure)))
        .ifPresent(ailments::add);
    String speed =
        now.of("timed") == 0 ? "latency is not logged (event.duration)" : "too few for a p99";
    if (now.of("timed") >= ENOUGH) {
      List<Latency> latencies =
          Latency.read(evidence, query.and(new Condition.Present(Fields.DURATION)), windows);
      latency(subject, latencies)
          .map(
              late -> {
                double edge = late.edge();
                Condition above =
                    new Condition.Between(Fields.DURATION, edge, Double.POSITIVE_INFINITY);
                return late.ailment()
                    .shown(
                        evidence.events().link(query.and(above), subject.window()),
                        new Signal.Share(
                            "share of requests over " + Latency.text(edge), query, above));
              })
          .ifPresent(ailments::add);
      speed = "p99 " + Latency.text(latencies.get(0).quantile(0.99));
    }
    said.add(
        0,
        Text.count(now.total(), "request")
            + ", "
            + Text.percent(now.share("failed"))
            + " failed, "
            + speed
            + missedAsUsual(subject.model(), now, before));
    return now.total() < FEWEST
        ? Optional.of(
            Outcome.thin(
                "only " + Text.count(now.total(), "request") + " in the window",
                "ask about a longer time (--since)"))
        : Optional.empty();
  }

  private static List<Tally> before(List<Tally> tallies) {
    return tallies.subList(1, tallies.size()).stream().filter(tally -> tally.total() > 0).toList();
  }

  /** What the server's own counters tell, by the same rules. */
  private static List<Ailment> judged(ServingFigures figures, Surroundings around)
      throws EvidenceException {
    Case subject = around.subject();
    Tally now = figures.tallies().get(0);
    List<Tally> before = before(figures.tallies());
    List<Ailment> all = new ArrayList<>();
    traffic(subject, now, before).ifPresent(all::add);
    if (now.total() >= FEWEST) {
      errors(subject, now, before).ifPresent(all::add);
      if (!figures.latencies().isEmpty() && figures.latencies().get(0).total() >= ENOUGH) {
        latency(subject, figures.latencies()).map(Late::ailment).ifPresent(all::add);
      } else if (!figures.means().isEmpty() && now.total() >= ENOUGH) {
        mean(subject, figures).ifPresent(all::add);
      }
    }
    if (all.isEmpty()) {
      return all;
    }
    List<Window> slices = ServingFigures.slices(subject.horizon());
    Optional<ServingFigures> overTime = figures.overTime(around);
    return all.stream()
        .map(
            ailment ->
                ailment.counted(
                    figures,
                    ailment
                        .expression(figures.reasons())
                        .flatMap(text -> around.evidence().metrics().link(text, subject.horizon())),
                    overTime.map(
                        steps ->
                            new Signal.Level(
                                ailment.kind().signal,
                                steps.points(slices, i -> ailment.kind().at(steps, i)),
                                ailment.kind().unit))))
        .toList();
  }

  private static List<Watched> queues(Surroundings around) throws EvidenceException {
    return Surroundings.ownByMetric(
        around.subject().model(),
        OWNERS,
        around.watch(saturation(around.subject().model()), OWNERS));
  }

  private static List<String> saturation(Model model) {
    List<String> all = new ArrayList<>(QUEUES);
    all.addAll(FULLNESS);
    // An extra metric may be a bare name, which needs no PromQL.
    model.metrics().values().stream().filter(Metrics::isName).forEach(all::add);
    return all.stream().distinct().sorted().toList();
  }

  /** The four golden signals, and how each of them shows in counters over time. */
  private enum Sort {
    TRAFFIC("number of requests", Figure.Unit.COUNT) {
      @Override
      double at(ServingFigures steps, int index) {
        return steps.tallies().get(index).total();
      }
    },
    ERRORS("share of failed requests", Figure.Unit.SHARE) {
      @Override
      double at(ServingFigures steps, int index) {
        Tally tally = steps.tallies().get(index);
        return tally.total() == 0 ? Double.NaN : tally.share("failed");
      }
    },
    LATENCY("time a request takes (ms)", Figure.Unit.MILLISECONDS) {
      @Override
      double at(ServingFigures steps, int index) {
        if (!steps.latencies().isEmpty()) {
          Latency latency = steps.latencies().get(index);
          return latency.total() == 0 ? Double.NaN : latency.quantile(0.9) / 1e6;
        }
        return steps.means().isEmpty() ? Double.NaN : steps.means().get(index) / 1e6;
      }
    },
    WATCHED("watched metric", Figure.Unit.NUMBER) {
      @Override
      double at(ServingFigures steps, int index) {
        return Double.NaN;
      }
    },
    SATURATION("queue", Figure.Unit.NUMBER) {
      @Override
      double at(ServingFigures steps, int index) {
        return Double.NaN;
      }
    };

    private final String signal;
    private final Figure.Unit unit;

    Sort(String signal, Figure.Unit unit) {
      this.signal = signal;
      this.unit = unit;
    }

    abstract double at(ServingFigures steps, int index);
  }

  private record Ailment(Sort kind, double strength, String text, Fact fact, List<Signal> signals) {

    static Ailment of(WatchedFigures.Departure departure) {
      return new Ailment(
          Sort.WATCHED,
          0.65,
          "A watched metric left its normal: " + departure.sentence(),
          departure.fact(),
          List.of(departure.signal()));
    }

    Ailment shown(Optional<String> link, Signal signal) {
      return new Ailment(kind, strength, text, fact.linked(link.orElse(null)), List.of(signal));
    }

    private Optional<String> expression(ServingFigures.Reasons reasons) {
      return switch (kind) {
        case TRAFFIC -> reasons.requests();
        case ERRORS -> reasons.failures();
        case LATENCY -> reasons.times();
        case SATURATION, WATCHED -> Optional.empty();
      };
    }

    /** As a server counted it: whose count it is, and why requests failed. */
    Ailment counted(ServingFigures figures, Optional<String> link, Optional<Signal.Level> signal) {
      List<String> why = figures.reasons().newest();
      String told =
          text
              + " ("
              + figures.exporter().name()
              + "'s own count"
              + (kind == Sort.ERRORS && !why.isEmpty() ? "; " + Text.list(why, 3) : "")
              + ")";
      return new Ailment(
          kind,
          strength,
          told,
          new Fact(told, fact.now(), fact.before(), fact.unit(), fact.subject(), link),
          signal.<List<Signal>>map(List::of).orElse(List.of()));
    }
  }

  private static Optional<Ailment> traffic(Case subject, Tally now, List<Tally> before) {
    if (before.isEmpty()) {
      return Optional.empty();
    }
    double[] counts = before.stream().mapToDouble(Tally::total).toArray();
    double usual = RobustSpread.median(counts);
    double least = java.util.Arrays.stream(counts).min().orElse(0);
    double most = java.util.Arrays.stream(counts).max().orElse(0);
    boolean fell = usual >= ENOUGH && now.total() < DROP * usual && now.total() < 0.7 * least;
    boolean rose = now.total() >= ENOUGH && now.total() > SURGE * usual && now.total() > 2 * most;
    if (!fell && !rose) {
      return Optional.empty();
    }
    String text =
        "Traffic "
            + (now.total() == 0 ? "stopped" : fell ? "fell" : "surged")
            + ": "
            + Text.count(now.total(), "request")
            + " in the window, usually "
            + Text.count(Math.round(usual))
            + " at this time of day";
    return Optional.of(
        new Ailment(
            Sort.TRAFFIC,
            fell ? Math.min(0.9, 0.65 + 0.3 * (1 - now.total() / usual)) : 0.6,
            text,
            Fact.of(text, subject.model().name(), (double) now.total(), usual, "requests"),
            List.of()));
  }

  private static Optional<Ailment> errors(Case subject, Tally now, List<Tally> before) {
    double share = now.share("failed");
    double usual = usual(before, "failed");
    double most = before.stream().mapToDouble(tally -> tally.share("failed")).max().orElse(0);
    double promised = subject.model().slo().errorRate().orElse(Double.POSITIVE_INFINITY);
    boolean misses =
        share > promised
            && Proportions.wilson(now.of("failed"), now.total(), 0.99).low() > promised
            && share > 1.5 * Math.max(usual, 1e-9)
            && share > most;
    boolean rose =
        now.of("failed") >= 10
            && share > most
            && share - usual >= 0.01
            && share >= 2 * usual
            && !before.isEmpty()
            && p(before, now, "failed") < CERTAIN;
    if (!misses && !rose) {
      return Optional.empty();
    }
    String text =
        Text.percent(share)
            + " of requests fail, "
            + Text.percent(usual)
            + " before"
            + (misses ? "; promised are at most " + Text.percent(promised) : "");
    return Optional.of(
        new Ailment(
            Sort.ERRORS,
            Math.min(0.92, 0.7 + share),
            text,
            Fact.of(text, subject.model().fieldName(Fields.OUTCOME), share, usual, "share"),
            List.of()));
  }

  private static double usual(List<Tally> before, String name) {
    double median =
        RobustSpread.median(before.stream().mapToDouble(tally -> tally.share(name)).toArray());
    return Double.isNaN(median) ? 0 : median;
  }

  private static double p(List<Tally> before, Tally now, String name) {
    long matching = before.stream().mapToLong(tally -> tally.of(name)).sum();
    long total = before.stream().mapToLong(Tally::total).sum();
    return Proportions.twoProportions(matching, total, now.of(name), now.total()).p();
  }

  /**
   * @param edge nanoseconds over which there are too many
   */
  private record Late(Ailment ailment, double edge) {}

  private static Optional<Late> latency(Case subject, List<Latency> latencies) {
    Latency now = latencies.get(0);
    List<Latency> before =
        latencies.subList(1, latencies.size()).stream()
            .filter(latency -> latency.total() >= ENOUGH / 4)
            .toList();
    Optional<Duration> promised = subject.model().slo().latencyP99();
    if (before.isEmpty()) {
      return Optional.empty();
    }
    Latency usual = Latency.sum(before);
    Slow slow =
        slower(now, usual, before, 0.5)
            .or(() -> slower(now, usual, before, 0.9))
            .or(() -> slower(now, usual, before, 0.99))
            .orElse(null);
    if (slow == null) {
      return Optional.empty();
    }
    double p99 = now.quantile(0.99);
    boolean misses = promised.filter(limit -> p99 > 1.15 * limit.toNanos()).isPresent();
    String text =
        "Requests are slow: p50 "
            + change(now, usual, 0.5)
            + ", p99 "
            + change(now, usual, 0.99)
            + (misses ? "; promised is a p99 of " + Latency.text(promised.get()) : "");
    return Optional.of(
        new Late(
            new Ailment(
                Sort.LATENCY,
                Math.min(0.92, 0.6 + slow.now() / 2 + (misses ? 0.1 : 0)),
                text,
                Fact.of(
                    text,
                    subject.model().fieldName(Fields.DURATION),
                    p99 / 1e6,
                    usual.quantile(0.99) / 1e6,
                    "ms"),
                List.of()),
            usual.edge(slow.bin() + 1)));
  }

  /** Where only the sum of all times is counted. */
  private static Optional<Ailment> mean(Case subject, ServingFigures figures) {
    double now = figures.means().get(0);
    double[] before =
        IntStream.range(1, figures.means().size())
            .filter(i -> figures.tallies().get(i).total() >= ENOUGH / 4)
            .mapToDouble(i -> figures.means().get(i))
            .toArray();
    double usual = RobustSpread.median(before);
    double most = java.util.Arrays.stream(before).max().orElse(Double.NaN);
    if (!(now > 1.5 * usual && now > 1.3 * most)) {
      return Optional.empty();
    }
    boolean misses =
        subject.model().slo().latencyP99().filter(limit -> now > limit.toNanos()).isPresent();
    String text =
        "Requests are slow: "
            + Latency.text(now)
            + " on average, "
            + Latency.text(usual)
            + " before"
            + (misses
                ? "; promised is a p99 of "
                    + Latency.text(subject.model().slo().latencyP99().orElseThrow())
                : "");
    return Optional.of(
        new Ailment(
            Sort.LATENCY,
            Math.min(0.92, 0.5 + 0.1 * now / usual + (misses ? 0.1 : 0)),
            text,
            Fact.of(text, subject.model().fieldName(Fields.DURATION), now / 1e6, usual / 1e6, "ms"),
            List.of()));
  }

  private static String change(Latency now, Latency before, double quantile) {
    return Latency.text(now.quantile(quantile))
        + ", "
        + Latency.text(before.quantile(quantile))
        + " before";
  }

  private record Slow(int bin, double now) {}

  /** Whether far more requests than usual take longer than what a quantile of them took. */
  private static Optional<Slow> slower(
      Latency now, Latency usual, List<Latency> before, double quantile) {
    int bin = usual.bin(quantile);
    double share = now.shareAbove(bin);
    double most = before.stream().mapToDouble(latency -> latency.shareAbove(bin)).max().orElse(0);
    double p =
        Proportions.twoProportions(usual.above(bin), usual.total(), now.above(bin), now.total())
            .p();
    // Of the slower half, half as many again; of the slowest hundredth, three times as many.
    double least =
        quantile < 0.9 ? 0.5 + (1 - usual.shareAbove(bin)) / 2 : 2.5 * usual.shareAbove(bin);
    boolean longer = now.quantile(quantile) > 1.25 * usual.quantile(quantile);
    return share > least && share > 1.3 * most && share > 0.02 && longer && p < CERTAIN
        ? Optional.of(new Slow(bin, share))
        : Optional.empty();
  }

  private static Optional<Ailment> saturated(Watched line) {
    if (line.recent().isEmpty()) {
      return Optional.empty();
    }
    String metric = line.line().metric();
    double now =
        RobustSpread.median(
            line.recent().subList(line.recent().size() / 2, line.recent().size()).stream()
                .mapToDouble(point -> point.value())
                .toArray());
    double usual = line.usual();
    double most = line.highestBefore();
    boolean isShare = FULLNESS.contains(metric);
    boolean isHigh =
        isShare ? now >= 0.95 && usual < 0.85 : now >= 5 && now > 3 * usual && now > 1.3 * most;
    if (!isHigh) {
      return Optional.empty();
    }
    String text =
        "Requests pile up: "
            + metric
            + " is "
            + (isShare ? Text.percent(now) : Text.figure(now))
            + ", usually "
            + (isShare ? Text.percent(usual) : Text.figure(usual))
            + (line.where().isEmpty() ? "" : " (" + line.where() + ")");
    return Optional.of(
        new Ailment(
            Sort.SATURATION,
            0.7,
            text,
            line.fact(text, metric, now, usual, isShare ? "share" : "count"),
            List.of(line.signal(metric))));
  }

  /** A limit that was missed before as well. */
  private static String missedAsUsual(Model model, Tally now, List<Tally> before) {
    double promised = model.slo().errorRate().orElse(Double.POSITIVE_INFINITY);
    return now.share("failed") > promised && usual(before, "failed") > promised
        ? "; the promised error rate of " + Text.percent(promised) + " is missed, as it usually is"
        : "";
  }

  private static Outcome.Found found(List<Ailment> ailments) {
    ailments.sort(
        Comparator.comparingDouble(Ailment::strength).reversed().thenComparing(Ailment::text));
    Ailment worst = ailments.get(0);
    // Two sources that tell the same are told once; the facts have both.
    Set<Sort> kinds = EnumSet.noneOf(Sort.class);
    List<String> told =
        ailments.stream().filter(ailment -> kinds.add(ailment.kind())).map(Ailment::text).toList();
    return new Outcome.Found(
        worst.strength() >= 0.8 ? Severity.CRITICAL : Severity.WARNING,
        worst.strength(),
        Text.list(told, 2),
        ailments.stream().map(Ailment::fact).toList(),
        ailments.stream().flatMap(ailment -> ailment.signals().stream()).toList(),
        Optional.empty());
  }
}
