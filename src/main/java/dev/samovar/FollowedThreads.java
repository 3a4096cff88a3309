package dev.samovar;

import dev.samovar.work.Trail;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** So many threads, each working under the id of who gave it the work. */
final class FollowedThreads extends ThreadPoolExecutor {
  FollowedThreads(int count, ThreadFactory factory) {
    super(count, count, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), factory);
  }

  @Override
  public void execute(Runnable task) {
    super.execute(Trail.carry(task));
  }
}
