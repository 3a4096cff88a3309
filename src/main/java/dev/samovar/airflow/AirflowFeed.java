package dev.samovar.airflow;

import com.fasterxml.jackson.databind.JsonNode;
import dev.samovar.evidence.Dataset;
import dev.samovar.evidence.Event;
import dev.samovar.evidence.EventFeed;
import dev.samovar.evidence.EvidenceException;
import dev.samovar.evidence.Fields;
import dev.samovar.evidence.Model;
import dev.samovar.evidence.Reach;
import dev.samovar.evidence.Window;
import dev.samovar.http.Answer;
import dev.samovar.http.Question;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The DAG runs of the pipelines that a model names, as run events. What a model names need not be a
 * DAG: topics and tables are not known here, and that is no error.
 */
public final class AirflowFeed implements EventFeed, AutoCloseable {
  private static final int A_PAGE = 100;

  /** Of one DAG; the newest come first, so that what is left out is long ago. */
  private static final int MOST_PAGES = 10;

  /** Of one DAG: the newest failures are looked into. */
  private static final int MOST_LOOKED_INTO = 5;

  private static final String RUNS = "dagRuns";

  private final AirflowApi api;

  /**
   * @throws IOException where the certificates can't be read; the message says why
   */
  public AirflowFeed(AirflowSettings settings, Clock clock) throws IOException {
    this.api = new AirflowApi(settings, clock);
  }

  @Override
  public String name() {
    return "Airflow";
  }

  @Override
  public Optional<Reach> reach(Duration budget) throws EvidenceException {
    return Optional.of(new Reach(api.presence(budget), List.of()));
  }

  @Override
  public Set<Dataset> datasets() {
    return Set.of(Dataset.RUN);
  }

  @Override
  public Set<String> fields(Model model, Dataset dataset, Duration budget)
      throws EvidenceException {
    long end = System.nanoTime() + budget.toNanos();
    for (Part part : Part.of(model)) {
      Question question = runs(part).with("limit", "1");
      Optional<Answer> answer = api.find(question, left(end));
      if (answer.isPresent() && !list(question, answer.get(), "dag_runs").isEmpty()) {
        return Set.of(
            Fields.PIPELINE,
            Fields.PIPELINE_KIND,
            Fields.RUN_ID,
            Fields.OUTCOME,
            Fields.DURATION,
            Fields.ERROR_MESSAGE,
            Fields.MODEL);
      }
    }
    return Set.of();
  }

  @Override
  public List<Event> events(Model model, Dataset dataset, Window window, Duration budget)
      throws EvidenceException {
    long end = System.nanoTime() + budget.toNanos();
    List<Event> events = new ArrayList<>();
    for (Part part : Part.of(model)) {
      int lookedInto = 0;
      for (AirflowRun run : ended(part, window, end)) {
        boolean isNewFailure = !run.succeeded() && lookedInto < MOST_LOOKED_INTO;
        events.add(
            run.event(part, model.name(), isNewFailure ? why(part, run, end) : Optional.empty()));
        lookedInto += isNewFailure ? 1 : 0;
      }
    }
    events.sort(Comparator.comparing(Event::time).reversed());
    return events;
  }

  private static Question runs(Part part) {
    return Question.get("runs of the DAG " + part.dag(), "dags", part.dag(), RUNS);
  }

  /** The runs that ended in the window, newest first. */
  private List<AirflowRun> ended(Part part, Window window, long end) throws EvidenceException {
    List<AirflowRun> runs = new ArrayList<>();
    int offset = 0;
    for (int page = 0; page < MOST_PAGES; page++) {
      Question question =
          runs(part)
              .with("order_by", "-end_date")
              .with("end_date_gte", window.from().toString())
              .with("end_date_lte", window.to().toString())
              .with("limit", Integer.toString(A_PAGE))
              .with("offset", Integer.toString(offset));
      Optional<Answer> answer = api.find(question, left(end));
      if (answer.isEmpty()) {
        return runs;
      }
      List<JsonNode> list = list(question, answer.get(), "dag_runs");
      list.stream()
          .flatMap(run -> AirflowRun.read(run).stream())
          .filter(run -> window.contains(run.ended()))
          .forEach(runs::add);
      // A server may give fewer a page than it was asked for.
      offset += list.size();
      if (list.isEmpty() || offset >= answer.get().body().path("total_entries").asInt()) {
        return runs;
      }
    }
    return runs;
  }

  private Optional<String> why(Part part, AirflowRun run, long end) throws EvidenceException {
    Question question =
        Question.get(
                "failed tasks of the run " + run.id(),
                "dags",
                part.dag(),
                RUNS,
                run.id(),
                "taskInstances")
            .with("state", "failed")
            .with("limit", Integer.toString(A_PAGE));
    Optional<Answer> answer = api.find(question, left(end));
    return answer.isEmpty()
        ? Optional.empty()
        : Failure.of(list(question, answer.get(), "task_instances"));
  }

  private List<JsonNode> list(Question question, Answer answer, String key)
      throws EvidenceException {
    return api.reader().list(question, answer.body(), key);
  }

  private static Duration left(long end) {
    return Duration.ofNanos(Math.max(1, end - System.nanoTime()));
  }

  @Override
  public void close() {
    api.close();
  }
}
