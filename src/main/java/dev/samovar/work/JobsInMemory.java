package dev.samovar.work;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps jobs while the process lives. */
public final class JobsInMemory implements Jobs {
  private static final Logger LOG = LoggerFactory.getLogger(JobsInMemory.class);

  private final Clock clock;
  private final Duration polling;
  private final Map<String, Work> works = new ConcurrentHashMap<>();
  private final Map<Id, Rhythm> rhythms = new ConcurrentHashMap<>();
  private final Map<Id, Waiting> waiting = new LinkedHashMap<>();
  private final Set<Id> running = new HashSet<>();
  private final ExecutorService workers;
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(DAEMON);
  private boolean isStarted;

  private static final ThreadFactory DAEMON =
      task -> {
        Thread thread = new Thread(task, "job");
        thread.setDaemon(true);
        return thread;
      };

  private record Id(String kind, String key, boolean recurs) {}

  private record Waiting(Job job, Instant when, int failures) {}

  /**
   * @param polling how often it looks at the clock
   * @param threads how many jobs are done at once
   */
  public JobsInMemory(Clock clock, Duration polling, int threads) {
    this.clock = clock;
    this.polling = polling;
    this.workers = Executors.newFixedThreadPool(threads, DAEMON);
  }

  @Override
  public void does(String kind, Work work) {
    works.put(kind, work);
  }

  @Override
  public synchronized void every(String kind, String key, Rhythm rhythm) {
    Id id = new Id(kind, key, true);
    rhythms.put(id, rhythm);
    Instant first = rhythm.after(clock.instant());
    waiting.put(id, new Waiting(new Job(kind, key, "", first), first, 0));
  }

  @Override
  public boolean at(Instant when, String kind, String key, String payload) {
    Id id = new Id(kind, key, false);
    synchronized (this) {
      if (running.contains(id)
          || waiting.putIfAbsent(id, new Waiting(new Job(kind, key, payload, when), when, 0))
              != null) {
        return false;
      }
    }
    dispatch();
    return true;
  }

  @Override
  public synchronized boolean cancel(String kind, String key) {
    return waiting.remove(new Id(kind, key, false)) != null;
  }

  @Override
  public synchronized Backlog backlog(Instant now) {
    Backlog backlog = Backlog.NONE;
    for (Waiting one : waiting.values()) {
      if (!one.when().isAfter(now)) {
        backlog = backlog.and(one.when());
      }
    }
    return backlog;
  }

  @Override
  public synchronized void start() {
    isStarted = true;
    ScheduledFuture<?> unused =
        timer.scheduleWithFixedDelay(this::dispatch, 0, polling.toMillis(), TimeUnit.MILLISECONDS);
  }

  private synchronized void dispatch() {
    if (!isStarted) {
      return;
    }
    Instant now = clock.instant();
    List<Id> due = new ArrayList<>();
    waiting.forEach(
        (id, one) -> {
          if (!one.when().isAfter(now) && works.containsKey(id.kind())) {
            due.add(id);
          }
        });
    for (Id id : due) {
      Waiting one = waiting.remove(id);
      if (one != null) {
        running.add(id);
        workers.execute(() -> run(id, one));
      }
    }
  }

  private void run(Id id, Waiting one) {
    Optional<Waiting> next = Optional.empty();
    try {
      Work work = works.get(id.kind());
      if (work != null) {
        work.run(one.job());
      }
      next = recurrence(id);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      LOG.error("A job of the kind {} broke", id.kind(), e);
      int failures = one.failures() + 1;
      next =
          Retry.after(failures)
              .map(wait -> new Waiting(one.job(), clock.instant().plus(wait), failures))
              .or(() -> recurrence(id));
    } finally {
      done(id, next);
    }
  }

  private Optional<Waiting> recurrence(Id id) {
    return Optional.ofNullable(rhythms.get(id))
        .map(rhythm -> rhythm.after(clock.instant()))
        .map(when -> new Waiting(new Job(id.kind(), id.key(), "", when), when, 0));
  }

  private synchronized void done(Id id, Optional<Waiting> next) {
    running.remove(id);
    next.ifPresent(one -> waiting.put(id, one));
  }

  @Override
  public void close() {
    synchronized (this) {
      isStarted = false;
    }
    timer.shutdownNow();
    workers.shutdown();
    try {
      if (!workers.awaitTermination(25, TimeUnit.SECONDS)) {
        LOG.warn("{} jobs were left", workers.shutdownNow().size());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
