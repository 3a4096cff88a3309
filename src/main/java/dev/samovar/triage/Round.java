package dev.samovar.triage;

import dev.samovar.checks.Case;
import dev.samovar.checks.Check;
import dev.samovar.checks.CheckId;
import dev.samovar.checks.Outcome;
import dev.samovar.evidence.Evidence;
import dev.samovar.evidence.EvidenceException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The questions of one investigation, side by side under one deadline. The one place where a broken
 * check becomes a row instead of the end.
 */
final class Round {
  private static final Logger LOG = LoggerFactory.getLogger(Round.class);

  private final ExecutorService workers;
  private final long deadlineNanos;
  private final Duration deadline;
  private final Progress progress;
  private final Map<CheckId, Result> results = new EnumMap<>(CheckId.class);
  private final Map<CheckId, Report.Row> rows = new EnumMap<>(CheckId.class);

  Round(ExecutorService workers, long deadlineNanos, Duration deadline, Progress progress) {
    this.workers = workers;
    this.deadlineNanos = deadlineNanos;
    this.deadline = deadline;
    this.progress = progress;
  }

  /** Something that asks a source. */
  @FunctionalInterface
  interface Asking<T> {
    T ask() throws EvidenceException;
  }

  /** What came of it: a value, or why there is none. */
  record Answer<T>(Optional<T> value, Optional<Result> failure) {
    private static <T> Answer<T> none(Result failure) {
      return new Answer<>(Optional.empty(), Optional.of(failure));
    }
  }

  /** A question under way. */
  final class Question<T> {
    private final Future<T> future;

    private Question(Future<T> future) {
      this.future = future;
    }

    Answer<T> await() {
      try {
        T value = future.get(Math.max(0, deadlineNanos - System.nanoTime()), TimeUnit.NANOSECONDS);
        return new Answer<>(Optional.of(value), Optional.empty());
      } catch (TimeoutException | CancellationException e) {
        future.cancel(true);
        return Answer.none(new Result.Late("timed out after " + deadline.toSeconds() + " s"));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        future.cancel(true);
        return Answer.none(new Result.Late("interrupted"));
      } catch (ExecutionException e) {
        return Answer.none(failed(Objects.requireNonNull(e.getCause())));
      }
    }
  }

  <T> Question<T> start(Asking<T> asking) {
    return new Question<>(workers.submit(asking::ask));
  }

  <T> Answer<T> ask(Asking<T> asking) {
    return start(asking).await();
  }

  /** Runs the checks and keeps what they say. */
  void run(List<Check> checks, Case subject, Function<Caveats, Evidence> evidence) {
    run(checks, subject, evidence, new Caveats());
  }

  /**
   * @param evidence tells what limits its answers
   * @param before who kept still while what these checks build on was read
   */
  void run(List<Check> checks, Case subject, Function<Caveats, Evidence> evidence, Caveats before) {
    List<Question<Outcome>> questions = new ArrayList<>();
    for (Check check : checks) {
      questions.add(
          start(
              () -> {
                long begun = System.nanoTime();
                Caveats caveats = new Caveats();
                caveats.addAll(before);
                Outcome outcome = check.examine(subject, evidence.apply(caveats));
                settle(check.id(), caveats.judge(outcome), millisSince(begun));
                return outcome;
              }));
    }
    long begun = System.nanoTime();
    for (int i = 0; i < questions.size(); i++) {
      Answer<Outcome> answer = questions.get(i).await();
      if (answer.failure().isPresent()) {
        settle(checks.get(i).id(), answer.failure().get(), millisSince(begun));
      }
    }
  }

  /** The first word about a check stands: one that is late may still speak after its deadline. */
  synchronized void settle(CheckId check, Result result, long tookMillis) {
    if (results.putIfAbsent(check, result) == null) {
      Report.Row row = result.row(check, tookMillis);
      rows.put(check, row);
      progress.checked(rows.size(), CheckId.values().length, row);
    }
  }

  synchronized Map<CheckId, Result> results() {
    return new EnumMap<>(results);
  }

  /** One for every check, in the fixed order. */
  synchronized List<Report.Row> rows() {
    return List.copyOf(rows.values());
  }

  /** What the checks found so far, in their fixed order. */
  synchronized List<Finding> findings(List<Check> checks) {
    List<Finding> findings = new ArrayList<>();
    for (Check check : checks) {
      if (results.get(check.id()) instanceof Result.Answered answered
          && answered.outcome() instanceof Outcome.Found found) {
        findings.add(new Finding(check, found));
      }
    }
    return findings;
  }

  private static Result failed(Throwable cause) {
    if (cause instanceof EvidenceException e) {
      LOG.warn("A source could not answer: {}", e.getMessage());
      return switch (e.kind()) {
        case UNREACHABLE ->
            new Result.Failed(
                e.getMessage(), "see that it runs and that its address is right", false);
        case TIMEOUT -> new Result.Late(e.getMessage());
        case DENIED ->
            new Result.Failed(
                e.getMessage(), "give Samovar a key that may read these indices", false);
        case PARTIAL ->
            new Result.Failed(e.getMessage(), "see GET _cluster/health and the server's log", true);
        case BROKEN -> new Result.Failed(e.getMessage(), "see the server's log", true);
      };
    }
    LOG.error("A check broke", cause);
    return new Result.Failed(
        "a defect of Samovar: " + cause, "report it, with Samovar's log", true);
  }

  private static long millisSince(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos).toMillis();
  }
}
