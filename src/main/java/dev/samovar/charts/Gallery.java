package dev.samovar.charts;

import dev.samovar.checks.Change;
import dev.samovar.checks.Figure;
import dev.samovar.triage.Report;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Which pictures a report gets: what the likeliest cause looks like, the signal in which the
 * beginning was seen, a distribution, and, where there is room left, what happened when. The same
 * report gives the same pictures.
 */
public final class Gallery {
  static {
    // Servers have no screen. Whoever set it otherwise meant it.
    if (System.getProperty("java.awt.headless") == null) {
      System.setProperty("java.awt.headless", "true");
    }
  }

  /** Nobody looks at a fourth. */
  public static final int MOST = 3;

  private static final int MOST_CHANGES = 5;
  private static final TimelineChart.Event ANY =
      TimelineChart.Event.of(TimelineChart.Kind.SAMOVAR, Instant.EPOCH, "");

  private final Times times;
  private final UnaryOperator<String> words;

  /**
   * @param zone the reader's
   * @param words what becomes of every text from outside before it is drawn or said
   */
  public Gallery(ZoneId zone, UnaryOperator<String> words) {
    this.times = new Times(zone);
    this.words = words;
  }

  /** In UTC, as the report's own text. */
  public static Gallery inUtc() {
    return new Gallery(ZoneOffset.UTC, UnaryOperator.identity());
  }

  /**
   * Why nothing can be drawn here; empty where all is well. A slim Java may lack its drawing part.
   */
  public static Optional<String> trouble() {
    try {
      Card card = new Card(60, UnaryOperator.identity());
      card.head("A", "b");
      return card.picture(new TimelineChart("m", List.of(ANY), new Times(ZoneOffset.UTC)))
                  .png()
                  .length
              == 0
          ? Optional.of("Java wrote no PNG")
          : Optional.empty();
    } catch (LinkageError | RuntimeException e) {
      return Optional.of(e.toString());
    }
  }

  /** At most {@link #MOST}, the most telling first; none where there is nothing to see. */
  public List<Picture> pictures(Report report) {
    return charts(report).stream().map(this::paint).toList();
  }

  /**
   * Something that came of an incident.
   *
   * @param byPeople else Samovar did
   */
  public record Happening(Instant at, boolean byPeople, String text) {}

  /**
   * What happened when, before and after it was reported; the newest where there is much.
   *
   * @param happenings oldest first; at least one
   */
  public Picture timeline(Report report, List<Happening> happenings) {
    return paint(course(report, happenings));
  }

  TimelineChart course(Report report, List<Happening> happenings) {
    List<TimelineChart.Event> events = new ArrayList<>(beginnings(report));
    int room = TimelineChart.MOST - events.size();
    happenings.stream()
        .skip(Math.max(0, happenings.size() - room))
        .forEach(
            one ->
                events.add(
                    TimelineChart.Event.of(
                        one.byPeople() ? TimelineChart.Kind.PEOPLE : TimelineChart.Kind.SAMOVAR,
                        one.at(),
                        one.text())));
    return new TimelineChart(report.model(), events, times);
  }

  private Picture paint(Chart chart) {
    if (chart instanceof CourseChart course) {
      return CoursePainter.paint(course, words);
    }
    if (chart instanceof DistributionChart distribution) {
      return DistributionPainter.paint(distribution, words);
    }
    return TimelinePainter.paint((TimelineChart) chart, words);
  }

  List<Chart> charts(Report report) {
    List<Figure> chosen = new ArrayList<>();
    Stream.of(ofFirstCause(report), atOnset(report), distribution(report))
        .flatMap(Optional::stream)
        .filter(Predicate.not(chosen::contains))
        .forEach(chosen::add);
    List<Chart> charts = new ArrayList<>();
    chosen.forEach(figure -> chart(report, figure).ifPresent(charts::add));
    if (charts.size() < MOST) {
      timeline(report).ifPresent(charts::add);
    }
    return charts;
  }

  private static Optional<Figure> ofFirstCause(Report report) {
    return report.causes().stream()
        .limit(1)
        .flatMap(
            cause ->
                report.exhibits().stream()
                    .filter(exhibit -> !exhibit.isOnset() && exhibit.check() == cause.check()))
        .map(Report.Exhibit::figure)
        .findFirst();
  }

