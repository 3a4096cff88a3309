package dev.samovar.work;

import java.time.Clock;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * All that keeps work from being lost or done twice.
 *
 * @param forgetful whether things are kept in memory only just now, and the last to be known
 */
public record Keepers(
    Jobs jobs,
    Inbox inbox,
    Claims claims,
    Posts posts,
    Marks marks,
    Audit audit,
    BooleanSupplier forgetful) {
  private static final Duration POLLING = Duration.ofSeconds(1);
  private static final int THREADS = 6;
  private static final int REMEMBERED = 5000;

  /** Of one process, forgotten with it. */
  public static Keepers inMemory(Clock clock) {
    Jobs jobs = new JobsInMemory(clock, POLLING, THREADS);
    return new Keepers(
        jobs,
        new InboxInMemory(jobs, clock),
        new ClaimsInMemory(REMEMBERED),
        new PostsInMemory(REMEMBERED),
        new MarksInMemory(clock),
        entry -> {},
        () -> false);
  }
}
