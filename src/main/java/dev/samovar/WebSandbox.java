package dev.samovar;

import dev.samovar.playground.Stage;
import dev.samovar.rota.Person;
import dev.samovar.rota.Rota;
import dev.samovar.rota.Turn;
import dev.samovar.sandbox.Data;
import dev.samovar.sandbox.EmbeddedElasticsearch;
import dev.samovar.sandbox.EventWriter;
import dev.samovar.sandbox.SandboxClock;
import dev.samovar.sandbox.Scenario;
import dev.samovar.sandbox.Story;
import dev.samovar.standin.Workspace;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What stands behind the sandbox's page: an Elasticsearch with a story in it that goes on with the
 * time, the app, and a clock that can be moved. One thread does it all, one thing after the other.
 */
final class WebSandbox implements Stage, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WebSandbox.class);
  private static final Duration STEP = Duration.ofMinutes(5);
  private static final int MOST_STEPS = 24;

  /** Between two steps: a look of a watch has its time. */
  private static final long BETWEEN_STEPS_MILLIS = 500;

  private static final long GOING_ON_SECONDS = 30;

  /** Past the end of a shift, so that the end is noticed. */
  private static final Duration PAST = Duration.ofSeconds(30);

  private static final Duration SHIFTS_SEEN = Duration.ofHours(26);

  private final Workspace workspace;
  private final SandboxClock clock;
  private final SandboxPeople people;
  private final List<Runnable> onlookers = new CopyOnWriteArrayList<>();
  private final List<String> steps = new CopyOnWriteArrayList<>();
  private final ScheduledExecutorService stage =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "stage");
            thread.setDaemon(true);
            return thread;
          });

  private volatile State state = State.PREPARING;
  private volatile Scenario scenario;
  private volatile boolean isRepaired;
  private volatile Rota rota;
  private @Nullable EmbeddedElasticsearch elasticsearch;
  private @Nullable SandboxBot bot;
  private @Nullable Story story;
  private Instant told = Instant.EPOCH;

  WebSandbox(Workspace workspace, SandboxClock clock, SandboxPeople people, Scenario scenario) {
    this.workspace = workspace;
    this.clock = clock;
    this.people = people;
    this.scenario = scenario;
    this.rota = people.rota(clock.instant());
  }

  /** Begins to prepare; the page shows how far it is. */
  void start() {
    play(scenario.id());
    ScheduledFuture<?> unused =
        stage.scheduleWithFixedDelay(
            this::liveOn, GOING_ON_SECONDS, GOING_ON_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public List<Scene> scenes() {
    return Stream.of(Scenario.values())
        .map(one -> new Scene(one.id(), one.description(), one.question()))
        .toList();
  }

  @Override
  public Situation situation() {
    return new Situation(
        state,
        scenario.id(),
        List.copyOf(steps),
        clock.instant(),
        clock.ahead(),
        shift(),
        isRepaired);
  }

  private String shift() {
    Instant now = clock.instant();
    Optional<Turn> turn = rota.at(now);
    return rota.onCall(now)
        .map(Person::called)
        .map(
            name ->
                "On call: "
                    + name
                    + turn.map(
                            one ->
                                ", until "
                                    + DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT)
                                        .format(one.to().atZone(one.zone())))
                        .orElse(""))
        .orElse("");
  }

  @Override
  public void tell(Runnable onlooker) {
    onlookers.add(onlooker);
  }

  private void become(State now) {
    state = now;
    onlookers.forEach(Runnable::run);
  }

  private void step(String words) {
    steps.add(words);
    onlookers.forEach(Runnable::run);
  }

  private interface Work {
    void run() throws Exception;
  }

  private void next(Work work) {
    try {
      stage.execute(() -> doing(work));
    } catch (RejectedExecutionException e) {
      LOG.debug("The sandbox ends", e);
    }
  }

  private void doing(Work work) {
    try {
      work.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      LOG.error("The sandbox broke", e);
      step("This did not work: " + e.getMessage() + " “Start over” tries again.");
      become(State.BROKEN);
    }
  }

  @Override
  public void play(String scene) {
    Optional<Scenario> wanted = Scenario.of(scene);
    if (wanted.isPresent()) {
      next(() -> prepare(wanted.get()));
    }
  }

  private void prepare(Scenario wanted) throws Exception {
    scenario = wanted;
    isRepaired = false;
    steps.clear();
    become(State.PREPARING);
    if (bot != null) {
      step("Stopping the app …");
      bot.close();
      bot = null;
    }
    EventWriter writer = new EventWriter(elasticsearch());
    step("Emptying Elasticsearch …");
    Data.clear(writer);
    clock.reset();
    Instant now = clock.instant();
    Story begun = new Story(wanted, now, writer).continued();
    begun.tell(model -> step("Writing nine days of " + model + " into it …"));
    story = begun;
    told = begun.now();
    rota = people.rota(now);
    step("Starting the app, which connects to the stand-in for Slack …");
    workspace.empty();
    bot = SandboxBot.start(elasticsearch(), workspace, rota, clock);
    liveOn();
    become(State.READY);
  }

  private String elasticsearch() throws IOException {
    if (elasticsearch == null) {
      step("Starting an Elasticsearch of its own …");
      elasticsearch = EmbeddedElasticsearch.start(this::step);
    }
    return elasticsearch.url();
  }

  /** The story goes on as the time does. */
  private void liveOn() {
    if (story != null && state != State.LEAPING) {
      doing(() -> goOn(clock.instant()));
    }
  }

  private void goOn(Instant to) throws IOException {
    if (story != null && to.isAfter(told)) {
      story.goOn(told, to);
      told = to;
    }
  }

  @Override
  public void leap(Leap leap) {
    next(
        () -> {
          if (state == State.READY) {
            become(State.LEAPING);
            Duration all = far(leap);
            Duration step = all.dividedBy(MOST_STEPS);
            leap(all, step.compareTo(STEP) > 0 ? step : STEP);
          }
        });
  }

  private Duration far(Leap leap) {
    Instant now = clock.instant();
    return switch (leap) {
      case FIVE_MINUTES -> STEP;
      case HOUR -> Duration.ofHours(1);
      case DAY -> Duration.ofDays(1);
      case SHIFT ->
          rota.turns(now, now.plus(SHIFTS_SEEN)).stream()
              .map(turn -> Duration.between(now, turn.to().plus(PAST)))
              .filter(left -> !left.isNegative())
              .findFirst()
              .orElse(Duration.ZERO);
    };
  }

  /** Time runs fast, and does not jump: what is due on the way happens on the way. */
  private void leap(Duration left, Duration step) throws IOException {
    if (left.isZero()) {
      become(State.READY);
      return;
    }
    Duration now = left.compareTo(step) < 0 ? left : step;
    goOn(clock.instant().plus(now));
    clock.forward(now);
    become(State.LEAPING);
    ScheduledFuture<?> unused =
        stage.schedule(
            () -> doing(() -> leap(left.minus(now), step)),
            BETWEEN_STEPS_MILLIS,
            TimeUnit.MILLISECONDS);
  }

  @Override
  public void repair() {
    next(
        () -> {
          if (story != null && !isRepaired) {
            goOn(clock.instant());
            story = story.endingAt(clock.instant());
            isRepaired = true;
            become(state);
          }
        });
  }

  @Override
  public void close() {
    stage.shutdownNow();
    try {
      if (!stage.awaitTermination(10, TimeUnit.SECONDS)) {
        LOG.warn("The sandbox did not end in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (bot != null) {
      bot.close();
    }
    if (elasticsearch != null) {
      elasticsearch.close();
    }
  }
}
