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
import java.util.stream.Stream;
import org.apache.datasketches.frequencies.ErrorType;
import org.apache.datasketches.frequencies.ItemsSketch;

/**
 * What one column holds, in memory that does not grow with the rows: of numbers an even sample
 * (ranks right to about half a per cent) and, as long as they are few, each one's count; of words a
 * sketch of frequent items, exact up to some thousand.
 */
final class Column {
  private static final int ITEMS = 4096;

  /** So many cells show whether a column's words are but slips among numbers. */
  private static final long TELLING = 10_000;

  /** Up to this share of words a column is one of numbers, and the words are invalid. */
  private static final double SLIPS = 0.05;

  /** A number that is logged as a float is off by less than this part of it. */
  private static final double FLOAT = 1e-7;

  private final String name;
  private final Sample sample;
  private final ItemsSketch<String> items = new ItemsSketch<>(ITEMS);
  private final ValueCounts values = new ValueCounts();
  private final Extremes range = new Extremes();
  private long words;
  private long spelled;
  private long notAvailable;
  private long invalid;
  private double[] numbers = new double[0];
  private volatile boolean keepsSpelling = true;

  /**
   * @param sampled how many numbers are kept
   */
  Column(String name, int sampled) {
    this.name = name;
    this.sample = new Sample(sampled);
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
    sample.add(numbers, many);
    values.add(numbers, many);
    range.add(numbers, many);
    if (keepsSpelling && range.count() + words >= TELLING && isOfNumbers()) {
      keepsSpelling = false;
    }
  }

  private boolean isOfNumbers() {
    return range.count() > 0 && words <= SLIPS * (range.count() + words);
  }

  boolean isEmpty() {
    return range.count() + words + notAvailable == 0;
  }

  TrainingProfile.Feature feature(String field, long rows) {
    return isOfNumbers() ? ofNumbers(field, rows) : ofWords(field, rows);
  }

  private TrainingProfile.Feature ofNumbers(String field, long rows) {
    Map<String, Long> few = values.isCounting() ? values.byText() : Map.of();
    double[] sorted = sample.sorted();
    List<Double> deciles = new ArrayList<>();
    for (int decile = 1; decile < 10; decile++) {
      deciles.add(sorted[(int) ((sorted.length * (long) decile + 9) / 10) - 1]);
    }
    Binning chosen =
        Binning.of(
            new Profile(
                field,
                Kind.NUMBER,
                range.count(),
                few.isEmpty() ? Long.MAX_VALUE : few.size(),
                deciles,
                range.min(),
                range.max(),
                List.copyOf(few.keySet())));
    Binning binning = chosen instanceof Binning.Edges edges ? widened(edges) : chosen;
    List<Long> counts =
        binning instanceof Binning.Edges edges
            ? counts(edges, sorted)
            : ((Binning.Values) binning)
                .values().stream().map(value -> few.getOrDefault(value, 0L)).toList();
    long wrong = words + invalid;
    return new TrainingProfile.Feature(
        Kind.NUMBER,
        new Histogram(binning, counts, rows - range.count() - wrong, wrong, 0, 0, 0, ""));
  }

  /**
   * Serving may log 0.7 as the float 0.69999999: a value that lies on an edge must stay on its side
   * of it, and within the bin that is its own.
   */
  private static Binning.Edges widened(Binning.Edges binning) {
    List<Double> edges = new ArrayList<>();
    double before = Double.NEGATIVE_INFINITY;
    for (double edge : binning.edges()) {
      double slack = FLOAT * Math.abs(edge);
      edges.add(edge - before < 10 * slack ? edge + slack : edge - slack);
      before = edge;
    }
    double last = binning.edges().get(binning.size());
    edges.set(binning.size(), last + FLOAT * Math.abs(last));
    return new Binning.Edges(binning.field(), edges);
  }

  /** The share of each bin in the sample, as counts that add up to that of all numbers. */
  private List<Long> counts(Binning.Edges binning, double[] sorted) {
    List<Long> counts = new ArrayList<>();
    long before = 0;
    for (int i = 1; i <= binning.size(); i++) {
      double share =
          i == binning.size() ? 1 : (double) below(sorted, binning.edges().get(i)) / sorted.length;
      long upTo = Math.max(before, Math.round(share * range.count()));
      counts.add(upTo - before);
      before = upTo;
    }
    return counts;
  }

  /** How many are less than an edge. */
  private static int below(double[] sorted, double edge) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < edge) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private TrainingProfile.Feature ofWords(String field, long rows) {
    long filled = range.count() + words + notAvailable;
    Map<String, Long> frequent = frequent();
    boolean isBoolean = !frequent.isEmpty() && isAllTruth(frequent) && range.count() == 0;
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
        new Histogram(binning, counts, rows - filled - invalid, invalid, 0, 0, filled - known, ""));
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
    if (range.count() > 0 && words > 0) {
      String example = example();
      return isOfNumbers()
          ? "is taken for numbers; "
              + words
              + " of its values are none (such as "
              + example
              + ") and count as invalid"
          : "mixes "
              + range.count()
              + " numbers with "
              + words
              + " words (such as "
              + example
              + ") and is taken for words"
              + (spelled < range.count() ? "; most of the numbers count as one value" : "");
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
      return "numbers from " + Numbers.text(range.min()) + " to " + Numbers.text(range.max());
    }
    long distinct = items.getNumActiveItems();
    return (items.getMaximumError() > 0 ? "more than " : "") + distinct + " words";
  }
}
