package dev.samovar.checks;

import dev.samovar.evidence.Binning;
import dev.samovar.evidence.Evidence;
import dev.samovar.evidence.EvidenceException;
import dev.samovar.evidence.Fields;
import dev.samovar.evidence.Histogram;
import dev.samovar.evidence.Query;
import dev.samovar.evidence.Window;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How long requests took. Logged ones in fixed bins from 10 µs to 20 min, each 15 % wider than the
 * one before: a quantile read from them is off by less than that; those that a server counted in its
 * own buckets. What is decided is the share above an edge, which is exact.
 */
final class Latency {
  private static final double FIRST = 1e4;
  private static final double RATIO = 1.15;
  private static final int BINS = 133;

  /** Nanoseconds, one more than there are bins. */
  private final List<Double> edges;

  /** Requests of each bin, then those above. */
  private final long[] counts;

  private Latency(List<Double> edges, long[] counts) {
    this.edges = edges;
    this.counts = counts;
  }

  /** From a server's own buckets. */
  static Latency of(List<Double> edges, long[] counts) {
    return new Latency(List.copyOf(edges), counts.clone());
  }

  static Binning.Edges bins() {
    List<Double> edges = new ArrayList<>();
    edges.add(0.0);
    for (int i = 0; i < BINS; i++) {
      edges.add((double) Math.round(FIRST * Math.pow(RATIO, i)));
    }
    return new Binning.Edges(Fields.DURATION, edges);
  }

  /** One for each window. */
  static List<Latency> read(Evidence evidence, Query query, List<Window> windows)
      throws EvidenceException {
    return evidence.events().histograms(query, List.of(bins()), windows).stream()
        .map(histograms -> of(histograms.get(0)))
        .toList();
  }

  private static Latency of(Histogram histogram) {
    long[] counts = new long[histogram.counts().size() + 1];
    for (int i = 0; i < counts.length - 1; i++) {
      counts[i] = histogram.counts().get(i);
    }
    counts[counts.length - 1] = histogram.above();
    return new Latency(bins().edges(), counts);
  }

  static Latency sum(List<Latency> all) {
    return new Latency(
        all.get(0).edges, Bins.sum(all.stream().map(latency -> latency.counts).toList()));
  }

  long total() {
    return Bins.total(counts);
  }

  /** The bin that holds the quantile. */
  int bin(double quantile) {
    long seen = 0;
    for (int i = 0; i < counts.length; i++) {
      seen += counts[i];
      if (seen >= quantile * total() && seen > 0) {
        return i;
      }
    }
    return counts.length - 1;
  }

  /** Nanoseconds: the upper edge of the bin that holds it. */
  double quantile(double quantile) {
    return edge(bin(quantile) + 1);
  }

  double edge(int index) {
    return edges.get(Math.min(index, edges.size() - 1));
  }

  /** Requests that took longer than the bin. */
  long above(int bin) {
    long above = 0;
    for (int i = bin + 1; i < counts.length; i++) {
      above += counts[i];
    }
    return above;
  }

  double shareAbove(int bin) {
    return total() == 0 ? 0 : (double) above(bin) / total();
  }

  /** {@code 250 ms}, {@code 1.3 s}. */
  static String text(double nanos) {
    double millis = nanos / 1e6;
    return millis < 1000
        ? String.format(Locale.ROOT, millis < 10 ? "%.1f ms" : "%.0f ms", millis)
        : String.format(Locale.ROOT, "%.1f s", millis / 1000);
  }

  static String text(Duration duration) {
    return text((double) duration.toNanos());
  }
}
