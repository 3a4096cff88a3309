package dev.samovar.work;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;

class WorkInMemoryTest extends WorkContract {
  private final Jobs jobs = new JobsInMemory(clock, Duration.ofMillis(20), 4);
  private final Inbox inbox = new InboxInMemory(jobs, clock);
  private final Claims claims = new ClaimsInMemory(100);
  private final Posts posts = new PostsInMemory(100);

  @AfterEach
  void close() {
    jobs.close();
  }

  @Override
  protected Jobs jobs() {
    return jobs;
  }

  @Override
  protected Inbox inbox() {
    return inbox;
  }

  @Override
  protected Claims claims() {
    return claims;
  }

  @Override
  protected Posts posts() {
    return posts;
  }
}
