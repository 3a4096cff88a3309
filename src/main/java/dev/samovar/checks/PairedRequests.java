package dev.samovar.checks;

import dev.samovar.evidence.Catalog;
import dev.samovar.evidence.Condition;
import dev.samovar.evidence.Dataset;
import dev.samovar.evidence.Event;
import dev.samovar.evidence.Evidence;
import dev.samovar.evidence.EvidenceException;
import dev.samovar.evidence.Fields;
import dev.samovar.evidence.Numbers;
import dev.samovar.evidence.Query;
import dev.samovar.evidence.Window;
import dev.samovar.statistics.RobustSpread;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Requests whose features were logged twice under one {@code trace.id}: as they were served, and as
 * the training side computes them. Such a pair needs no statistics; either the two are equal or
 * not.
 *
 * @param pairs how many requests were found on both sides
 * @param differing the features that differ, the most often differing first
 */
record PairedRequests(int pairs, List<Differing> differing) {
  private static final int SAMPLE = 300;
  private static final int MOST_FEATURES = 60;
  private static final int FEWEST = 20;
  private static final double SHARE = 0.05;

  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(?:\\d{1,30}(?:\\.\\d{0,30})?|\\.\\d{1,30})(?:[eE][+-]?\\d{1,3})?");

  private static final MathContext FIGURES = new MathContext(4);

  /** Rounding on the way to the log. */
  private static final double EQUAL = 1e-4;

  /** The training side may be computed by a nightly job. */
  private static final Duration APART = Duration.ofDays(2);

  /**
   * @param share of the pairs in which the feature differs
   * @param how the pairs that differ do so, taken together; empty where they are too few to tell
   */
  record Differing(String field, double share, String how) {}

  /** What one request has on both sides. */
  private record Pair(String served, String trained) {}

  static PairedRequests read(Case subject, Evidence evidence, Catalog training, Catalog serving)
      throws EvidenceException {
    if (!training.has(Fields.TRACE) || !serving.has(Fields.TRACE)) {
      return new PairedRequests(0, List.of());
    }
    List<String> features =
        training.features().stream().filter(serving::has).limit(MOST_FEATURES).toList();
    List<String> wanted = new ArrayList<>(features);
    wanted.add(Fields.TRACE);
    Map<String, Event> served = new HashMap<>();
    for (Event event :
        evidence
            .events()
            .sample(
                Query.of(subject.model(), Dataset.INFERENCE)
                    .and(new Condition.Present(Fields.TRACE)),
                subject.window(),
                wanted,
                SAMPLE)) {
      event.text(Fields.TRACE).ifPresent(trace -> served.put(trace, event));
    }
    if (served.size() < FEWEST) {
      return new PairedRequests(0, List.of());
    }
    Window around =
        new Window(subject.window().from().minus(APART), subject.window().to().plus(APART));
    List<Event> rows =
        evidence
            .events()
            .newest(
                Query.of(subject.model(), Dataset.TRAINING)
                    .and(
                        new Condition.Is(Fields.TRACE, served.keySet().stream().sorted().toList())),
                around,
                wanted,
                SAMPLE);
    return rows.size() < FEWEST
        ? new PairedRequests(rows.size(), List.of())
        : compare(rows, served, features);
  }

  private static PairedRequests compare(
      List<Event> rows, Map<String, Event> served, List<String> features) {
    List<Differing> differing = new ArrayList<>();
    for (String feature : features) {
      int compared = 0;
      List<Pair> different = new ArrayList<>();
      for (Event row : rows) {
        Event twin = row.text(Fields.TRACE).map(served::get).orElse(null);
        Optional<String> trained = row.text(feature);
        if (twin == null || trained.isEmpty()) {
          continue;
        }
        compared++;
        Pair pair = new Pair(twin.text(feature).orElse("missing"), trained.get());
        if (!isSame(pair.served(), pair.trained())) {
          different.add(pair);
        }
      }
      double share = compared < FEWEST ? 0 : (double) different.size() / compared;
      if (share >= SHARE) {
        differing.add(new Differing(feature, share, how(feature, different)));
      }
    }
    differing.sort(
        Comparator.comparingDouble(Differing::share).reversed().thenComparing(Differing::field));
    return new PairedRequests(rows.size(), differing);
  }

  /** Never what a single request had: the medians of numbers, else the commonest pair of words. */
  private static String how(String feature, List<Pair> pairs) {
    if (pairs.size() < Shown.LEAST_ROWS) {
      return "";
    }
    double[] served = numbers(pairs, Pair::served);
    double[] trained = numbers(pairs, Pair::trained);
    if (served.length >= Shown.LEAST_ROWS && trained.length >= Shown.LEAST_ROWS) {
      return "typically "
          + figure(RobustSpread.median(served))
          + " served and "
          + figure(RobustSpread.median(trained))
          + " in training";
    }
    Map<Pair, Long> counted =
        pairs.stream().collect(Collectors.groupingBy(pair -> pair, Collectors.counting()));
    return counted.entrySet().stream()
        .max(
            Map.Entry.<Pair, Long>comparingByValue()
                .thenComparing(one -> one.getKey().toString(), Comparator.reverseOrder()))
        .filter(one -> one.getValue() >= Shown.LEAST_ROWS)
        .map(
            one ->
                "most often as "
                    + Shown.value(feature, one.getKey().served(), one.getValue())
                    + " served and "
                    + Shown.value(feature, one.getKey().trained(), one.getValue())
                    + " in training")
        .orElse("");
  }

  private static double[] numbers(List<Pair> pairs, Function<Pair, String> side) {
    return pairs.stream()
        .map(side)
        .filter(text -> NUMBER.matcher(text).matches())
        .mapToDouble(Double::parseDouble)
        .toArray();
  }

  private static String figure(double value) {
    return Numbers.text(new BigDecimal(value).round(FIGURES).doubleValue());
  }

  private static boolean isSame(String served, String trained) {
    if (served.equals(trained)) {
      return true;
    }
    try {
      double a = Double.parseDouble(served);
      double b = Double.parseDouble(trained);
      return Math.abs(a - b) <= EQUAL * Math.max(Math.abs(a), Math.abs(b));
    } catch (NumberFormatException e) {
      // Words; they were not equal.
      return false;
    }
  }

  Outcome found(Case subject) {
    List<Fact> facts = new ArrayList<>();
    List<Signal> none = List.of();
    for (Differing one : differing.subList(0, Math.min(5, differing.size()))) {
      facts.add(
          Fact.of(
              "the same request: " + sentence(one),
              subject.model().fieldName(one.field()),
              one.share(),
              0,
              "share"));
    }
    return new Outcome.Found(
        Severity.CRITICAL,
        0.93,
        "Serving computes features otherwise than training does: "
            + sentence(differing.get(0))
            + " ("
            + Text.count(pairs, "request")
            + " logged on both sides)"
            + (differing.size() > 1
                ? "; also "
                    + Text.list(
                        differing.stream().skip(1).map(d -> Fields.shortName(d.field())).toList(),
                        3)
                : ""),
        facts,
        none,
        Optional.empty());
  }

  private static String sentence(Differing one) {
    return Fields.shortName(one.field())
        + " differs in "
        + Text.percent(one.share())
        + (one.how().isEmpty() ? "" : ", " + one.how());
  }
}
