package dev.samovar.evidence;

import java.util.List;

/**
 * How the values of a field are sorted into bins. Every binning ends with four bins of its own:
 * missing, invalid, below and above the known range (for numbers) or unseen value (for values).
 */
public sealed interface Binning {
  String field();

  /** How many bins there are before the special ones. */
  int size();

  /**
   * Numbers by fixed, ascending edges: bin {@code i} is {@code [edges[i], edges[i+1])}, the last
   * one closed at both ends.
   */
  record Edges(String field, List<Double> edges) implements Binning {
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
    public Values {
      values = List.copyOf(values);
    }

    @Override
    public int size() {
      return values.size();
    }
  }
}
