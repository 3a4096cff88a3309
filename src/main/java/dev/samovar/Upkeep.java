package dev.samovar;

import dev.samovar.evidence.EvidenceException;
import dev.samovar.operations.HealthRoutes;
import dev.samovar.operations.Measures;
import dev.samovar.operations.MetricsRoute;
import dev.samovar.operations.Pulse;
import dev.samovar.operations.Sampler;
import dev.samovar.slack.SlackBot;
import dev.samovar.store.Store;
import dev.samovar.web.Routes;
import dev.samovar.work.Backlog;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What operators see of a running {@code serve}: whether it is ready, and its metrics. */
final class Upkeep implements AutoCloseable {
  private static final Duration EVERY = Duration.ofSeconds(15);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Pulse pulse;
  private final Sampler sampler = new Sampler(EVERY);
  private final Measures measures;

  /**
   * @param teams whose shifts are handed over
   */
  Upkeep(
      Measures measures, House house, Store store, SlackBot bot, List<String> teams, Clock clock) {
    this.measures = measures;
    this.pulse =
        new Pulse(
            List.of(
                new Pulse.Part("store", () -> unless(store.answers(), "does not answer")),
                new Pulse.Part("slack", () -> unless(bot.isConnected(), "not connected")),
                new Pulse.Part("elasticsearch", () -> elasticsearch(house, clock))),
            EVERY,
            clock);
    measures.parts(pulse);
    measures.figure(
        "samovar.jobs.waiting",
        "Jobs that are due and nobody has begun.",
        sampler.sampling(() -> store.jobs().backlog(clock.instant()).waiting()));
    measures.figure(
        "samovar.jobs.oldest.seconds",
        "How long the job that waits longest has been due.",
        sampler.sampling(() -> age(store.jobs().backlog(clock.instant()), clock.instant())));
    measures.figure(
        "samovar.incidents.open",
        "Incidents that nobody has closed.",
        sampler.sampling(() -> store.incidents().openCount()));
    measures.figure(
        "samovar.handoffs.late",
        "Handoffs that were not sent in time, or that nobody took.",
        sampler.sampling(
            () ->
                teams.stream()
                    .mapToLong(team -> store.handovers().late(team, clock.instant()))
                    .sum()));
  }

  private static Optional<String> unless(boolean isWell, String trouble) {
    return isWell ? Optional.empty() : Optional.of(trouble);
  }

  /** Anybody may read it: no address, and nothing that the server said. */
  private static Optional<String> elasticsearch(House house, Clock clock) {
    try {
      house.checkup(PATIENCE, clock).presence();
      return Optional.empty();
    } catch (EvidenceException e) {
      return Optional.of(e.kind().name().toLowerCase(Locale.ROOT));
    }
  }

  private static double age(Backlog backlog, Instant now) {
    return backlog.oldest().map(due -> Duration.between(due, now).toMillis() / 1e3).orElse(0.0);
  }

  /** Once Slack was met: before that it could not be connected. */
  void start() {
    pulse.start();
  }

  List<Routes> routes() {
    return List.of(new HealthRoutes(pulse), new MetricsRoute(measures));
  }

  @Override
  public void close() {
    pulse.close();
    sampler.close();
  }
}
