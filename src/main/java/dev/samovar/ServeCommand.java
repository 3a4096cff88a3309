package dev.samovar;

import dev.samovar.changes.ChangePlaces;
import dev.samovar.config.Configuration;
import dev.samovar.config.ConfigurationException;
import dev.samovar.config.Secret;
import dev.samovar.config.Secrets;
import dev.samovar.conversation.AutoReply;
import dev.samovar.conversation.TriageConversation;
import dev.samovar.evidence.ChangeRecorder;
import dev.samovar.handoff.Duty;
import dev.samovar.handoff.Shifts;
import dev.samovar.incidents.Incident;
import dev.samovar.operations.Logs;
import dev.samovar.operations.Measures;
import dev.samovar.operations.RedactedEncoder;
import dev.samovar.page.PageLinks;
import dev.samovar.page.PageRoutes;
import dev.samovar.redaction.Redaction;
import dev.samovar.rota.Rota;
import dev.samovar.runbooks.Runbooks;
import dev.samovar.slack.EmailBook;
import dev.samovar.slack.SlackBot;
import dev.samovar.slack.SlackSettings;
import dev.samovar.store.Pace;
import dev.samovar.store.Retention;
import dev.samovar.store.Store;
import dev.samovar.web.AlertRoutes;
import dev.samovar.web.ChangeRoutes;
import dev.samovar.web.Gate;
import dev.samovar.web.LateChanges;
import dev.samovar.web.PortException;
import dev.samovar.web.Routes;
import dev.samovar.web.WebServer;
import dev.samovar.work.Keepers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "serve", description = "The Slack bot.", mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {
  private static final long LONGEST_END_SECONDS = 60;

  /** A pipeline waits for the answer. */
  private static final Duration CHANGE_BUDGET = Duration.ofSeconds(5);

  @Option(
      names = "--config",
      paramLabel = "FILE",
      defaultValue = "samovar.yaml",
      description = "Default: ./samovar.yaml")
  private Path config = Path.of("samovar.yaml");

  @Override
  public Integer call() throws Exception {
    Configuration configuration = Configuration.load(config, System.getenv());
    Redaction redaction = Redaction.of(configuration.redaction());
    RedactedEncoder.use(redaction);
    List<String> missing = configuration.slack().missing();
    if (!missing.isEmpty()) {
      throw new ConfigurationException(
          List.of(
              config
                  + ": serve needs "
                  + String.join(" and ", missing)
                  + "; docs and the app's manifest are in the README, under “In Slack, in five"
                  + " steps”."));
    }
    Logs.write(
        configuration.operations().isJson().orElse(!Terminal.isAttached()),
        Version.number(),
        Secrets.in(configuration),
        redaction::of);
    Runbooks runbooks =
        new Runbooks(configuration.runbooks().directory(), configuration.runbooks().baseUrl());
    SlackSettings settings =
        settings(
            configuration.slack(), configuration.webhooks(), redaction, configuration.access());
    CountDownLatch end = new CountDownLatch(1);
    CountDownLatch closed = new CountDownLatch(1);
    try (Measures measures = new Measures(Version.number());
        House house = House.of(configuration, config, measures);
        ConfiguredSchedules schedules =
            ConfiguredSchedules.of(
                configuration, new EmailBook(settings, Clock.systemUTC()), Clock.systemUTC());
        Store store = Store.openOrAwait(configuration.storeUrl(), Pace.USUAL, Clock.systemUTC());
        SlackBot bot =
            new SlackBot(
                settings,
                new TriageConversation(configuration.models()),
                measures.timing(house.triage()),
                store.incidents(),
                store.keepers(),
                runbooks,
                () -> schedules.roster().now(Instant.now()),
                Optional.of(shifts(configuration, house, schedules, store, runbooks)),
                links(configuration),
                Optional.of(new Clinic(configuration, house, schedules, Clock.systemUTC())),
                measures,
                Clock.systemUTC());
        Upkeep upkeep =
            new Upkeep(
                measures,
                house,
                store,
                bot,
                configuration.handoffs().stream().map(Configuration.Handoff::team).toList(),
                Clock.systemUTC());
        WebServer inner = new WebServer(isApart(configuration) ? upkeep.routes() : List.of());
        WebServer server =
            new WebServer(routes(configuration, house, bot, store, runbooks, upkeep))) {
      recur(store, configuration.retention());
      if (isApart(configuration)) {
        serve(inner, "operations.port", configuration.operations().port().orElseThrow());
      }
      bot.start();
      upkeep.start();
      if (configuration.slack().isHttp()
          || configuration.webhooks().isPresent()
          || configuration.reports().isPresent()
          || (configuration.operations().port().isPresent() && !isApart(configuration))) {
        serve(server, "slack.port", configuration.slack().port());
      }
      if (store.keepers().forgetful().getAsBoolean()) {
        System.err.println(
            "The store does not answer; what happens is kept in memory until it does.");
      }
      System.out.println("Samovar listens in Slack. Stop it with Ctrl-C.");
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(end, closed), "stop"));
      end.await();
    } finally {
      closed.countDown();
    }
    return Samovar.OK;
  }

  /** Whether health and metrics have a port of their own, which the world need not reach. */
  private static boolean isApart(Configuration configuration) {
    return configuration
        .operations()
        .port()
        .filter(port -> port != configuration.slack().port())
        .isPresent();
  }

  private static Optional<PageLinks> pages(Configuration configuration) {
    return configuration
        .reports()
        .map(given -> new PageLinks(given.baseUrl(), given.key().value(), given.expire()));
  }

  /** The way to an incident's page; none where no pages are served. */
  private static Function<Incident, Optional<String>> links(Configuration configuration) {
    Optional<PageLinks> pages = pages(configuration);
    return incident -> pages.flatMap(links -> links.of(incident));
  }

  private static List<Routes> routes(
      Configuration configuration,
      House house,
      SlackBot bot,
      Store store,
      Runbooks runbooks,
      Upkeep upkeep) {
    List<Routes> routes = new ArrayList<>(List.of(bot));
    if (!isApart(configuration)) {
      routes.addAll(upkeep.routes());
    }
    if (configuration.webhooks().isPresent()) {
      Gate gate = new Gate(configuration.webhooks().get().secret().value(), Clock.systemUTC());
      routes.add(new AlertRoutes(gate, store.keepers().inbox(), Clock.systemUTC()));
      routes.add(changes(gate, configuration, house, store.keepers()));
    }
    pages(configuration)
        .ifPresent(
            links ->
                routes.add(
                    new PageRoutes(
                        links,
                        Pages.of(runbooks),
                        store.incidents(),
                        store.keepers().forgetful(),
                        Clock.systemUTC())));
    return routes;
  }

  private static ChangeRoutes changes(
      Gate gate, Configuration configuration, House house, Keepers keepers) {
    Clock clock = Clock.systemUTC();
    ChangePlaces places = new ChangePlaces(configuration.models());
    ChangeRecorder recorder = house.changes(CHANGE_BUDGET);
    LateChanges late = new LateChanges(places, recorder, keepers.inbox(), keepers.jobs(), clock);
    late.start();
    return new ChangeRoutes(gate, places, recorder, late, keepers.marks(), clock);
  }

  private void serve(WebServer server, String key, int port) throws ConfigurationException {
    try {
      server.start(port);
    } catch (PortException e) {
      throw new ConfigurationException(List.of(config + ": " + key + ": " + e.getMessage()));
    }
  }

  /** The process ends when all is closed, in its order. */
  private static void stop(CountDownLatch end, CountDownLatch closed) {
    end.countDown();
    try {
      if (!closed.await(LONGEST_END_SECONDS, TimeUnit.SECONDS)) {
        System.err.println("Some answers were left unfinished; the next start finishes them.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void recur(Store store, Configuration.Retention kept) {
    Retention retention = store.retention(kept.reports(), kept.events());
    store.jobs().does("retention", job -> retention.apply());
    store.jobs().every("retention", "daily", Retention::nextNight);
  }

  private static Shifts shifts(
      Configuration configuration,
      House house,
      ConfiguredSchedules schedules,
      Store store,
      Runbooks runbooks) {
    List<Duty> duties =
        configuration.handoffs().stream()
            .map(one -> Duty.of(one.team(), one.channel(), one.rota(), configuration.models()))
            .toList();
    Rota none = new Rota("", List.of(), List.of(), List.of(), List.of());
    return new Shifts(
        () -> duties.stream().map(duty -> schedules.with(duty, Instant.now())).toList(),
        new Duty("everything", "", none, configuration.models()),
        house.handoffs(store.incidents(), runbooks),
        store.handovers());
  }

  static SlackSettings settings(
      Configuration.Slack slack,
      Optional<Configuration.Webhooks> webhooks,
      Redaction redaction,
      Map<String, Configuration.Access> access) {
    return new SlackSettings(
        slack.isHttp(),
        slack.botToken().map(Secret::value).orElse(""),
        slack.appToken().map(Secret::value).orElse(""),
        slack.signingSecret().map(Secret::value).orElse(""),
        slack.apiUrl(),
        slack.incidentChannels(),
        slack.autoReply().map(ServeCommand::autoReply).orElse(AutoReply.ON),
        slack.cooldown(),
        slack.allowedBots(),
        slack.channels().stream()
            .map(
                channel ->
                    new SlackSettings.Channel(
                        channel.name(),
                        channel.autoReply().map(ServeCommand::autoReply),
                        channel.model(),
                        channel.cooldown()))
            .toList(),
        webhooks.map(Configuration.Webhooks::channel),
        access.entrySet().stream()
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey,
                    one ->
                        new SlackSettings.Access(
                            one.getValue().channels(), one.getValue().userGroups()))),
        slack.admins(),
        redaction::of);
  }

  private static AutoReply autoReply(Configuration.Slack.AutoReply given) {
    return switch (given) {
      case ON -> AutoReply.ON;
      case ASK -> AutoReply.ASK;
      case OFF -> AutoReply.OFF;
    };
  }
}
