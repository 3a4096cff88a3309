package dev.samovar.durability;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What came of the kills, for each stage. */
final class Kills {
  private final Map<Stage, Row> rows = new EnumMap<>(Stage.class);

  private static final class Row {
    private int kills;
    private final List<Debt> debts = new ArrayList<>();
    private final List<Duration> takeovers = new ArrayList<>();
    private final List<Duration> starts = new ArrayList<>();
  }

  private Row row(Stage stage) {
    return rows.computeIfAbsent(stage, key -> new Row());
  }

  /**
   * @param start of the next process until it listened
   * @param takeover from the kill until nothing was owed any more
   */
  void add(Stage stage, int kills, List<Debt> debts, Duration start, Duration takeover) {
    Row row = row(stage);
    row.kills += kills;
    row.debts.addAll(debts);
    row.starts.add(start);
    row.takeovers.add(takeover);
  }

  int count() {
    return rows.values().stream().mapToInt(row -> row.kills).sum();
  }

  List<Debt> lost() {
    return rows.values().stream().flatMap(row -> row.debts.stream()).filter(Debt::isLost).toList();
  }

  List<Debt> doubled() {
    return rows.values().stream()
        .flatMap(row -> row.debts.stream())
        .filter(Debt::isDoubled)
        .toList();
  }

  /** In Markdown. */
  String table() {
    StringBuilder table =
        new StringBuilder(
            """
            | killed when | kills | owed | lost | doubled | start, median | taken over, median | … longest |
            |---|---|---|---|---|---|---|---|
            """);
    Row all = new Row();
    rows.forEach(
        (stage, row) -> {
          table.append(line(stage.label(), row));
          all.kills += row.kills;
          all.debts.addAll(row.debts);
          all.starts.addAll(row.starts);
          all.takeovers.addAll(row.takeovers);
        });
    return table.append(line("all", all)).toString();
  }

  private static String line(String name, Row row) {
    return String.format(
        Locale.ROOT,
        "| %s | %d | %d | %d | %d | %.1f s | %.1f s | %.1f s |%n",
        name,
        row.kills,
        row.debts.size(),
        row.debts.stream().filter(Debt::isLost).count(),
        row.debts.stream().filter(Debt::isDoubled).count(),
        seconds(row.starts, 0.5),
        seconds(row.takeovers, 0.5),
        seconds(row.takeovers, 1));
  }

  private static double seconds(List<Duration> durations, double quantile) {
    List<Duration> sorted = durations.stream().sorted().toList();
    return sorted.isEmpty()
        ? 0
        : sorted.get((int) Math.round(quantile * (sorted.size() - 1))).toMillis() / 1000.0;
  }
}
