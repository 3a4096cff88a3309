package dev.samovar.evidence;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Questions to a store of events. Every comparison is counted where the events are; only {@link
 * #newest} and {@link #sample} bring events back, and few.
 *
 * <p>All methods throw {@link EvidenceException} where the answer would be missing or partial;
 * fields and indices that do not exist are no error: they count zero. {@link #catalog} tells them
 * apart.
 */
public interface Events {

  Catalog catalog(Model model, Dataset dataset) throws EvidenceException;

  /** One tally a window, in their order. */
  List<Tally> tally(Query query, List<Window> windows, Map<String, Condition> conditions)
      throws EvidenceException;

  /** The shape of each field over all the windows together; without windows, over all time. */
  List<Profile> profiles(Query query, List<String> fields, List<Window> windows)
      throws EvidenceException;

  /**
   * For each window (all time, as a single one, where none is given) one histogram for each
   * binning, in their orders.
   */
  List<List<Histogram>> histograms(Query query, List<Binning> binnings, List<Window> windows)
      throws EvidenceException;

  /** One series for each condition, in steps from {@code horizon.from()}. */
  List<Series> series(Query query, List<Condition> conditions, Window horizon, Duration step)
      throws EvidenceException;

  /**
   * The commonest values of a field that can be counted, at most {@code limit}, most frequent
   * first, ties by name; without a window, over all time.
   */
  List<ValueCount> values(Query query, String field, Optional<Window> window, int limit)
      throws EvidenceException;

  /** The newest events of a window, newest first. */
  List<Event> newest(Query query, Window window, List<String> fields, int limit)
      throws EvidenceException;

  /** Some events spread over the window, the same ones each time it is asked. */
  List<Event> sample(Query query, Window window, List<String> fields, int limit)
      throws EvidenceException;

  /**
   * Words that a text field has in the window more often than in the background, the most telling
   * first; from a bounded sample. Empty where the field is not indexed by words.
   */
  List<String> telling(Query query, String field, Window window, List<Window> background, int limit)
      throws EvidenceException;

  /**
   * The same events. Where they are joined from several places and one of those could not answer,
   * the others' are given all the same, and the silence is told to {@code silence}: what is not
   * found then is not known to be absent.
   */
  default Events noting(Consumer<EvidenceException> silence) {
    return this;
  }

  /** Where a person can see the very events; empty where no such page is configured. */
  Optional<String> link(Query query, Window window);
}
