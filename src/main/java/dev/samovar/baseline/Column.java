package dev.samovar.baseline;

import dev.samovar.evidence.Binning;
import dev.samovar.evidence.Catalog.Kind;
import dev.samovar.evidence.Histogram;
import dev.samovar.evidence.Numbers;
import dev.samovar.evidence.Profile;
import dev.samovar.evidence.TrainingProfile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.datasketches.frequencies.ErrorType;
import org.apache.datasketches.frequencies.ItemsSketch;
import org.apache.datasketches.kll.KllDoublesSketch;
import org.apache.datasketches.quantilescommon.QuantileSearchCriteria;

/**
 * What one column holds, in memory that does not grow with the rows: numbers in a quantile sketch
 * (KLL, ranks right to about half a per cent) and, as long as they are few, one by one; words in a
 * sketch of frequent items, exact up to some thousand.
 */
final class Column {
  private static final int QUANTILE_SIZE = 800;
  private static final int ITEMS = 4096;

  /** So many cells show whether a column's words are but slips among numbers. */
  private static final long TELLING = 10_000;

  /** Up to this share of words a column is one of numbers, and the words are invalid. */
  private static final double SLIPS = 0.05;

  private static final double[] DECILES = {0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9};

  private final String name;
  private final KllDoublesSketch quantiles = KllDoublesSketch.newHeapInstance(QUANTILE_SIZE);
  private final ItemsSketch<String> items = new ItemsSketch<>(ITEMS);
  private final ValueCounts values = new ValueCounts();
  private final Moments moments = new Moments();
  private long words;
  private long spelled;
  private long notAvailable;
  private long invalid;
  private double[] numbers = new double[0];
  private volatile boolean keepsSpelling = true;

  Column(String name) {
    this.name = name;
  }

  String name() {
    return name;
  }

  /** Whether numbers must come with their text, since the column may turn out to hold words. */
  boolean keepsSpelling() {
    return keepsSpelling;
  }

  void add(Batch.Cells cells, int rows) {
    if (numbers.length < rows) {
      numbers = new double[rows];
    }
    int many = 0;
    for (int row = 0; row < rows; row++) {
      switch (cells.kinds[row]) {
        case Batch.NUMBER -> {
          numbers[many++] = cells.numbers[row];
          String text = cells.texts[row];
          if (text != null) {
            spelled++;
            items.update(text);
          }
        }
        case Batch.WORD -> {
          words++;
          items.update(cells.texts[row]);
        }
        case Batch.NOT_AVAILABLE -> {
          notAvailable++;
          items.update("NA");
        }
        case Batch.INVALID -> invalid++;
        default -> {
          // Missing cells are what the other counts leave of the rows.
        }
      }
    }
    quantiles.update(numbers, 0, many);
    values.add(numbers, many);
    moments.add(numbers, many);
    if (keepsSpelling && moments.count() + words >= TELLING && isOfNumbers()) {
      keepsSpelling = false;
    }
  }

  private boolean isOfNumbers() {
    return moments.count() > 0 && words <= SLIPS * (moments.count() + words);
  }

  boolean isEmpty() {
    return moments.count() + words + notAvailable == 0;
  }

  TrainingProfile.Feature feature(String field, long rows) {
    return isOfNumbers() ? ofNumbers(field, rows) : ofWords(field, rows);
  }

  private TrainingProfile.Feature ofNumbers(String field, long rows) {
    Map<String, Long> few = values.isCounting() ? values.byText() : Map.of();
    List<Double> deciles = new ArrayList<>();
    for (double decile : quantiles.getQuantiles(DECILES, QuantileSearchCriteria.INCLUSIVE)) {
      deciles.add(decile);
    }
    Binning binning =
        Binning.of(
            new Profile(
                field,
                Kind.NUMBER,
                moments.count(),
                few.isEmpty() ? Long.MAX_VALUE : few.size(),
                deciles,
                moments.min(),
                moments.max(),
                List.copyOf(few.keySet())));
    List<Long> counts =
        binning instanceof Binning.Edges edges
            ? counts(edges)
            : ((Binning.Values) binning)
                .values().stream().map(value -> few.getOrDefault(value, 0L)).toList();
    long wrong = words + invalid;
    return new TrainingProfile.Feature(
        Kind.NUMBER,
        new Histogram(binning, counts, rows - moments.count() - wrong, wrong, 0, 0, 0, ""),
        Optional.of(
            new TrainingProfile.Figures(
                moments.min(), moments.max(), moments.mean(), moments.deviation())));
  }

