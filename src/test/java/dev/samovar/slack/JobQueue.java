package dev.samovar.slack;

import dev.samovar.work.Backlog;
import dev.samovar.work.Job;
import dev.samovar.work.Jobs;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** Jobs that are done when a test says so, in their order. */
final class JobQueue implements Jobs {
  final Deque<Job> waiting = new ArrayDeque<>();
  private final Map<String, Work> works = new HashMap<>();

  void runNext() throws Exception {
    Job job = waiting.remove();
    Objects.requireNonNull(works.get(job.kind())).run(job);
  }

  @Override
  public void does(String kind, Work work) {
    works.put(kind, work);
  }

  @Override
  public void every(String kind, String key, Rhythm rhythm) {
    throw new UnsupportedOperationException("Nothing recurs here");
  }

  @Override
  public boolean at(Instant when, String kind, String key, String payload) {
    return waiting.add(new Job(kind, key, payload, when));
  }

  @Override
  public boolean cancel(String kind, String key) {
    return waiting.removeIf(job -> job.kind().equals(kind) && job.key().equals(key));
  }

  @Override
  public Backlog backlog(Instant now) {
    return new Backlog(waiting.size(), waiting.stream().map(Job::due).min(Instant::compareTo));
  }

  @Override
  public void start() {}

  @Override
  public void close() {}
}
