package dev.samovar.flink;

import com.fasterxml.jackson.databind.JsonNode;
import dev.samovar.evidence.Dataset;
import dev.samovar.evidence.Event;
import dev.samovar.evidence.EventFeed;
import dev.samovar.evidence.EvidenceException;
import dev.samovar.evidence.Fields;
import dev.samovar.evidence.MetricFeed;
import dev.samovar.evidence.Metrics.Line;
import dev.samovar.evidence.Metrics.Point;
import dev.samovar.evidence.Model;
import dev.samovar.evidence.Window;
import dev.samovar.http.Answer;
import dev.samovar.http.Credentials;
import dev.samovar.http.HttpSettings;
import dev.samovar.http.JsonClient;
import dev.samovar.http.Question;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The jobs that a model reads from: how they ended, as runs, and how often they restart and fail to
 * checkpoint, as figures under the names of Flink's own reporters. What a model names need not be a
 * job of Flink: that is no error.
 */
public final class FlinkFeed implements EventFeed, MetricFeed, AutoCloseable {
  private static final String NAME = "Flink";
  private static final String KEY = "flink";
  private static final String JOBS = "jobs";

  /** Of one model, the newest: a session cluster keeps many that are over. */
  private static final int MOST_JOBS = 10;

  static final String RESTARTS = "flink_jobmanager_job_numRestarts";
  static final String FAILED_CHECKPOINTS = "flink_jobmanager_job_numberOfFailedCheckpoints";
  static final String CHECKPOINT_DURATION = "flink_jobmanager_job_lastCheckpointDuration";

  private final FlinkSettings settings;
  private final JsonClient client;

