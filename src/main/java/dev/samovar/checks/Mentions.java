package dev.samovar.checks;

import dev.samovar.evidence.Condition;
import dev.samovar.evidence.Event;
import dev.samovar.evidence.Evidence;
import dev.samovar.evidence.EvidenceException;
import dev.samovar.evidence.Query;
import dev.samovar.evidence.Tally;
import dev.samovar.evidence.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The events of one dataset that say something is wrong, counted on the server by their words and
 * confirmed by reading a sample: an advice to avoid an error is not the error.
 *
 * @param events of the window that would show it
 * @param eventsBefore of the reference windows that would have shown it
 * @param real how many say it in the window, as far as a sample tells
 * @param before how many in each reference window carried the words
 * @param sample of those that were confirmed, newest first
 */
record Mentions(
    Query query, long events, long eventsBefore, long real, List<Long> before, List<Event> sample) {
  private static final int SAMPLE = 50;

  /** The words in which something is said. */
  interface Vocabulary {
    /** Events worth a second look. */
    Condition said();

    /** Events that would carry the words if there were any: silence of others tells nothing. */
    Condition wouldShow();

    List<String> fields();

    boolean isReal(Event event);
  }

  static Mentions read(Case subject, Evidence evidence, Query query, Vocabulary words)
      throws EvidenceException {
    List<Window> windows = new ArrayList<>();
    windows.add(subject.window());
    windows.addAll(subject.reference());
    List<Tally> tallies =
        evidence
            .events()
            .tally(query, windows, Map.of("said", words.said(), "telling", words.wouldShow()));
    long said = tallies.get(0).of("said");
    List<Event> real = List.of();
    long confirmed = 0;
    if (said > 0) {
      List<Event> sample =
          evidence
              .events()
              .newest(query.and(words.said()), subject.window(), words.fields(), SAMPLE);
      real = sample.stream().filter(words::isReal).toList();
      confirmed = sample.isEmpty() ? 0 : Math.round((double) said * real.size() / sample.size());
    }
    List<Tally> earlier = tallies.subList(1, tallies.size());
    return new Mentions(
        query,
        tallies.get(0).of("telling"),
        earlier.stream().mapToLong(tally -> tally.of("telling")).sum(),
        confirmed,
        earlier.stream().map(tally -> tally.of("said")).toList(),
        real);
  }

  /** The most in any reference window. */
  long usual() {
    return before.stream().mapToLong(Long::longValue).max().orElse(0);
  }

  boolean isNew() {
    return real > 0 && real > 3 * usual();
  }
}