  /** The share of each bin by the sketch; they add up to the count. */
  private List<Long> counts(Binning.Edges binning) {
    List<Long> counts = new ArrayList<>();
    long below = 0;
    for (int i = 1; i <= binning.size(); i++) {
      double share =
          i == binning.size()
              ? 1
              : quantiles.getRank(binning.edges().get(i), QuantileSearchCriteria.EXCLUSIVE);
      long upTo = Math.max(below, Math.round(share * moments.count()));
      counts.add(upTo - below);
      below = upTo;
    }
    return counts;
  }

  private TrainingProfile.Feature ofWords(String field, long rows) {
    long filled = moments.count() + words + notAvailable;
    Map<String, Long> frequent = frequent();
    boolean isBoolean = !frequent.isEmpty() && isAllTruth(frequent) && moments.count() == 0;
    if (isBoolean) {
      Map<String, Long> lower = new HashMap<>();
      frequent.forEach(
          (text, count) -> lower.merge(text.toLowerCase(Locale.ROOT), count, Long::sum));
      frequent = byCount(lower.entrySet().stream());
    }
    Kind kind = isBoolean ? Kind.BOOLEAN : Kind.KEYWORD;
    Binning.Values binning =
        (Binning.Values)
            Binning.of(
                new Profile(
                    field,
                    kind,
                    filled,
                    items.getNumActiveItems(),
                    List.of(),
                    Double.NaN,
                    Double.NaN,
                    List.copyOf(frequent.keySet())));
    List<Long> counts = new ArrayList<>();
    long known = 0;
    for (String value : binning.values()) {
      long count = frequent.getOrDefault(value, 0L);
      counts.add(count);
      known += count;
    }
    return new TrainingProfile.Feature(
        kind,
        new Histogram(binning, counts, rows - filled - invalid, invalid, 0, 0, filled - known, ""),
        Optional.empty());
  }

  private static boolean isAllTruth(Map<String, Long> values) {
    return values.keySet().stream()
        .allMatch(text -> text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false"));
  }

  /** Of each value what it surely occurs, the most frequent first. */
  private Map<String, Long> frequent() {
    List<ItemsSketch.Row<String>> rows =
        List.of(items.getFrequentItems(ErrorType.NO_FALSE_POSITIVES));
    return byCount(
        rows.stream()
            .filter(row -> row.getLowerBound() > 0)
            .map(row -> Map.entry(Objects.requireNonNull(row.getItem()), row.getLowerBound())));
  }

  private static Map<String, Long> byCount(Stream<Map.Entry<String, Long>> entries) {
    Map<String, Long> sorted = new LinkedHashMap<>();
    entries
        .sorted(
            Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
    return sorted;
  }

  /** What is odd about the column, as a sentence's end; empty when nothing is. */
  String oddity(long rows) {
    if (isEmpty()) {
      return rows == invalid ? "holds only lists or objects" : "is empty";
    }
    if (moments.count() > 0 && words > 0) {
      String example = example();
      return isOfNumbers()
          ? "is taken for numbers; "
              + words
              + " of its values are none (such as "
              + example
              + ") and count as invalid"
          : "mixes "
              + moments.count()
              + " numbers with "
              + words
              + " words (such as "
              + example
              + ") and is taken for words"
              + (spelled < moments.count() ? "; most of the numbers count as one value" : "");
    }
    return invalid > 0 ? invalid + " of its values are lists, objects or infinite" : "";
  }

  private String example() {
    NumberReader reader = new NumberReader();
    return frequent().keySet().stream()
        .filter(text -> !reader.read(text.toCharArray(), 0, text.length()))
        .findFirst()
        .map(text -> text.length() > 30 ? text.substring(0, 30) + "…" : text)
        .orElse("?");
  }

  /** For a table of the columns: what it is, in a few words. */
  String kind() {
    if (isEmpty()) {
      return "empty";
    }
    if (isOfNumbers()) {
      return "numbers from " + Numbers.text(moments.min()) + " to " + Numbers.text(moments.max());
    }
    long distinct = items.getNumActiveItems();
    return (items.getMaximumError() > 0 ? "more than " : "") + distinct + " words";
  }
}