  private static Optional<Figure> atOnset(Report report) {
    return report.exhibits().stream()
        .filter(Report.Exhibit::isOnset)
        .map(Report.Exhibit::figure)
        .findFirst();
  }

  /** Of the likeliest cause that has one; else of whatever was found. */
  private static Optional<Figure> distribution(Report report) {
    return report.exhibits().stream()
        .filter(exhibit -> exhibit.figure() instanceof Figure.Distribution)
        .min(Comparator.comparingInt(exhibit -> rank(report, exhibit)))
        .map(Report.Exhibit::figure);
  }

  private static int rank(Report report, Report.Exhibit exhibit) {
    for (int i = 0; i < report.causes().size(); i++) {
      if (report.causes().get(i).check() == exhibit.check()) {
        return i;
      }
    }
    return report.causes().size();
  }

  private Optional<Chart> chart(Report report, Figure figure) {
    if (figure instanceof Figure.Distribution distribution) {
      return distribution.eventsNow() == 0 || distribution.eventsBefore() == 0
          ? Optional.empty()
          : Optional.of(new DistributionChart(report.model(), distribution));
    }
    Figure.Course course = begun((Figure.Course) figure);
    if (course.line().size() < 2) {
      return Optional.empty();
    }
    CourseChart plain =
        new CourseChart(
            report.model(), course, report.window().from(), Optional.empty(), List.of(), times);
    return Optional.of(
        new CourseChart(
            report.model(),
            course,
            report.window().from(),
            report
                .onset()
                .filter(
                    onset ->
                        !onset.latest().isBefore(plain.from())
                            && !onset.earliest().isAfter(plain.to()))
                .map(
                    onset ->
                        new CourseChart.Beginning(onset.at(), onset.earliest(), onset.latest())),
            changes(report, plain),
            times));
  }

  /** From where there is anything on: emptiness before says nothing. */
  private static Figure.Course begun(Figure.Course course) {
    Figure.Line line = course.line();
    int from = 0;
    while (from < line.size() - 2 && !Double.isFinite(line.values().get(from))) {
      from++;
    }
    int first = from;
    int end = line.size();
    return first == 0
        ? course
        : new Figure.Course(
            course.name(),
            course.unit(),
            new Figure.Line(line.at().subList(first, end), line.values().subList(first, end)),
            course
                .usual()
                .map(
                    band ->
                        new Figure.Band(
                            band.words(),
                            band.low().subList(first, end),
                            band.high().subList(first, end))),
            course.limit());
  }

  /** The last ones before and about the beginning that the picture has room for, oldest first. */
  private static List<Mark> changes(Report report, CourseChart chart) {
    return report.changes().stream()
        .filter(change -> !change.at().isBefore(chart.from()) && !change.at().isAfter(chart.to()))
        .sorted(Comparator.comparing(Change::at).reversed())
        .limit(CourseChart.MOST_CHANGES)
        .sorted(Comparator.comparing(Change::at))
        .map(change -> new Mark(change.at(), change.describe()))
        .toList();
  }

  /** Where there is more to tell than one moment. */
  private Optional<Chart> timeline(Report report) {
    List<TimelineChart.Event> events = beginnings(report);
    if (events.size() < 2) {
      return Optional.empty();
    }
    events.add(TimelineChart.Event.of(TimelineChart.Kind.PEOPLE, report.window().to(), "asked"));
    return Optional.of(new TimelineChart(report.model(), events, times));
  }

  /** When it began, and the last changes. */
  private static List<TimelineChart.Event> beginnings(Report report) {
    List<TimelineChart.Event> events = new ArrayList<>();
    report
        .onset()
        .ifPresent(
            onset ->
                events.add(
                    new TimelineChart.Event(
                        TimelineChart.Kind.ONSET,
                        onset.at(),
                        onset.earliest(),
                        onset.latest(),
                        "the trouble began, by " + onset.signal())));
    report.changes().stream()
        .limit(MOST_CHANGES)
        .forEach(
            change ->
                events.add(
                    TimelineChart.Event.of(
                        TimelineChart.Kind.CHANGE, change.at(), change.describe())));
    return events;
  }
}
