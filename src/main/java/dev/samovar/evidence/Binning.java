package dev.samovar.evidence;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.TreeSet;

/**
 * How the values of a field are sorted into bins. Every binning ends with four bins of its own:
 * missing, invalid, below and above the known range (for numbers) or unseen value (for values).
 */
public sealed interface Binning {
  String field();

  /** How many bins there are before the special ones. */
  int size();

  /**
   * Fixed bins: deciles over 20 distinct values, else one bin a value. Quantile bins with open ends
   * would hide new values: in New York's taxi trips a passenger count of 0 went from 0 % to 15.8 %,
   * and decile PSI said 0.003.
   */
  static Binning of(Profile profile) {
    List<String> values = profile.values();
    if (profile.kind() != Catalog.Kind.NUMBER) {
      return new Values(
          profile.field(), values.subList(0, Math.min(values.size(), Values.MOST_CATEGORIES)));
    }
    if (profile.count() == 0 || (profile.distinct() <= Values.MOST_NUMBERS && !values.isEmpty())) {
      return new Values(profile.field(), values);
    }
    double low = new BigDecimal(profile.min()).round(Edges.DOWN).doubleValue();
    double high = new BigDecimal(profile.max()).round(Edges.UP).doubleValue();
    TreeSet<Double> edges = new TreeSet<>(List.of(low, high));
    double previous = Double.NaN;
    for (double decile : profile.deciles()) {
      double edge = new BigDecimal(decile).round(Edges.NEAR).doubleValue();
      if (edge == previous) {
        // A tenth of all events share this value: it gets a bin to itself.
        edges.add(edge + Math.max(Numbers.tolerance(edge), Math.ulp(edge)));
      }
      edges.add(edge);
      previous = edge;
    }
    return new Edges(
        profile.field(),
        edges.stream().filter(edge -> edge >= low && edge <= high).distinct().toList());
  }

  /**
   * Numbers by fixed, ascending edges: bin {@code i} is {@code [edges[i], edges[i+1])}, the last
   * one closed at both ends.
   */
  record Edges(String field, List<Double> edges) implements Binning {
    private static final MathContext DOWN = new MathContext(6, RoundingMode.FLOOR);
    private static final MathContext UP = new MathContext(6, RoundingMode.CEILING);
    private static final MathContext NEAR = new MathContext(4);

    public Edges {
      edges = List.copyOf(edges);
      if (edges.size() < 2) {
        throw new IllegalArgumentException("A range needs two edges: " + field);
      }
    }

    @Override
    public int size() {
      return edges.size() - 1;
    }
  }

  /** One bin a value, in the form {@link Histogram} gives values: numbers with 6 digits. */
  record Values(String field, List<String> values) implements Binning {
    private static final int MOST_NUMBERS = 20;

    /** More categories than this share the bin of unseen values. */
    public static final int MOST_CATEGORIES = 40;

    public Values {
      values = List.copyOf(values);
    }

    @Override
    public int size() {
      return values.size();
    }
  }
}
