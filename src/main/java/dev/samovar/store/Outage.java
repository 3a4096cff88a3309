package dev.samovar.store;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the database answers, and what it has to catch up on. Once it did not, nobody waits for
 * it any more: memory answers, changes are noted down, and the database is tried in the background.
 * When it is there again it is told all that was noted, in order, and answers again.
 */
final class Outage implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Outage.class);

  /** About an hour of a busy channel. */
  private static final int MOST_NOTED = 20_000;

  /** Classes of errors that a question brings on itself: data, integrity, syntax. */
  private static final Set<String> OWN_FAULTS = Set.of("22", "23", "42");

  private static final Set<String> REFUSALS = Set.of("28", "3D");

  private final Runnable greeting;
  private final Duration every;
  private final Queue<Runnable> noted = new ArrayDeque<>();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "store");
            thread.setDaemon(true);
            return thread;
          });
  private boolean isOn;
  private int lost;

  /**
   * @param greeting throws where the database does not answer; done before it is told anything
   * @param every how often it is tried
   */
  Outage(Runnable greeting, Duration every) {
    this.greeting = greeting;
    this.every = every;
  }

  synchronized boolean isOn() {
    return isOn;
  }

  /** Asks the database; memory where it does not answer. */
  <T> T ask(Supplier<T> database, Supplier<T> memory) {
    if (isOn()) {
      return memory.get();
    }
    try {
      return database.get();
    } catch (RuntimeException e) {
      begin(e);
      return memory.get();
    }
  }

  /**
   * Changes something in the database; where it does not answer, in memory, and in the database
   * when it is back.
   */
  <T> T change(Supplier<T> database, Supplier<T> memory) {
    return change(
        database,
        memory,
        () -> {
          T unused = database.get();
        });
  }

  /**
   * @param later what the database is told when it is back
   */
  <T> T change(Supplier<T> database, Supplier<T> memory, Runnable later) {
    if (!isOn()) {
      try {
        return database.get();
      } catch (RuntimeException e) {
        begin(e);
      }
    }
    T result = memory.get();
    synchronized (this) {
      if (isOn) {
        note(later);
        return result;
      }
    }
    // It came back in between.
    later.run();
    return result;
  }

  private synchronized void note(Runnable later) {
    if (noted.size() < MOST_NOTED) {
      noted.add(later);
    } else {
      lost++;
    }
  }

  /**
   * It does not answer.
   *
   * @throws RuntimeException the given one, where that is not what it says
   */
  void begin(RuntimeException e) {
    if (!isAway(e)) {
      throw e;
    }
    synchronized (this) {
      if (!isOn) {
        isOn = true;
        LOG.error(
            "The store does not answer ({}). What happens is kept in memory until it is back.",
            e.getMessage());
        again();
      }
    }
  }

  private void again() {
    if (!timer.isShutdown()) {
      ScheduledFuture<?> unused =
          timer.schedule(this::tryAgain, every.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void tryAgain() {
    try {
      greeting.run();
      int told = 0;
      for (Optional<Runnable> next = next(); next.isPresent(); next = next()) {
        tell(next.get());
        told++;
      }
      LOG.info("The store answers again, and was told {} changes", told);
    } catch (RuntimeException e) {
      if (isAway(e)) {
        LOG.debug("The store still does not answer", e);
      } else {
        LOG.error("The store answers, and can't be used", e);
      }
      synchronized (this) {
        again();
      }
    }
  }

  /** The first that it was not told; where there is none, the outage is over. */
  private synchronized Optional<Runnable> next() {
    @Nullable Runnable first = noted.peek();
    if (first == null) {
      isOn = false;
      if (lost > 0) {
        LOG.error("{} changes were too many to be kept, and are lost", lost);
        lost = 0;
      }
    }
    return Optional.ofNullable(first);
  }

  private void tell(Runnable change) {
    try {
      change.run();
    } catch (RuntimeException e) {
      if (isAway(e)) {
        throw e;
      }
      LOG.error("A change could not be carried over to the store", e);
    }
    synchronized (this) {
      noted.remove();
    }
  }

  /** Whether the database is what failed, and not what it was asked. */
  static boolean isAway(Throwable e) {
    return classOf(e).filter(code -> !OWN_FAULTS.contains(code)).isPresent();
  }

  /** Whether it answers, and does not let us in: a wrong password, no such database. */
  static boolean isRefused(Throwable e) {
    return classOf(e).filter(REFUSALS::contains).isPresent();
  }

  /** The class of the database's error; empty where it is none of its errors. */
  private static Optional<String> classOf(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException refused) {
        String state = refused.getSQLState();
        return Optional.of(state == null || state.length() < 2 ? "" : state.substring(0, 2));
      }
    }
    return Optional.empty();
  }

  @Override
  public void close() {
    timer.shutdownNow();
    int left;
    synchronized (this) {
      left = noted.size();
    }
    if (left > 0) {
      LOG.error("The store did not come back; {} changes are lost", left);
    }
  }
}
