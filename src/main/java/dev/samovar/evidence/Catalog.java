package dev.samovar.evidence;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a dataset looks like for one model: its indices, and the fields that Samovar knows or was
 * told of.
 *
 * @param expression the index expression that was looked at
 * @param open names of the indices that can be searched
 * @param closed names of those that exist but are closed
 * @param fields by canonical name, sorted
 */
public record Catalog(
    String expression, List<String> open, List<String> closed, Map<String, Field> fields) {

  /** What a field can be used for. */
  public enum Kind {
    NUMBER,
    KEYWORD,
    BOOLEAN,
    DATE,
    /** Searchable by words, but its values can't be counted. */
    TEXT,
    /** Mapped in ways that can't be compared with one another; see {@link Field#note()}. */
    CONFLICT
  }

  /**
   * @param actual the name in the index, down to the sub-field that can be counted
   * @param lackingIn the indices that do not map it
   * @param note what is odd about the mapping; empty when nothing is
   * @param types of a {@link Kind#CONFLICT}, the indices of each type; else empty
   */
  public record Field(
      Kind kind,
      String actual,
      List<String> lackingIn,
      String note,
      Map<String, List<String>> types) {
    public Field {
      lackingIn = List.copyOf(lackingIn);
      types = java.util.Collections.unmodifiableMap(new TreeMap<>(types));
    }
  }

  public Catalog {
    open = List.copyOf(open);
    closed = List.copyOf(closed);
    fields = java.util.Collections.unmodifiableMap(new TreeMap<>(fields));
  }

  public Optional<Field> field(String canonical) {
    return Optional.ofNullable(fields.get(canonical));
  }

  public boolean has(String canonical) {
    return fields.containsKey(canonical);
  }

  /** No index that could be searched. */
  public boolean isEmpty() {
    return open.isEmpty();
  }

  /** Why nothing can be read here, as a sentence; only meaningful when {@link #isEmpty()}. */
  public String absence() {
    return closed.isEmpty()
        ? "no index matches " + expression
        : (closed.size() == 1 ? "index " : "indices ")
            + String.join(", ", closed)
            + (closed.size() == 1 ? " is" : " are")
            + " closed";
  }

  /** The features, by canonical name, in the order of their names. */
  public List<String> features() {
    return fields.keySet().stream().filter(f -> f.startsWith(Fields.FEATURES + ".")).toList();
  }
}
