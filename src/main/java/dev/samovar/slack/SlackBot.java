package dev.samovar.slack;

import com.slack.api.Slack;
import com.slack.api.SlackConfig;
import com.slack.api.app_backend.interactive_components.ActionResponseSender;
import com.slack.api.bolt.App;
import com.slack.api.bolt.AppConfig;
import com.slack.api.bolt.response.Response;
import com.slack.api.bolt.socket_mode.SocketModeApp;
import com.slack.api.socket_mode.SocketModeClient;
import dev.samovar.charts.Gallery;
import dev.samovar.conversation.Conversation;
import dev.samovar.doctor.Practice;
import dev.samovar.handoff.Shifts;
import dev.samovar.incidents.Incident;
import dev.samovar.incidents.Incidents;
import dev.samovar.oncall.Standing;
import dev.samovar.runbooks.Runbooks;
import dev.samovar.triage.Triage;
import dev.samovar.web.Route;
import dev.samovar.web.Routes;
import dev.samovar.work.Jobs;
import dev.samovar.work.Keepers;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Samovar as a Slack app, in Socket Mode or over HTTP, where Slack comes to its routes. */
public final class SlackBot implements Routes, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SlackBot.class);
  private static final int LISTENERS = 10;
  private static final int WORKERS = 6;
  private static final int WAITING = 100;

  /** How late a shift's end may be noticed. */
  private static final String SILENCE = "silence";

  private static final String SHIFTS = "shifts";
  private static final Duration SHIFTS_EVERY = Duration.ofSeconds(20);

  private final SlackSettings settings;
  private final Clock clock;
  private final ThreadPoolExecutor workers =
      new ThreadPoolExecutor(
          WORKERS, WORKERS, 1, TimeUnit.MINUTES, new ArrayBlockingQueue<>(WAITING));
  private final App app;
  private final Gateway gateway;

  private final Jobs jobs;
  private volatile @Nullable SocketModeApp socket;
  private volatile String self = "";

  /**
   * @param onCall who answers for which team just now
   */
  public SlackBot(
      SlackSettings settings,
      Conversation conversation,
      Triage triage,
      Incidents incidents,
      Runbooks runbooks,
      Supplier<List<Standing>> onCall,
      Clock clock) {
    this(
        settings,
        conversation,
        triage,
        incidents,
        Keepers.inMemory(clock),
        runbooks,
        onCall,
        Optional.empty(),
        incident -> Optional.empty(),
        Optional.empty(),
        SlackListener.NONE,
        clock);
  }

  /** Without a doctor. */
  public SlackBot(
      SlackSettings settings,
      Conversation conversation,
      Triage triage,
      Incidents incidents,
      Keepers keepers,
      Runbooks runbooks,
      Supplier<List<Standing>> onCall,
      Optional<Shifts> shifts,
      Clock clock) {
    this(
        settings,
        conversation,
        triage,
        incidents,
        keepers,
        runbooks,
        onCall,
        shifts,
        incident -> Optional.empty(),
        Optional.empty(),
        SlackListener.NONE,
        clock);
  }

  /**
   * @param onCall who answers for which team just now
   * @param keepers of what was delivered and what is due
   * @param shifts what is handed over; empty where nothing is
   * @param pages the way to an incident's page; none where no pages are served
   * @param practice of the doctor
   * @param listener hears of every call and answer
   */
  public SlackBot(
      SlackSettings settings,
      Conversation conversation,
      Triage triage,
      Incidents incidents,
      Keepers keepers,
      Runbooks runbooks,
      Supplier<List<Standing>> onCall,
      Optional<Shifts> shifts,
      Function<Incident, Optional<String>> pages,
      Optional<Practice> practice,
      SlackListener listener,
      Clock clock) {
    this.settings = settings;
    this.clock = clock;
    SlackConfig config = new SlackConfig();
    config.setMethodsEndpointUrlPrefix(settings.apiUrl());
    config.setProxyUrl(null);
    config.setStatsEnabled(false);
    Slack slack = Slack.getInstance(config);
    this.app =
        new App(
            AppConfig.builder()
                .slack(slack)
                .singleTeamBotToken(settings.botToken())
                .signingSecret(settings.signingSecret())
                // Requests are checked here, more strictly than Bolt does; see Signature.
                .requestVerificationEnabled(false)
                // Bolt asks bots.info about every bot that speaks; Listeners knows its own words.
                .ignoringSelfEventsEnabled(false)
                .authTestCacheEnabled(true)
                .authTestCacheExpirationMillis(-1L)
                .allEventsApiAutoAckEnabled(true)
                .unmatchedRequestHandler(request -> Response.ok())
                .build());
    this.gateway =
        new Gateway(
            slack.methods(settings.botToken()),
            new ActionResponseSender(slack),
            keepers.posts(),
            new Discreet(settings.redaction()),
            listener,
            clock);
    Manners manners = new Manners(settings, conversation.models(), keepers.marks());
    Permissions permissions =
        new Permissions(conversation, settings, gateway, keepers.audit(), clock);
    Discretion discretion = new Discretion(gateway, permissions);
    OnCallWords onCallWords = new OnCallWords(onCall, conversation.models(), gateway);
    SeenBefore seenBefore = new SeenBefore(incidents, discretion, gateway);
    Pinboard pinboard =
        new Pinboard(
            gateway,
            incidents,
            keepers.jobs(),
            zone -> new Gallery(zone, settings.redaction()),
            clock);
    pinboard.start();
    Desk desk =
        new Desk(
            gateway,
            triage,
            new AnswerMessage(runbooks, pages),
            incidents,
            seenBefore,
            onCallWords,
            conversation,
            keepers.forgetful(),
            listener,
            clock,
            pinboard::changed);
    ShiftDesk shiftDesk = new ShiftDesk(gateway, permissions, shifts, onCallWords, clock);
    Orders orders =
        new Orders(
            gateway,
            practice,
            permissions,
            incidents,
            new Listing(gateway, incidents, discretion, clock),
            manners,
            shiftDesk,
            clock);
    Home home = new Home(gateway, incidents, discretion, manners, permissions, onCallWords);
    Silence silence = new Silence(incidents, desk, gateway, clock);
    this.jobs = keepers.jobs();
    Watcher watcher = new Watcher(incidents, desk, gateway, jobs, clock);
    watcher.start();
    settings
        .alertChannel()
        .ifPresent(
            channel ->
                new AlertDesk(
                        gateway, desk, conversation, permissions, manners, keepers, channel, clock)
                    .start());
    Ear ear =
        new Ear(
            permissions,
            gateway,
            desk,
            orders,
            incidents,
            manners,
            settings.allowedBots(),
            keepers.claims(),
            clock);
    Presses presses =
        new Presses(
            gateway,
            desk,
            watcher,
            home,
            incidents,
            permissions,
            manners,
            runbooks,
            seenBefore,
            shiftDesk,
            keepers,
            clock);
    Errands errands =
        new Errands(
            keepers,
            ear,
            new Obedience(permissions, gateway, desk, orders, shiftDesk, manners, clock),
            presses,
            new Forms(gateway, desk, incidents, permissions, clock),
            shiftDesk,
            permissions);
    errands.start();
    recurring(SILENCE, Silence.EVERY, silence::tick);
    recurring(SHIFTS, SHIFTS_EVERY, shiftDesk::tick);
    new Listeners(errands, presses, home, gateway, permissions, workers).register(app, () -> self);
  }

  private void recurring(String kind, Duration every, Runnable work) {
    jobs.does(kind, job -> work.run());
    jobs.every(kind, "tick", now -> now.plus(every));
  }

  /**
   * Connects, and returns when it hears; in HTTP mode, as soon as its routes are served.
   *
   * @throws Exception when Slack refuses or can't be reached; the message says which
   */
  public void start() throws Exception {
    self = gateway.self().orElse("");
    app.start();
    if (!settings.isHttp()) {
      SocketModeApp connection =
          new SocketModeApp(
              settings.appToken(),
              SocketModeClient.Backend.JavaWebSocket,
              SlackBot::broken,
              app,
              LISTENERS);
      socket = connection;
      try {
        connection.startAsync();
      } catch (Exception e) {
        throw new SlackException(
            "not_connected",
            "Slack does not open a Socket Mode connection ("
                + e.getMessage()
                + "); check slack.app_token, and that Socket Mode is on for the app.",
            e);
      }
      LOG.info("Hears Slack in Socket Mode");
    }
    jobs.start();
    // What became due while nobody was there need not wait for the first round.
    jobs.at(clock.instant(), SILENCE, "start", "");
    jobs.at(clock.instant(), SHIFTS, "start", "");
  }

  /**
   * Whether Slack hears us and we hear Slack: in Socket Mode by the connection that stands, over
   * HTTP by asking Slack who we are.
   */
  public boolean isConnected() {
    SocketModeApp connection = socket;
    if (connection != null) {
      return connection.getClient().verifyConnection();
    }
    if (!settings.isHttp()) {
      return false;
    }
    try {
      return gateway.self().isPresent();
    } catch (SlackException e) {
      LOG.debug("Slack does not know us", e);
      return false;
    }
  }

  /** A listener that threw must still be acknowledged, or Slack delivers again. */
  private static Response broken(SocketModeApp.ErrorContext error) {
    LOG.error("A listener broke", error.getException());
    return Response.ok();
  }

  /** Where Slack comes in HTTP mode; to be served once it is started. */
  @Override
  public List<Route> routes() {
    return settings.isHttp()
        ? new SlackRoutes(app, settings.signingSecret(), clock).routes()
        : List.of();
  }

  @Override
  public void close() {
    // What was accepted is finished while Slack can still be written to.
    jobs.close();
    workers.shutdown();
    try {
      if (!workers.awaitTermination(25, TimeUnit.SECONDS)) {
        LOG.warn("{} answers were left unfinished", workers.shutdownNow().size());
      }
      SocketModeApp connection = socket;
      if (connection != null) {
        connection.close();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      LOG.warn("The connection to Slack did not close", e);
    }
    app.stop();
  }
}
