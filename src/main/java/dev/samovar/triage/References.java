package dev.samovar.triage;

import dev.samovar.evidence.Dataset;
import dev.samovar.evidence.Evidence;
import dev.samovar.evidence.EvidenceException;
import dev.samovar.evidence.Model;
import dev.samovar.evidence.Query;
import dev.samovar.evidence.Tally;
import dev.samovar.evidence.Window;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Which earlier windows show a model's own normal: the same time of day on earlier days, since
 * nearly every drift alarm that people complain about is a time of day.
 *
 * @param kind in words
 * @param windows nearest first
 */
record References(String kind, List<Window> windows) {
  private static final int MOST = 7;

  References {
    windows = List.copyOf(windows);
  }

  /** Those of the same time of day, or just before, in which anything was logged. */
  static References of(Model model, Window window, Evidence evidence) throws EvidenceException {
    List<Window> days = sameTime(window);
    List<Window> before = justBefore(window);
    for (Dataset dataset : List.of(Dataset.INFERENCE, Dataset.APPLICATION)) {
      List<Window> candidates = new ArrayList<>(days);
      candidates.addAll(before);
      List<Tally> tallies = evidence.events().tally(Query.of(model, dataset), candidates, Map.of());
      List<Window> usableDays = withEvents(days, tallies);
      if (!usableDays.isEmpty()) {
        return sameTimeOf(window, usableDays);
      }
      List<Window> usableBefore = withEvents(before, tallies.subList(days.size(), tallies.size()));
      if (!usableBefore.isEmpty()) {
        return new References("the time just before", usableBefore);
      }
    }
    return assumed(window);
  }

  /** Where nobody could look which of them hold anything. */
  static References assumed(Window window) {
    return sameTimeOf(window, sameTime(window));
  }

  private static References sameTimeOf(Window window, List<Window> windows) {
    long days = days(window);
    String count = Integer.toString(windows.size());
    String kind =
        days == 1
            ? "same time on " + count + " earlier " + (windows.size() == 1 ? "day" : "days")
            : count
                + " earlier "
                + (windows.size() == 1 ? "stretch of " : "stretches of ")
                + days
                + " days";
    return new References(kind, windows);
  }

  private static long days(Window window) {
    Duration length = window.length();
    return Math.max(1, length.toDays() + (length.equals(Duration.ofDays(length.toDays())) ? 0 : 1));
  }

  private static List<Window> sameTime(Window window) {
    List<Window> windows = new ArrayList<>();
    for (int i = 1; i <= MOST; i++) {
      windows.add(window.earlierBy(Duration.ofDays(i * days(window))));
    }
    return windows;
  }

  private static List<Window> justBefore(Window window) {
    List<Window> windows = new ArrayList<>();
    for (int i = 1; i <= MOST; i++) {
      windows.add(window.earlierBy(window.length().multipliedBy(i)));
    }
    return windows;
  }

  private static List<Window> withEvents(List<Window> windows, List<Tally> tallies) {
    List<Window> usable = new ArrayList<>();
    for (int i = 0; i < windows.size(); i++) {
      if (tallies.get(i).total() > 0) {
        usable.add(windows.get(i));
      }
    }
    return usable;
  }
}
