package dev.samovar.store;

import com.github.kagkarlsson.scheduler.ScheduledExecution;
import com.github.kagkarlsson.scheduler.ScheduledExecutionsFilter;
import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerBuilder;
import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceCurrentlyExecutingException;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceNotFoundException;
import com.github.kagkarlsson.scheduler.jdbc.PostgreSqlJdbcCustomization;
import com.github.kagkarlsson.scheduler.serializer.Serializer;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import dev.samovar.work.Backlog;
import dev.samovar.work.Job;
import dev.samovar.work.Jobs;
import dev.samovar.work.Retry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Leaves jobs to db-scheduler: two tasks, one for what is done once and one for what recurs. */
final class JobsInSql implements Jobs {
  private static final Logger LOG = LoggerFactory.getLogger(JobsInSql.class);
  private static final int THREADS = 6;
  private static final Duration UNKNOWN_KIND = Duration.ofMinutes(1);
  private static final Duration LAST_WAIT = Duration.ofSeconds(25);

  private static final Serializer TEXT =
      new Serializer() {
        @Override
        public byte[] serialize(Object data) {
          return String.valueOf(data).getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public <T> T deserialize(Class<T> type, byte[] data) {
          return type.cast(new String(data, StandardCharsets.UTF_8));
        }
      };

  private final Clock clock;
  private final Map<String, Work> works = new ConcurrentHashMap<>();
  private final Map<String, Rhythm> rhythms = new ConcurrentHashMap<>();
  private final CustomTask<String> once;
  private final CustomTask<String> recurring;
  private final Scheduler scheduler;

  /**
   * @param isShared whether other replicas look for jobs too, so that each must lock what it takes
   */
  JobsInSql(DataSource source, boolean isShared, Pace pace, Clock clock) {
    this.clock = clock;
    this.once =
        Tasks.custom("once", String.class)
            .onFailure(tryAgain((complete, operations) -> operations.stop()))
            .onDeadExecution(this::takeOver)
            .execute((instance, context) -> run(instance, (complete, rest) -> rest.stop()));
    this.recurring =
        Tasks.custom("recurring", String.class)
            .onFailure(tryAgain(this::again))
            .onDeadExecution(this::takeOver)
            .execute(
                (instance, context) ->
                    rhythms.containsKey(instance.getId())
                        ? run(instance, this::again)
                        : (complete, operations) -> operations.stop());
    SchedulerBuilder builder = new SchedulerBuilder(source, List.of(once, recurring));
    if (isShared) {
      builder.pollUsingLockAndFetch(0.5, 1.0);
      // Named, since a server that does not answer yet can't be asked what it is.
      builder.jdbcCustomization(new PostgreSqlJdbcCustomization(false, true));
    }
    this.scheduler =
        builder
            .serializer(TEXT)
            .threads(THREADS)
            .pollingInterval(pace.polling())
            .heartbeatInterval(pace.heartbeat())
            .missedHeartbeatsLimit(4)
            .shutdownMaxWait(LAST_WAIT)
            .schedulerName(new SchedulerName.Fixed(UUID.randomUUID().toString()))
            .clock(clock::instant)
            .alwaysPersistTimestampInUTC()
            .enableImmediateExecution()
            .build();
  }

  /** What an instance is called, and back: kinds have no space. */
  private static String id(String kind, String key) {
    return kind + " " + key;
  }

  private static String data(Instant due, String payload) {
    return due + "\n" + payload;
  }

  private static Job job(TaskInstance<String> instance) {
    String[] id = instance.getId().split(" ", 2);
    String[] data = instance.getData().split("\n", 2);
    return new Job(id[0], id[1], data[1], Instant.parse(data[0]));
  }

  private CompletionHandler<String> run(
      TaskInstance<String> instance, CompletionHandler<String> then) {
    Job job = job(instance);
    Work work = works.get(job.kind());
    if (work == null) {
      LOG.warn("Nobody does jobs of the kind {}", job.kind());
      return (complete, operations) ->
          operations.reschedule(complete, clock.instant().plus(UNKNOWN_KIND));
    }
    try {
      work.run(job);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new JobException(job, e);
    } catch (Exception e) {
      throw new JobException(job, e);
    }
    return then;
  }

  /** Carries what work threw to db-scheduler, which logs it. */
  private static final class JobException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    JobException(Job job, Exception cause) {
      super("A job of the kind " + job.kind() + " broke", cause);
    }
  }

