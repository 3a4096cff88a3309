package dev.samovar.feeds;

import dev.samovar.evidence.EvidenceException;
import dev.samovar.evidence.EvidenceException.Kind;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * How long feeds are waited for during one investigation. One that keeps still is told as such to
 * everybody who asks, and does not keep anybody waiting twice.
 */
final class Patience {
  /** Of the investigation's time: what feeds say comes before the checks can begin to judge. */
  private static final double SHARE = 0.4;

  private final Executor workers;
  private final Duration budget;
  private final Map<String, EvidenceException> silent = new HashMap<>();

  Patience(Executor workers, Duration investigation) {
    this.workers = workers;
    this.budget = Duration.ofNanos((long) (investigation.toNanos() * SHARE));
  }

  /** What a feed is asked, within a budget. */
  @FunctionalInterface
  interface Asking<T> {
    T ask(Duration budget) throws EvidenceException;
  }

  <T> FutureTask<T> begin(String feed, Asking<T> asking) {
    FutureTask<T> task = new FutureTask<>(() -> asking.ask(left(feed)));
    workers.execute(task);
    return task;
  }

  /** The whole time, unless the feed was found silent: then its first sentence is repeated. */
  private synchronized Duration left(String feed) throws EvidenceException {
    EvidenceException known = silent.get(feed);
    if (known != null) {
      throw known;
    }
    return budget;
  }

  <T> Optional<T> await(String feed, FutureTask<T> task, Consumer<EvidenceException> silence) {
    try {
      return Optional.of(task.get(budget.toNanos(), TimeUnit.NANOSECONDS));
    } catch (TimeoutException | CancellationException e) {
      task.cancel(true);
      tell(
          feed,
          new EvidenceException(
              Kind.TIMEOUT, feed + " did not answer within " + budget.toMillis() + " ms", e),
          silence);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      tell(
          feed,
          new EvidenceException(Kind.TIMEOUT, "Stopped while waiting for " + feed, e),
          silence);
    } catch (ExecutionException e) {
      Throwable cause = Objects.requireNonNull(e.getCause());
      if (!(cause instanceof EvidenceException known)) {
        throw new IllegalStateException(cause);
      }
      tell(feed, known, silence);
    }
    return Optional.empty();
  }

  private void tell(String feed, EvidenceException what, Consumer<EvidenceException> silence) {
    if (what.kind() == Kind.UNREACHABLE || what.kind() == Kind.DENIED) {
      synchronized (this) {
        silent.putIfAbsent(feed, what);
      }
    }
    silence.accept(what);
  }
}