  /**
   * @throws IOException where the certificates can't be read; the message says why
   */
  public FlinkFeed(FlinkSettings settings, Clock clock) throws IOException {
    this.settings = settings;
    Map<String, String> headers =
        settings
            .token()
            .map(Credentials::bearer)
            .or(
                () ->
                    settings
                        .username()
                        .map(user -> Credentials.basic(user, settings.password().orElse(""))))
            .orElse(Map.of());
    this.client =
        new JsonClient(
            HttpSettings.of(NAME, KEY, settings.url(), headers).trusting(settings.caFile()), clock);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Set<Dataset> datasets() {
    return Set.of(Dataset.RUN);
  }

  @Override
  public Set<String> metrics() {
    return Set.of(RESTARTS, FAILED_CHECKPOINTS, CHECKPOINT_DURATION);
  }

  @Override
  public Set<String> fields(Model model, Dataset dataset, Duration budget)
      throws EvidenceException {
    return dataset == Dataset.RUN && !jobs(model, end(budget)).isEmpty()
        ? Set.of(
            Fields.PIPELINE,
            Fields.PIPELINE_KIND,
            Fields.RUN_ID,
            Fields.OUTCOME,
            Fields.DURATION,
            Fields.ERROR_MESSAGE,
            Fields.EVENT_URL)
        : Set.of();
  }

  @Override
  public List<Event> events(Model model, Dataset dataset, Window window, Duration budget)
      throws EvidenceException {
    if (dataset != Dataset.RUN) {
      return List.of();
    }
    long end = end(budget);
    List<Job> jobs = jobs(model, end);
    List<Event> events = new ArrayList<>();
    for (Job job : jobs) {
      run(job, jobs, end).ifPresent(events::add);
    }
    return events.stream()
        .filter(event -> window.contains(event.time()))
        .sorted(Comparator.comparing(Event::time).reversed())
        .toList();
  }

  /** The newest first. */
  private List<Job> jobs(Model model, long end) throws EvidenceException {
    if (!Job.areNamed(model)) {
      return List.of();
    }
    Question question = Question.get("jobs", JOBS, "overview");
    JsonNode body = client.ask(question, left(end)).body();
    return client.list(question, body, JOBS).stream()
        .flatMap(one -> Job.read(one, model).stream())
        .sorted(Comparator.comparing(Job::began).reversed().thenComparing(Job::id))
        .limit(MOST_JOBS)
        .toList();
  }

  /**
   * A job that goes on has not ended, and says nothing, unless it does not get to work. One that
   * was stopped is a failure of what reads from it as long as none of its name runs again.
   */
  private Optional<Event> run(Job job, List<Job> all, long end) throws EvidenceException {
    return switch (job.state()) {
      case "FINISHED" -> finished(job, all);
      case "FAILED" -> {
        String why = last(job, end).map(Exceptions.Entry::text).orElse("the job failed");
        yield job.ended().map(at -> event(job, at, Optional.of(why)));
      }
      case "CANCELED" -> stopped(job, all, "cancelled");
      case "SUSPENDED" -> stopped(job, all, "suspended");
      case "RESTARTING", "FAILING" ->
          last(job, end)
              .map(
                  entry ->
                      event(
                          job,
                          entry.at(),
                          Optional.of("it does not get to run again: " + entry.text())));
      case "RUNNING" -> successor(job, all);
      default -> Optional.empty();
    };
  }

  /** A stream that is stopped for its successor has no rhythm in which it should end. */
  private Optional<Event> finished(Job job, List<Job> all) {
    return all.stream().anyMatch(other -> follows(other, job) && other.isRunning())
        ? Optional.empty()
        : job.ended().map(at -> event(job, at, Optional.empty()));
  }

  private Optional<Event> stopped(Job job, List<Job> all, String how) {
    boolean runsAgain =
        all.stream().anyMatch(other -> follows(other, job) && !other.state().equals("FAILED"));
    return runsAgain
        ? Optional.empty()
        : job.ended()
            .map(
                at ->
                    event(
                        job, at, Optional.of("the job was " + how + " and none of its name runs")));
  }

  /** What failed before under this name is over: a job of it runs. */
  private Optional<Event> successor(Job job, List<Job> all) {
    return all.stream().anyMatch(other -> follows(job, other) && other.isOver())
        ? Optional.of(event(job, job.began(), Optional.empty()))
        : Optional.empty();
  }

  private static boolean follows(Job one, Job other) {
    return one.pipeline().equals(other.pipeline()) && one.began().isAfter(other.began());
  }

  private Optional<Exceptions.Entry> last(Job job, long end) throws EvidenceException {
    List<Exceptions.Entry> all = exceptions(job, end).all();
    return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
  }

  private Exceptions exceptions(Job job, long end) throws EvidenceException {
    Question question = Question.get("exceptions of " + job.name(), JOBS, job.id(), "exceptions");
    return client
        .find(question, left(end))
        .map(Answer::body)
        .map(Exceptions::read)
        .orElse(new Exceptions(List.of()));
  }

  private Event event(Job job, Instant at, Optional<String> failure) {
    Map<String, List<String>> values = new TreeMap<>();
    values.put(Fields.PIPELINE, List.of(job.pipeline()));
    values.put(Fields.PIPELINE_KIND, List.of("ingest"));
    values.put(Fields.RUN_ID, List.of(job.id()));
    values.put(Fields.OUTCOME, List.of(failure.isEmpty() ? "success" : "failure"));
    values.put(Fields.EVENT_URL, List.of(address(job, "exceptions")));
    if (job.isOver() && job.began().isBefore(at)) {
      values.put(
          Fields.DURATION, List.of(Long.toString(Duration.between(job.began(), at).toNanos())));
    }
    failure.ifPresent(said -> values.put(Fields.ERROR_MESSAGE, List.of(said)));
    return new Event(at, values);
  }

  @Override
  public List<Line> lines(Model model, Window window, Duration budget) throws EvidenceException {
    long end = end(budget);
    List<Line> lines = new ArrayList<>();
    for (Job job : jobs(model, end)) {
      if (job.isOver()) {
        continue;
      }
      Map<String, String> labels = Map.of("job_name", job.name(), "job_id", job.id());
      List<Exceptions.Entry> failures = exceptions(job, end).all();
      List<Point> restarts = new ArrayList<>();
      restarts.add(
          new Point(failures.isEmpty() ? job.began() : failures.get(0).at().minusMillis(1), 0));
      for (Exceptions.Entry failure : failures) {
        restarts.add(new Point(failure.at(), restarts.size()));
      }
      lines.add(line(RESTARTS, labels, restarts, job, "exceptions"));
      Optional<Checkpoints> checkpoints = checkpoints(job, end);
      if (checkpoints.isPresent()) {
        lines.add(
            line(FAILED_CHECKPOINTS, labels, checkpoints.get().failures(), job, "checkpoints"));
        lines.add(
            line(CHECKPOINT_DURATION, labels, checkpoints.get().durations(), job, "checkpoints"));
      }
    }
    return lines;
  }

  /** Empty where it has none: not every job is set up to checkpoint. */
  private Optional<Checkpoints> checkpoints(Job job, long end) throws EvidenceException {
    return client
        .find(
            Question.get("checkpoints of " + job.name(), JOBS, job.id(), "checkpoints"), left(end))
        .map(Answer::body)
        .map(Checkpoints::read);
  }

  private Line line(
      String metric, Map<String, String> labels, List<Point> points, Job job, String tab) {
    return new Line(metric, labels, points, Optional.of(address(job, tab)));
  }

  /** Its page in Flink's dashboard, whose own paths are fragments. */
  private String address(Job job, String tab) {
    String base = settings.url().replaceFirst("//[^/@]*@", "//").replaceFirst("/+$", "");
    return base + "/#/job/" + (job.isOver() ? "completed/" : "running/") + job.id() + "/" + tab;
  }

  /** How it is, for a person who set it up. */
  public Map<String, String> look(List<Model> models, Duration budget) throws EvidenceException {
    long end = end(budget);
    Map<String, String> said = new TreeMap<>();
    JsonNode overview = client.ask(Question.get("overview", "overview"), left(end)).body();
    said.put(
        "",
        "Flink "
            + overview.path("flink-version").asText("of unknown version")
            + ", "
            + overview.path("jobs-running").asInt()
            + " jobs running");
    for (Model model : models) {
      List<Job> jobs = jobs(model, end);
      if (!jobs.isEmpty()) {
        said.put(
            model.name(),
            "reads "
                + String.join(
                    ", ",
                    jobs.stream()
                        .map(job -> job.name() + " (" + job.state() + ")")
                        .distinct()
                        .toList()));
      }
    }
    return said;
  }

  private static long end(Duration budget) {
    return System.nanoTime() + budget.toNanos();
  }

  private static Duration left(long end) {
    return Duration.ofNanos(Math.max(1, end - System.nanoTime()));
  }

  @Override
  public void close() {
    client.close();
  }
}
