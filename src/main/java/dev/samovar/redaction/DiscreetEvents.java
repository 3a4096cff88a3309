package dev.samovar.redaction;

import dev.samovar.evidence.Binning;
import dev.samovar.evidence.Catalog;
import dev.samovar.evidence.Condition;
import dev.samovar.evidence.Dataset;
import dev.samovar.evidence.Event;
import dev.samovar.evidence.Events;
import dev.samovar.evidence.EvidenceException;
import dev.samovar.evidence.Fields;
import dev.samovar.evidence.Histogram;
import dev.samovar.evidence.Model;
import dev.samovar.evidence.Profile;
import dev.samovar.evidence.Query;
import dev.samovar.evidence.Series;
import dev.samovar.evidence.Tally;
import dev.samovar.evidence.ValueCount;
import dev.samovar.evidence.Window;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Events whose sentences are redacted as they come in: what a check cuts short or makes a pattern
 * of holds no half of a secret that nobody could tell any more.
 */
public final class DiscreetEvents implements Events {
  private static final Set<String> SENTENCES =
      Set.of(
          Fields.MESSAGE,
          Fields.ERROR_MESSAGE,
          Fields.STACK_TRACE,
          Fields.CHANGE_SUMMARY,
          Fields.CHANGE_FROM,
          Fields.CHANGE_TO);

  private final Events source;
  private final Redaction redaction;

  public DiscreetEvents(Events source, Redaction redaction) {
    this.source = source;
    this.redaction = redaction;
  }

  @Override
  public Events noting(Consumer<EvidenceException> silence) {
    return new DiscreetEvents(source.noting(silence), redaction);
  }

  @Override
  public Catalog catalog(Model model, Dataset dataset) throws EvidenceException {
    return source.catalog(model, dataset);
  }

  @Override
  public List<Tally> tally(Query query, List<Window> windows, Map<String, Condition> conditions)
      throws EvidenceException {
    return source.tally(query, windows, conditions);
  }

  @Override
  public List<Profile> profiles(Query query, List<String> fields, List<Window> windows)
      throws EvidenceException {
    return source.profiles(query, fields, windows);
  }

  @Override
  public List<List<Histogram>> histograms(Query query, List<Binning> binnings, List<Window> windows)
      throws EvidenceException {
    return source.histograms(query, binnings, windows);
  }

  @Override
  public List<Series> series(Query query, List<Condition> conditions, Window horizon, Duration step)
      throws EvidenceException {
    return source.series(query, conditions, horizon, step);
  }

  @Override
  public List<ValueCount> values(Query query, String field, Optional<Window> window, int limit)
      throws EvidenceException {
    return source.values(query, field, window, limit);
  }

  @Override
  public List<Event> newest(Query query, Window window, List<String> fields, int limit)
      throws EvidenceException {
    return redacted(source.newest(query, window, fields, limit));
  }

  @Override
  public List<Event> sample(Query query, Window window, List<String> fields, int limit)
      throws EvidenceException {
    return redacted(source.sample(query, window, fields, limit));
  }

  @Override
  public List<String> telling(
      Query query, String field, Window window, List<Window> background, int limit)
      throws EvidenceException {
    return source.telling(query, field, window, background, limit);
  }

  @Override
  public Optional<String> link(Query query, Window window) {
    return source.link(query, window);
  }

  private List<Event> redacted(List<Event> events) {
    return events.stream().map(this::redacted).toList();
  }

  private Event redacted(Event event) {
    Map<String, List<String>> values = new HashMap<>(event.values());
    values.replaceAll(
        (field, texts) ->
            SENTENCES.contains(field)
                ? texts.stream().map(text -> redaction.of(field, text)).toList()
                : texts);
    return new Event(event.time(), values);
  }
}
