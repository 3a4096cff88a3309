package dev.samovar.report;

import dev.samovar.checks.CheckId;
import dev.samovar.checks.Fact;
import dev.samovar.checks.Severity;
import dev.samovar.triage.Report;
import dev.samovar.triage.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Words that every form of the report uses. */
public final class Wording {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private Wording() {}

  public static String verdict(Verdict verdict) {
    return switch (verdict) {
      case CAUSE_FOUND -> "CAUSE FOUND";
      case SYMPTOMS_ONLY -> "SYMPTOMS ONLY";
      case ALL_CLEAR -> "ALL CLEAR";
      case CANNOT_TELL -> "CANNOT TELL";
    };
  }

  public static String time(Instant instant) {
    return TIME.format(instant);
  }

  /** {@code 2019-02-01 05:00 UTC (04:00 to 06:00)}. */
  public static String onset(Report.Onset onset) {
    boolean isExact = onset.earliest().equals(onset.latest());
    return time(onset.at())
        + (isExact ? "" : ", between " + time(onset.earliest()) + " and " + time(onset.latest()))
        + ", seen in "
        + onset.signal();
  }

  /** {@code 86 %}. */
  public static String confidence(double confidence) {
    return Math.round(100 * confidence) + " %";
  }

  public static String seconds(long millis) {
    return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
  }

  public static String window(Report report) {
    Duration length = report.window().length();
    return time(report.window().from())
        + " to "
        + time(report.window().to())
        + " ("
        + duration(length)
        + ")";
  }

  /** {@code 1 h 20 min}. */
  public static String duration(Duration length) {
    List<String> parts = new ArrayList<>();
    if (length.toDays() > 0) {
      parts.add(length.toDays() + " d");
    }
    if (length.toHoursPart() > 0) {
      parts.add(length.toHoursPart() + " h");
    }
    if (length.toMinutesPart() > 0) {
      parts.add(length.toMinutesPart() + " min");
    }
    return parts.isEmpty() ? length.toSeconds() + " s" : String.join(" ", parts);
  }

  /** Findings that are not among the causes, the worst first. */
  public static List<Report.Row> otherFindings(Report report) {
    List<CheckId> causes = report.causes().stream().map(Report.Cause::check).toList();
    return report.rows().stream()
        .filter(row -> row.state() == Report.State.FOUND && !causes.contains(row.check()))
        .sorted(java.util.Comparator.comparing(Report.Row::severity).reversed())
        .toList();
  }

  public static List<String> ruledOut(Report report) {
    return report.rows().stream()
        .filter(row -> row.state() == Report.State.CLEAR)
        .map(row -> row.check().id())
        .toList();
  }

  /** What could not be looked at, alike reasons together: the reason, its remedy, the checks. */
  public record Unchecked(String reason, String remedy, List<String> checks) {}

  public static List<Unchecked> unchecked(Report report) {
    Map<List<String>, List<String>> groups = new LinkedHashMap<>();
    for (Report.Row row : report.rows()) {
      if (row.state() == Report.State.NOT_CHECKED || row.state() == Report.State.FAILED) {
        groups
            .computeIfAbsent(List.of(row.reason(), row.remedy()), key -> new ArrayList<>())
            .add(row.check().id());
      }
    }
    return groups.entrySet().stream()
        .map(
            group ->
                new Unchecked(
                    group.getKey().get(0), group.getKey().get(1), List.copyOf(group.getValue())))
        .toList();
  }

  /** A finding's mark, so that colour alone never says it. */
  public static String severity(Severity severity) {
    return switch (severity) {
      case CRITICAL -> "critical";
      case WARNING -> "warning";
      case INFO -> "note";
    };
  }

  /** {@code now 15.8 %, before 1.3 %}; empty where the fact has none, or says them in words. */
  public static String figures(Fact fact) {
    if (fact.now().isEmpty()
        || fact.text().contains(figure(fact.now().getAsDouble(), fact.unit()))) {
      return "";
    }
    String now = "now " + figure(fact.now().getAsDouble(), fact.unit());
    return fact.before().isPresent()
        ? now + ", before " + figure(fact.before().getAsDouble(), fact.unit())
        : now;
  }

  /** {@code 15.8 %}, {@code 0.31 psi}. */
  public static String figure(double value, String unit) {
    if (unit.equals("share")) {
      return String.format(Locale.ROOT, "%.1f %%", 100 * value);
    }
    String number = dev.samovar.evidence.Numbers.text(value);
    return unit.isEmpty() || unit.equals("count") ? number : number + " " + unit;
  }

  /** Without what a terminal would obey. */
  public static String plain(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            point -> {
              if (point == '\n' || point == '\t' || point == '\r') {
                plain.append(' ');
              } else if (!Character.isISOControl(point)
                  && Character.getType(point) != Character.FORMAT) {
                plain.appendCodePoint(point);
              }
            });
    return plain.toString();
  }
}
