package dev.samovar;

import dev.samovar.config.Configuration;
import dev.samovar.config.ConfigurationException;
import dev.samovar.evidence.Nearest;
import dev.samovar.handoff.Changeover;
import dev.samovar.handoff.Duty;
import dev.samovar.handoff.Handoff;
import dev.samovar.incidents.Incidents;
import dev.samovar.incidents.IncidentsInMemory;
import dev.samovar.oncall.Directory;
import dev.samovar.report.Format;
import dev.samovar.rota.Rota;
import dev.samovar.runbooks.Runbooks;
import dev.samovar.store.Store;
import dev.samovar.store.StoreException;
import dev.samovar.understanding.TimeArgument;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "handoff",
    description = "What a shift hands over to the next, printed.",
    mixinStandardHelpOptions = true)
final class HandoffCommand implements Callable<Integer> {
  /** Told of where no rota says when the shift began. */
  private static final Duration USUAL = Duration.ofHours(8);

  @Option(
      names = "--config",
      paramLabel = "FILE",
      defaultValue = "samovar.yaml",
      description = "Default: ./samovar.yaml")
  private Path config = Path.of("samovar.yaml");

  @Option(
      names = "--team",
      paramLabel = "T",
      description = "Whose; not needed where one team hands over.")
  private @Nullable String team;

  @Option(
      names = "--at",
      paramLabel = "T",
      description = "Takes T for now: the shift that runs then, as far as it has come.")
  private @Nullable String at;

  @Option(
      names = "--since",
      paramLabel = "T",
      description =
          "Tells of the time since T: 90m, 12h, 09:00, yesterday. Default: since the shift began")
  private @Nullable String since;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "${COMPLETION-CANDIDATES}. Default: text")
  private Format format = Format.TEXT;

  @Override
  public Integer call() throws ConfigurationException, UsageException {
    Configuration configuration = Configuration.load(config, System.getenv());
    Instant now = now();
    Duty duty = duty(configuration, now);
    Changeover changeover = changeover(duty, now);
    List<String> unseen = new ArrayList<>();
    Runbooks runbooks =
        new Runbooks(configuration.runbooks().directory(), configuration.runbooks().baseUrl());
    Optional<Store> store = store(configuration, unseen);
    try (House house = House.of(configuration, config)) {
      Incidents incidents = store.map(Store::incidents).orElseGet(() -> new IncidentsInMemory(1));
      Handoff handoff = house.handoffs(incidents, runbooks).compose(duty, changeover, unseen);
      PrintWriter out = new PrintWriter(System.out, false, StandardCharsets.UTF_8);
      out.print(format.render(handoff, List.of()));
      out.flush();
      if (!duty.models().isEmpty() && !house.wasReached()) {
        System.err.println("No evidence source could be reached.");
        return Samovar.UNREACHABLE;
      }
      return Samovar.OK;
    } finally {
      store.ifPresent(Store::close);
    }
  }

  /** Without the incidents there is still a handoff; it says what it lacks. */
  private static Optional<Store> store(Configuration configuration, List<String> unseen) {
    try {
      return Optional.of(Store.open(configuration.storeUrl()));
    } catch (StoreException e) {
      unseen.add("incidents: " + e.getMessage());
      return Optional.empty();
    }
  }

  /** With the people of the team's schedule, where it keeps one elsewhere. */
  private Duty duty(Configuration configuration, Instant now)
      throws ConfigurationException, UsageException {
    try (ConfiguredSchedules schedules =
        ConfiguredSchedules.of(configuration, Directory.EMPTY, Clock.systemUTC())) {
      return schedules.with(duty(configuration), now);
    }
  }

  private Duty duty(Configuration configuration) throws UsageException {
    List<Configuration.Handoff> all = configuration.handoffs();
    List<String> teams = all.stream().map(Configuration.Handoff::team).toList();
    if (team == null && all.size() > 1) {
      throw new UsageException("Say which team: --team " + String.join(" or ", teams) + ".");
    }
    Optional<Configuration.Handoff> found =
        all.stream().filter(one -> team == null || one.team().equals(team)).findFirst();
    if (found.isPresent()) {
      return Duty.of(
          found.get().team(), found.get().channel(), found.get().rota(), configuration.models());
    }
    boolean isKnown =
        configuration.models().stream()
            .anyMatch(model -> model.team().filter(one -> one.equals(team)).isPresent());
    if (team != null && !isKnown) {
      List<String> known = new ArrayList<>(teams);
      configuration.models().forEach(model -> model.team().ifPresent(known::add));
      throw new UsageException(
          "No team is called "
              + team
              + Nearest.of(team, known).map(near -> "; did you mean " + near + "?").orElse(".")
              + (known.isEmpty()
                  ? " None is configured (handoffs:)."
                  : " Known are: " + String.join(", ", known.stream().distinct().toList()) + "."));
    }
    Rota none = new Rota("", List.of(), List.of(), List.of(), List.of());
    return team == null
        ? new Duty("everything", "", none, configuration.models())
        : Duty.of(team, "", none, configuration.models());
  }

  private Instant now() throws UsageException {
    return at == null ? Instant.now() : moment("--at", at, Instant.now(), ZoneId.systemDefault());
  }

  private Changeover changeover(Duty duty, Instant now) throws UsageException {
    ZoneId zone = ZoneId.systemDefault();
    Optional<Changeover> running = duty.running(now);
    Instant from =
        since == null
            ? running.map(Changeover::from).orElse(now.minus(USUAL))
            : moment("--since", since, now, zone);
    if (!from.isBefore(now)) {
      throw new UsageException(
          "The time to tell of ends (" + now + ") before it begins (" + from + ").");
    }
    return running.map(one -> one.since(from)).orElseGet(() -> Duty.between(from, now, zone));
  }

  private static Instant moment(String option, String value, Instant now, ZoneId zone)
      throws UsageException {
    try {
      return TimeArgument.parse(value, now, zone);
    } catch (IllegalArgumentException e) {
      throw new UsageException(option + ": " + e.getMessage() + ".");
    }
  }
}
