package dev.samovar.triage;

import dev.samovar.evidence.Binning;
import dev.samovar.evidence.Catalog;
import dev.samovar.evidence.Condition;
import dev.samovar.evidence.Dataset;
import dev.samovar.evidence.Event;
import dev.samovar.evidence.Events;
import dev.samovar.evidence.EvidenceException;
import dev.samovar.evidence.Histogram;
import dev.samovar.evidence.Model;
import dev.samovar.evidence.Profile;
import dev.samovar.evidence.Query;
import dev.samovar.evidence.Series;
import dev.samovar.evidence.Tally;
import dev.samovar.evidence.ValueCount;
import dev.samovar.evidence.Window;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;

/**
 * The events of one investigation, each question asked once: several checks look at the same
 * distributions, and whoever comes second waits for the first one's answer.
 */
final class Remembered implements Events {
  /**
   * @param silences of places that kept still while others answered: they belong to the answer, and
   *     whoever comes second has to know of them too
   */
  private record Known(Object answer, List<EvidenceException> silences) {}

  private final Events source;
  private final Map<List<Object>, FutureTask<Known>> answers;
  private final Consumer<EvidenceException> silence;
  private final Consumer<Histogram> counted;

  Remembered(Events source) {
    this(source, new ConcurrentHashMap<>(), unheeded -> {}, unheeded -> {});
  }

  private Remembered(
      Events source,
      Map<List<Object>, FutureTask<Known>> answers,
      Consumer<EvidenceException> silence,
      Consumer<Histogram> counted) {
    this.source = source;
    this.answers = answers;
    this.silence = silence;
    this.counted = counted;
  }

  @Override
  public Events noting(Consumer<EvidenceException> other) {
    return new Remembered(source.noting(other), answers, other, counted);
  }

  /** The same, and all that limits an answer is told. */
  Events heeding(Caveats caveats) {
    return new Remembered(source.noting(caveats::add), answers, caveats::add, caveats::counted);
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
    return once(
        List.of("profiles", query, fields, windows),
        events -> events.profiles(query, fields, windows));
  }

  @Override
  public List<List<Histogram>> histograms(Query query, List<Binning> binnings, List<Window> windows)
      throws EvidenceException {
    List<List<Histogram>> answer =
        once(
            List.of("histograms", query, binnings, windows),
            events -> events.histograms(query, binnings, windows));
    answer.forEach(window -> window.forEach(counted));
    return answer;
  }

  @Override
  public List<Series> series(Query query, List<Condition> conditions, Window horizon, Duration step)
      throws EvidenceException {
    return source.series(query, conditions, horizon, step);
  }

  @Override
  public List<ValueCount> values(Query query, String field, Optional<Window> window, int limit)
      throws EvidenceException {
    return once(
        List.of("values", query, field, window, limit),
        events -> events.values(query, field, window, limit));
  }

  @Override
  public List<Event> newest(Query query, Window window, List<String> fields, int limit)
      throws EvidenceException {
    return source.newest(query, window, fields, limit);
  }

  @Override
  public List<Event> sample(Query query, Window window, List<String> fields, int limit)
      throws EvidenceException {
    return source.sample(query, window, fields, limit);
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

  private interface Asking<T> {
    T ask(Events events) throws EvidenceException;
  }

  @SuppressWarnings("unchecked") // The key names the question, and the question its answer's type.
  private <T> T once(List<Object> key, Asking<T> asking) throws EvidenceException {
    FutureTask<Known> mine =
        new FutureTask<>(
            () -> {
              List<EvidenceException> silences = new ArrayList<>();
              return new Known(asking.ask(source.noting(silences::add)), silences);
            });
    FutureTask<Known> first = answers.putIfAbsent(key, mine);
    if (first == null) {
      mine.run();
      first = mine;
    }
    try {
      Known known = first.get();
      known.silences().forEach(silence);
      return (T) known.answer();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EvidenceException(EvidenceException.Kind.TIMEOUT, "interrupted while waiting", e);
    } catch (ExecutionException e) {
      Throwable cause = Objects.requireNonNull(e.getCause());
      if (cause instanceof EvidenceException known) {
        throw known;
      }
      throw new IllegalStateException(cause);
    }
  }
}
