package dev.samovar.handoff;

import dev.samovar.evidence.EvidenceException;
import dev.samovar.evidence.Model;
import dev.samovar.evidence.Window;
import dev.samovar.triage.Progress;
import dev.samovar.triage.Report;
import dev.samovar.triage.Request;
import dev.samovar.triage.Triage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at all models of a team, side by side, at so many at most and for so long at most. */
public final class Gathering {
  private static final Logger LOG = LoggerFactory.getLogger(Gathering.class);

  /** More than these nobody reads in a handoff. */
  public static final int MOST_MODELS = 25;

  private static final Duration WINDOW = Duration.ofHours(2);

  private final Triage triage;
  private final Outlook outlook;
  private final ExecutorService workers;
  private final Duration deadline;

  /**
   * @param workers as many models are looked at side by side; not shut down here
   * @param deadline for all of them together
   */
  public Gathering(Triage triage, Outlook outlook, ExecutorService workers, Duration deadline) {
    this.triage = triage;
    this.outlook = outlook;
    this.workers = workers;
    this.deadline = deadline;
  }

  /**
   * @param shift what is told of; its end counts as now
   * @return one for each of the first models, in their order
   */
  public List<Look> looks(List<Model> models, Window shift) {
    long end = System.nanoTime() + deadline.toNanos();
    List<Model> some = models.subList(0, Math.min(MOST_MODELS, models.size()));
    List<Future<Report>> reports = new ArrayList<>();
    List<Future<Look>> rest = new ArrayList<>();
    for (Model model : some) {
      reports.add(workers.submit(() -> triage.investigate(request(model, shift), Progress.SILENT)));
      rest.add(workers.submit(besides(model, shift)));
    }
    List<Look> looks = new ArrayList<>();
    for (int i = 0; i < some.size(); i++) {
      Optional<Report> report = await(reports.get(i), end);
      looks.add(
          await(rest.get(i), end)
              .map(
                  look ->
                      new Look(
                          look.model(), report, look.changes(), look.forecasts(), look.unseen()))
              .orElse(
                  new Look(
                      some.get(i),
                      report,
                      List.of(),
                      List.of(),
                      List.of("its changes and forecasts were not back in time"))));
    }
    return looks;
  }

  private static Request request(Model model, Window shift) {
    return new Request(model, new Window(shift.to().minus(WINDOW), shift.to()), "", Set.of());
  }

  private Callable<Look> besides(Model model, Window shift) {
    return () -> {
      List<String> unseen = new ArrayList<>();
      return new Look(
          model,
          Optional.empty(),
          ask("changes", unseen, silence -> outlook.changes(model, shift, silence)),
          ask("forecasts", unseen, silence -> outlook.forecasts(model, shift, silence)),
          unseen);
    };
  }

  private interface Asking<T> {
    List<T> ask(Consumer<EvidenceException> silence) throws EvidenceException;
  }

  /** A source that does not answer is said, and takes nothing else away. */
  private static <T> List<T> ask(String what, List<String> unseen, Asking<T> asking) {
    try {
      return asking.ask(silence -> missing(what, silence, unseen));
    } catch (EvidenceException e) {
      unseen.add("no " + what + ": " + e.getMessage());
      return List.of();
    }
  }

  private static void missing(String what, EvidenceException silence, List<String> unseen) {
    String said = "perhaps not all " + what + ": " + silence.getMessage();
    if (!unseen.contains(said)) {
      unseen.add(said);
    }
  }

  private static <T> Optional<T> await(Future<T> future, long end) {
    try {
      return Optional.of(future.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS));
    } catch (TimeoutException e) {
      future.cancel(true);
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      future.cancel(true);
      return Optional.empty();
    } catch (ExecutionException e) {
      LOG.error("A look for a handoff broke", e);
      return Optional.empty();
    }
  }
}
