package dev.samovar.checks;

import dev.samovar.evidence.Evidence;
import dev.samovar.evidence.EvidenceException;
import dev.samovar.evidence.Fields;
import dev.samovar.evidence.Metrics;
import dev.samovar.statistics.RobustSpread;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What NVIDIA's DCGM exporter says about the memory of each GPU ({@code DCGM_FI_DEV_FB_USED} and
 * {@code _FREE}, MiB). A card that is full all the time was filled on purpose; one that fills up
 * leaks.
 */
record GpuFigures(List<Card> cards, Instant now) {
  private static final String USED = "DCGM_FI_DEV_FB_USED";
  private static final String FREE = "DCGM_FI_DEV_FB_FREE";
  private static final List<String> LABELS = List.of("gpu", "UUID", "hostname", "Hostname", "pod");
  private static final double FULL = 0.97;
  private static final double ROOMY = 0.9;

  /** A rise over the horizon, as a share of the card, below which nobody speaks of a leak. */
  private static final double RISE = 0.1;

  private static final double SOON_HOURS = 24;
  private static final int FEWEST_POINTS = 12;
  private static final List<Double> TAILS = List.of(1.0, 0.5, 0.25);

  /**
   * @param hours of each point, from the first
   * @param shares of its memory in use, 0 to 1
   * @param used MiB in use through the whole horizon, also where this is its tail
   */
  record Card(
      String host,
      String gpu,
      List<Double> hours,
      List<Double> shares,
      double capacityMib,
      Optional<String> link,
      List<Metrics.Point> used) {
    Figure.Course course() {
      return Figure.Course.of(
              "GPU memory in use on " + name(), Figure.Unit.MEBIBYTES, Figure.Line.of(used))
          .below(
              new Figure.Limit(
                  capacityMib, Text.count(Math.round(capacityMib)) + " MiB on the card"));
    }

    private double fullest() {
      return shares.stream().mapToDouble(Double::doubleValue).max().orElse(0);
    }

    String name() {
      return host + (gpu.isEmpty() ? "" : " GPU " + gpu);
    }

    double last() {
      return median(shares.subList(from(0.9), shares.size()));
    }

    double first() {
      return median(shares.subList(0, Math.max(1, from(0.25))));
    }

    private static double median(List<Double> values) {
      return RobustSpread.median(array(values));
    }

    private static double[] array(List<Double> values) {
      return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private int from(double part) {
      return Math.min(shares.size() - 1, (int) (shares.size() * part));
    }

    /** Share of the card an hour. */
    double slope() {
      return RobustSpread.theilSenSlope(array(hours), array(shares));
    }

    boolean isFull() {
      return last() >= FULL && first() < ROOMY;
    }

    /** Through the whole horizon, or through its last half or quarter: a leak begins somewhere. */
    Optional<Card> leaking() {
      return TAILS.stream()
          .map(part -> tail(from(1 - part)))
          .filter(card -> card.shares().size() >= FEWEST_POINTS)
          .filter(Card::leaks)
          .findFirst();
    }

    private Card tail(int from) {
      return new Card(
          host,
          gpu,
          hours.subList(from, hours.size()),
          shares.subList(from, shares.size()),
          capacityMib,
          link,
          used);
    }

    private boolean leaks() {
      double middle = median(shares.subList(from(0.4), from(0.6) + 1));
      double rise = last() - first();
      return slope() > 0
          && rise >= RISE
          && middle > first() + 0.25 * rise
          && middle < first() + 0.75 * rise
          && hoursLeft() <= SOON_HOURS;
    }

    double hoursLeft() {
      return (1 - last()) / slope();
    }
  }

  static GpuFigures read(Case subject, Evidence evidence, List<String> hosts)
      throws EvidenceException {
    Duration step = subject.horizon().length().dividedBy(120);
    Map<String, Metrics.Line> free = new TreeMap<>();
    List<Metrics.Line> used = new ArrayList<>();
    for (Metrics.Line line :
        evidence
            .metrics()
            .lines(
                subject.model(),
                List.of(USED, FREE),
                new Surroundings(subject, evidence, new TreeSet<>(hosts)).concerning(),
                LABELS,
                subject.horizon(),
                step.compareTo(Duration.ofMinutes(1)) < 0 ? Duration.ofMinutes(1) : step)) {
      if (line.metric().equals(FREE)) {
        free.put(line.labels().toString(), line);
      } else {
        used.add(line);
      }
    }
    List<Card> cards = new ArrayList<>();
    for (Metrics.Line line : used) {
      Metrics.Line other = free.get(line.labels().toString());
      if (other != null) {
        card(
                line,
                other,
                line.expression().flatMap(text -> evidence.metrics().link(text, subject.horizon())))
            .ifPresent(cards::add);
      }
    }
    return new GpuFigures(List.copyOf(cards), subject.now());
  }

  private static Optional<Card> card(Metrics.Line used, Metrics.Line free, Optional<String> link) {
    Map<Instant, Double> freeAt = new TreeMap<>();
    free.points().forEach(point -> freeAt.put(point.time(), point.value()));
    List<Metrics.Point> both =
        used.points().stream().filter(point -> freeAt.containsKey(point.time())).toList();
    if (both.size() < FEWEST_POINTS) {
      return Optional.empty();
    }
    List<Double> hours = new ArrayList<>();
    List<Double> shares = new ArrayList<>();
    double capacity = 0;
    for (Metrics.Point point : both) {
      double all = point.value() + freeAt.getOrDefault(point.time(), 0.0);
      hours.add(Duration.between(both.get(0).time(), point.time()).toSeconds() / 3600.0);
      shares.add(all == 0 ? 0 : point.value() / all);
      capacity = Math.max(capacity, all);
    }
    return Optional.of(
        new Card(
            host(used.labels()),
            used.labels().getOrDefault("gpu", ""),
            List.copyOf(hours),
            List.copyOf(shares),
            capacity,
            link,
            both));
  }

  private static String host(Map<String, String> labels) {
    return Stream.of(Fields.HOST, "hostname", "Hostname", "pod")
        .flatMap(label -> Optional.ofNullable(labels.get(label)).stream())
        .findFirst()
        .orElse("a host");
  }

  boolean isThere() {
    return !cards.isEmpty();
  }

  String summary() {
    double fullest = cards.stream().mapToDouble(Card::last).max().orElse(0);
    return Text.count(cards.size(), "GPU")
        + ", the fullest at "
        + Text.percent(fullest)
        + " of its memory and not rising";
  }

  /** What the fullest card looks like; of one of these hosts where any is. */
  List<Figure.Course> fullest(List<String> hosts) {
    return cards.stream()
        .max(
            Comparator.comparing((Card card) -> hosts.contains(card.host()))
                .thenComparingDouble(Card::fullest)
                .thenComparing(Card::name, Comparator.reverseOrder()))
        .map(Card::course)
        .map(List::of)
        .orElse(List.of());
  }

  Optional<Outcome> trouble() {
    List<Card> full = cards.stream().filter(Card::isFull).toList();
    List<Card> leaking =
        cards.stream()
            .flatMap(card -> card.leaking().stream())
            .sorted(Comparator.comparingDouble(Card::hoursLeft).thenComparing(Card::name))
            .toList();
    if (full.isEmpty() && leaking.isEmpty()) {
      return Optional.empty();
    }
    List<Fact> facts = new ArrayList<>();
    List<Card> all = new ArrayList<>(full);
    leaking.stream()
        .filter(card -> full.stream().noneMatch(other -> other.name().equals(card.name())))
        .forEach(all::add);
    for (Card card : all) {
      facts.add(
          Fact.of(
                  card.name()
                      + ": "
                      + Text.percent(card.last())
                      + " of "
                      + Text.count(Math.round(card.capacityMib()))
                      + " MiB in use, "
                      + Text.percent(card.first())
                      + " at first",
                  card.name(),
                  card.last(),
                  card.first(),
                  "share")
              .linked(card.link().orElse(null)));
    }
    Card first = all.get(0);
    boolean isFull = !full.isEmpty();
    return Optional.of(
        new Outcome.Found(
            isFull ? Severity.CRITICAL : Severity.WARNING,
            isFull ? 0.75 : 0.65,
            isFull
                ? "GPU memory is full on "
                    + first.name()
                    + ": "
                    + Text.percent(first.last())
                    + ", "
                    + Text.percent(first.first())
                    + " before"
                : "GPU memory leaks on "
                    + first.name()
                    + ": up from "
                    + Text.percent(first.first())
                    + " to "
                    + Text.percent(first.last())
                    + ", full in about "
                    + Text.duration(Duration.ofMinutes(Math.round(60 * first.hoursLeft()))),
            facts,
            List.of(),
            Optional.empty(),
            List.of(first.course())));
  }
}
