package dev.samovar.operations;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes figures now and then, so that who reads them need not wait for a database. */
public final class Sampler implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Sampler.class);

  private final Duration every;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "sampler");
            thread.setDaemon(true);
            return thread;
          });

  public Sampler(Duration every) {
    this.every = every;
  }

  /** The figure as it was last taken; not a number before, and where it could not be. */
  public Supplier<Number> sampling(Supplier<? extends Number> figure) {
    Sample sample = new Sample(figure);
    ScheduledFuture<?> unused =
        timer.scheduleWithFixedDelay(sample::take, 0, every.toMillis(), TimeUnit.MILLISECONDS);
    return sample::last;
  }

  private static final class Sample {
    private final Supplier<? extends Number> figure;
    private volatile double last = Double.NaN;

    Sample(Supplier<? extends Number> figure) {
      this.figure = figure;
    }

    void take() {
      try {
        last = figure.get().doubleValue();
      } catch (RuntimeException e) {
        LOG.debug("A figure could not be taken", e);
        last = Double.NaN;
      }
    }

    Number last() {
      return last;
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