  private FailureHandler<String> tryAgain(CompletionHandler<String> givenUp) {
    return (complete, operations) -> {
      Optional<Duration> wait = Retry.after(complete.getExecution().consecutiveFailures + 1);
      if (wait.isPresent()) {
        operations.reschedule(complete, clock.instant().plus(wait.get()));
      } else {
        LOG.error("Given up after many tries: {}", complete.getExecution().taskInstance.getId());
        givenUp.complete(complete, operations);
      }
    };
  }

  private void takeOver(ExecutionComplete complete, ExecutionOperations<String> operations) {
    LOG.info("Takes over from a replica that died");
    operations.reschedule(complete, clock.instant());
    look();
  }

  private void again(ExecutionComplete complete, ExecutionOperations<String> operations) {
    Rhythm rhythm = rhythms.get(complete.getExecution().taskInstance.getId());
    if (rhythm == null) {
      operations.stop();
    } else {
      Instant next = rhythm.after(clock.instant());
      operations.reschedule(complete, next, data(next, ""));
    }
  }

  @Override
  public void does(String kind, Work work) {
    works.put(kind, work);
  }

  @Override
  public void every(String kind, String key, Rhythm rhythm) {
    rhythms.put(id(kind, key), rhythm);
  }

  @Override
  public boolean at(Instant when, String kind, String key, String payload) {
    return scheduler.scheduleIfNotExists(once.instance(id(kind, key), data(when, payload)), when);
  }

  /** Adds a job in a transaction that is under way. */
  boolean add(SameConnection connection, Instant when, String kind, String key, String payload) {
    return SchedulerClient.Builder.create(connection, once)
        .serializer(TEXT)
        .build()
        .scheduleIfNotExists(once.instance(id(kind, key), data(when, payload)), when);
  }

  /** There is something new. */
  void look() {
    if (scheduler.getSchedulerState().isStarted()) {
      scheduler.triggerCheckForDueExecutions();
    }
  }

  @Override
  public boolean cancel(String kind, String key) {
    try {
      scheduler.cancel(once.instance(id(kind, key)));
      return true;
    } catch (TaskInstanceNotFoundException e) {
      return false;
    } catch (TaskInstanceCurrentlyExecutingException e) {
      LOG.debug("It is under way", e);
      return false;
    }
  }

  @Override
  public Backlog backlog(Instant now) {
    Backlog[] backlog = {Backlog.NONE};
    scheduler.fetchScheduledExecutions(
        ScheduledExecutionsFilter.onlyResolved().withPicked(false),
        one -> {
          if (!one.getExecutionTime().isAfter(now)) {
            backlog[0] = backlog[0].and(one.getExecutionTime());
          }
        });
    return backlog[0];
  }

  @Override
  public void start() {
    Instant now = clock.instant();
    rhythms.forEach(
        (id, rhythm) -> {
          Instant next = rhythm.after(now);
          TaskInstance<String> instance = recurring.instance(id, data(next, ""));
          if (!scheduler.scheduleIfNotExists(instance, next)) {
            scheduler
                .getScheduledExecution(instance)
                .filter(waiting -> !waiting.isPicked() && isOutdated(waiting, now, next))
                .ifPresent(waiting -> move(instance, next));
          }
        });
    scheduler.start();
  }

  /** What was missed is caught up; only what lies ahead follows a new rhythm. */
  private static boolean isOutdated(ScheduledExecution<?> waiting, Instant now, Instant next) {
    return waiting.getExecutionTime().isAfter(now) && !waiting.getExecutionTime().equals(next);
  }

  private void move(TaskInstance<String> instance, Instant next) {
    try {
      scheduler.reschedule(instance, next, data(next, ""));
    } catch (TaskInstanceNotFoundException | TaskInstanceCurrentlyExecutingException e) {
      LOG.debug("Another replica was faster", e);
    }
  }

  @Override
  public void close() {
    scheduler.stop();
  }
}
