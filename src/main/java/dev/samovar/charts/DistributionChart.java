package dev.samovar.charts;

import dev.samovar.checks.Figure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A field's distribution, then and now, by what share of events each bin has. */
record DistributionChart(String model, Figure.Distribution distribution) implements Chart {
  private static final int MOST_BINS = 12;

  /**
   * @param now its share of all events, 0 to 1
   */
  record Row(String label, boolean isSpecial, double before, double now) {
    double gain() {
      return now - before;
    }
  }

  @Override
  public String title() {
    return "Distribution of " + distribution.name();
  }

  /** Of many bins those with the largest shares; special ones wherever they have any event. */
  List<Row> rows() {
    List<Row> all = new ArrayList<>();
    for (Figure.Bin bin : distribution.bins()) {
      if (!bin.isSpecial() || bin.before() + bin.now() > 0) {
        all.add(
            new Row(
                bin.label(),
                bin.isSpecial(),
                share(bin.before(), distribution.eventsBefore()),
                share(bin.now(), distribution.eventsNow())));
      }
    }
    List<Row> plain = all.stream().filter(row -> !row.isSpecial()).toList();
    if (plain.size() <= MOST_BINS) {
      return all;
    }
    Set<Row> largest =
        plain.stream()
            .sorted(
                Comparator.comparingDouble((Row row) -> -Math.max(row.before(), row.now()))
                    .thenComparing(Row::label))
            .limit(MOST_BINS - 1L)
            .collect(Collectors.toSet());
    List<Row> rows = new ArrayList<>(plain.stream().filter(largest::contains).toList());
    List<Row> rest = plain.stream().filter(row -> !largest.contains(row)).toList();
    rows.add(
        new Row(
            rest.size() + " other values",
            false,
            rest.stream().mapToDouble(Row::before).sum(),
            rest.stream().mapToDouble(Row::now).sum()));
    all.stream().filter(Row::isSpecial).forEach(rows::add);
    return rows;
  }

  private static double share(long count, long all) {
    return all == 0 ? 0 : (double) count / all;
  }

  /** The bin that gained most; empty where none did. */
  Optional<Row> gainer() {
    return rows().stream().max(Comparator.comparingDouble(Row::gain)).filter(row -> row.gain() > 0);
  }

  /** The bin that lost most; empty where none did. */
  Optional<Row> loser() {
    return rows().stream().min(Comparator.comparingDouble(Row::gain)).filter(row -> row.gain() < 0);
  }

  @Override
  public String alt() {
    StringBuilder alt =
        new StringBuilder(title())
            .append(" (")
            .append(model)
            .append(") now (")
            .append(Units.whole(distribution.eventsNow()))
            .append(" events) and ")
            .append(distribution.before())
            .append(" (")
            .append(Units.whole(distribution.eventsBefore()))
            .append(")");
    gainer().ifPresent(row -> alt.append(": most grew ").append(change(row)));
    loser()
        .ifPresent(
            row ->
                alt.append(gainer().isPresent() ? "; most shrank " : ": most shrank ")
                    .append(change(row)));
    return alt.append(".").toString();
  }

  private static String change(Row row) {
    return "“"
        + row.label()
        + "”, from "
        + Units.percent(row.before())
        + " to "
        + Units.percent(row.now());
  }
}
