package dev.samovar.checks;

import dev.samovar.evidence.Binning;
import dev.samovar.evidence.Catalog;
import dev.samovar.evidence.Dataset;
import dev.samovar.evidence.Evidence;
import dev.samovar.evidence.EvidenceException;
import dev.samovar.evidence.Histogram;
import dev.samovar.evidence.Profile;
import dev.samovar.evidence.Query;
import dev.samovar.evidence.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The distributions of some fields in the window and in each reference window, with bins chosen on
 * the reference.
 *
 * @param profiles of the reference, one a field
 * @param window one histogram a field
 * @param late the same of the last third of the window
 * @param reference for each reference window one histogram a field
 * @param lateReference the same of the last third of each, since within a window, too, times of day
 *     differ
 */
record Distributions(
    List<Profile> profiles,
    List<Histogram> window,
    List<Histogram> late,
    List<List<Histogram>> reference,
    List<List<Histogram>> lateReference) {
  /** The last part of the window: trouble that has just begun is a small part of the whole. */
  private static final int LATE_PART = 3;

  /** So far is the last part of a window from the whole where a field goes with the hours. */
  private static final double CLOCKWORK = 0.2;

  /** Fields whose values can be counted, of those the catalog knows. */
  static List<String> countable(Catalog catalog, List<String> fields) {
    return fields.stream()
        .filter(
            field ->
                catalog
                    .field(field)
                    .filter(
                        known ->
                            known.kind() == Catalog.Kind.NUMBER
                                || known.kind() == Catalog.Kind.KEYWORD
                                || known.kind() == Catalog.Kind.BOOLEAN)
                    .isPresent())
        .toList();
  }

  static Distributions read(Case subject, Evidence evidence, Query query, List<String> fields)
      throws EvidenceException {
    return read(evidence, query, query, fields, subject.window(), subject.reference());
  }

  /** With another query for the window than for the reference. */
  static Distributions read(
      Evidence evidence,
      Query now,
      Query before,
      List<String> fields,
      Window window,
      List<Window> reference)
      throws EvidenceException {
    List<Profile> profiles = evidence.events().profiles(before, fields, reference);
    List<Binning> binnings = profiles.stream().map(Binning::of).toList();
    List<Window> earlier = new ArrayList<>(reference);
    reference.forEach(then -> earlier.add(late(then)));
    List<List<Histogram>> present;
    List<List<Histogram>> past;
    if (now.equals(before)) {
      List<Window> windows = new ArrayList<>(List.of(window, late(window)));
      windows.addAll(earlier);
      List<List<Histogram>> all = evidence.events().histograms(now, binnings, windows);
      present = all.subList(0, 2);
      past = all.subList(2, all.size());
    } else {
      present = evidence.events().histograms(now, binnings, List.of(window, late(window)));
      past = evidence.events().histograms(before, binnings, earlier);
    }
    int days = reference.size();
    return new Distributions(
        profiles,
        present.get(0),
        present.get(1),
        past.subList(0, days),
        past.subList(days, past.size()));
  }

  /** The part of each reference window that begins as far from its end as the moment is. */
  static List<Window> since(Instant moment, Case subject) {
    Duration part = Duration.between(moment, subject.window().to());
    return subject.reference().stream()
        .map(then -> new Window(then.to().minus(part), then.to()))
        .toList();
  }

  static Window late(Window window) {
    return new Window(window.to().minus(window.length().dividedBy(LATE_PART)), window.to());
  }

  /** The fields of which there is any value at all: an index may be shared with other models. */
  List<String> used() {
    List<String> used = new ArrayList<>();
    for (int i = 0; i < profiles.size(); i++) {
      int field = i;
      boolean isUsed =
          Stream.concat(Stream.of(window), reference.stream())
              .map(histograms -> histograms.get(field))
              .anyMatch(histogram -> histogram.filled() + histogram.invalid() > 0);
      if (isUsed) {
        used.add(profiles.get(i).field());
      }
    }
    return used;
  }

  /** Whether the last part of each earlier window differs from the whole of it. */
  boolean followsTheClock(String field) {
    for (int i = 0; i < window.size(); i++) {
      if (window.get(i).binning().field().equals(field)) {
        long[] late = sum(lateReference, i);
        long[] whole = sum(reference, i);
        return Bins.total(late) >= Comparison.FEWEST
            && Comparison.distance(late, whole) >= CLOCKWORK;
      }
    }
    return false;
  }

  /**
   * What a shift looks like, in the whole window or in the last part of it, wherever it was seen.
   *
   * @param than what it is compared with, in a word or two
   */
  List<Figure.Distribution> figure(Shift shift, String than) {
    for (int i = 0; i < window.size(); i++) {
      if (window.get(i).binning().field().equals(shift.field())) {
        long[] before = sum(reference, i);
        boolean isWhole = Comparison.distance(Bins.counts(window.get(i)), before) == shift.effect();
        return List.of(
            isWhole
                ? Bins.figure(window.get(i), before, than)
                : Bins.figure(late.get(i), sum(lateReference, i), than));
      }
    }
    return List.of();
  }

  private static long[] sum(List<List<Histogram>> windows, int field) {
    return windows.isEmpty()
        ? new long[1]
        : Bins.sum(windows.stream().map(all -> Bins.counts(all.get(field))).toList());
  }

  long eventsNow() {
    return window.isEmpty() ? 0 : window.get(0).events();
  }

  long eventsBefore() {
    return reference.stream()
        .filter(histograms -> !histograms.isEmpty())
        .mapToLong(histograms -> histograms.get(0).events())
        .sum();
  }

  /** Why nothing can be said; empty where there is enough. */
  Optional<Outcome.NotChecked> tooLittle(Case subject) {
    if (eventsNow() == 0) {
      return Optional.of(
          Outcome.blind(
              "no predictions of "
                  + subject.model().name()
                  + " were logged between "
                  + Text.time(subject.window().from())
                  + " and "
                  + Text.time(subject.window().to()),
              "check that the model serves and that its log shipper runs, or ask about another"
                  + " time (--since, --at)"));
    }
    if (eventsNow() < Comparison.FEWEST) {
      return Optional.of(
          Outcome.thin(
              "not enough data: "
                  + Text.count(eventsNow(), "prediction")
                  + " in the window, "
                  + Comparison.FEWEST
                  + " are needed to tell a large shift from chance",
              "ask about a longer time, such as --since "
                  + longEnough(subject.window(), eventsNow())));
    }
    if (eventsBefore() < Comparison.FEWEST_BEFORE) {
      return Optional.of(
          Outcome.thin(
              "not enough data to know what is normal: "
                  + Text.count(eventsBefore(), "prediction")
                  + " in the reference ("
                  + subject.referenceKind()
                  + ")",
              "keep at least a day of the prediction log ("
                  + Dataset.INFERENCE.key()
                  + "), better eight"));
    }
    return Optional.empty();
  }

  /** A window, in hours, that should hold enough at the present rate. */
  private static String longEnough(Window window, long events) {
    double hours = window.length().toMinutes() / 60.0 * Comparison.FEWEST * 1.2 / events;
    long rounded = (long) Math.ceil(hours);
    return rounded <= 48 ? rounded + "h" : (rounded + 23) / 24 + "d";
  }
}
