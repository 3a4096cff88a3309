package dev.samovar.slack;

import com.slack.api.Slack;
import com.slack.api.SlackConfig;
import com.slack.api.bolt.App;
import com.slack.api.bolt.AppConfig;
import com.slack.api.bolt.request.RequestHeaders;
import com.slack.api.bolt.response.Response;
import com.slack.api.bolt.socket_mode.SocketModeApp;
import com.slack.api.bolt.util.SlackRequestParser;
import com.slack.api.model.event.AppMentionEvent;
import com.slack.api.model.event.MessageBotEvent;
import com.slack.api.model.event.MessageEvent;
import com.slack.api.socket_mode.SocketModeClient;
import dev.samovar.checks.CheckId;
import dev.samovar.conversation.Conversation;
import dev.samovar.triage.Triage;
import io.javalin.Javalin;
import io.javalin.http.Context;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Samovar as a Slack app, in Socket Mode or over HTTP. */
public final class SlackBot implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SlackBot.class);
  private static final int LISTENERS = 10;
  private static final int WORKERS = 6;
  private static final int WAITING = 100;

  private final SlackSettings settings;
  private final Clock clock;
  private final ThreadPoolExecutor workers =
      new ThreadPoolExecutor(
          WORKERS, WORKERS, 1, TimeUnit.MINUTES, new ArrayBlockingQueue<>(WAITING));
  private final App app;
  private final Gateway gateway;
  private final Ear ear;
  private @Nullable SocketModeApp socket;
  private @Nullable Javalin server;
  private String self = "";

  /**
   * @param links where a check's runbook page can be opened
   * @param firstSteps of that page, a line each
   */
  public SlackBot(
      SlackSettings settings,
      Conversation conversation,
      Triage triage,
      Function<CheckId, Optional<String>> links,
      Function<CheckId, List<String>> firstSteps,
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
                .authTestCacheEnabled(true)
                .authTestCacheExpirationMillis(-1L)
                .allEventsApiAutoAckEnabled(true)
                .unmatchedRequestHandler(request -> Response.ok())
                .build());
    this.gateway = new Gateway(slack.methods(settings.botToken()));
    ReportMessage message =
        new ReportMessage(
            new ReportMessage.RunbookPages() {
              @Override
              public Optional<String> link(CheckId check) {
                return links.apply(check);
              }

              @Override
              public List<String> firstSteps(CheckId check) {
                return firstSteps.apply(check);
              }
            });
    this.ear =
        new Ear(
            conversation,
            gateway,
            new Desk(gateway, triage, message),
            workers,
            settings.incidentChannels(),
            clock);
    listen();
  }

  private void listen() {
    app.command("/triage", (request, context) -> ear.command(request.getPayload(), context));
    app.event(
        AppMentionEvent.class,
        (payload, context) -> {
          AppMentionEvent event = payload.getEvent();
          if (ear.isNew(payload.getEventId()) && event.getEdited() == null) {
            ear.hear(
                new Ear.Said(
                    event.getChannel(),
                    event.getTs(),
                    event.getThreadTs(),
                    event.getUser(),
                    String.valueOf(event.getText()),
                    false,
                    true));
          }
          return context.ack();
        });
    app.event(
        MessageEvent.class,
        (payload, context) -> {
          MessageEvent event = payload.getEvent();
          boolean isOwn = self.equals(event.getUser());
          String text = event.getText() == null ? "" : event.getText();
          if (ear.isNew(payload.getEventId()) && !isOwn && event.getEdited() == null) {
            ear.hear(
                new Ear.Said(
                    event.getChannel(),
                    event.getTs(),
                    event.getThreadTs(),
                    event.getUser(),
                    text,
                    "im".equals(event.getChannelType()) && event.getBotId() == null,
                    !self.isEmpty() && text.contains("<@" + self + ">")));
          }
          return context.ack();
        });
    app.event(
        MessageBotEvent.class,
        (payload, context) -> {
          MessageBotEvent event = payload.getEvent();
          if (ear.isNew(payload.getEventId())) {
            ear.hear(
                new Ear.Said(
                    event.getChannel(),
                    event.getTs(),
                    event.getThreadTs(),
                    null,
                    event.getText() == null ? "" : event.getText(),
                    false,
                    false));
          }
          return context.ack();
        });
  }

  /**
   * Connects, and returns when it hears.
   *
   * @throws Exception when Slack refuses or can't be reached; the message says which
   */
  public void start() throws Exception {
    self = gateway.self().orElse("");
    app.start();
    if (settings.isHttp()) {
      server =
          Javalin.create(
                  config -> {
                    config.startup.showJavalinBanner = false;
                    config.http.maxRequestSize = 2_000_000L;
                    config.routes.post("/slack/events", this::serve);
                    config.routes.post("/slack/commands", this::serve);
                    config.routes.get("/health", context -> context.result("ok"));
                  })
              .start(settings.port());
      LOG.info("Hears Slack on port {}", port());
    } else {
      SocketModeApp connection =
          new SocketModeApp(
              settings.appToken(),
              SocketModeClient.Backend.JavaWebSocket,
              SlackBot::broken,
              app,
              LISTENERS);
      socket = connection;
      connection.startAsync();
      LOG.info("Hears Slack in Socket Mode");
    }
  }

  /** A listener that threw must still be acknowledged, or Slack delivers again. */
  private static Response broken(SocketModeApp.ErrorContext error) {
    LOG.error("A listener broke", error.getException());
    return Response.ok();
  }

  private void serve(Context context) throws Exception {
    String body = context.body();
    if (!Signature.isValid(
        settings.signingSecret(),
        context.header("X-Slack-Request-Timestamp"),
        body,
        context.header("X-Slack-Signature"),
        clock.instant())) {
      context.status(401).result("The signature of this request is not Slack's.");
      return;
    }
    Map<String, List<String>> headers = new HashMap<>();
    context.headerMap().forEach((name, value) -> headers.put(name, List.of(value)));
    Response response =
        app.run(
            new SlackRequestParser(app.config())
                .parse(
                    SlackRequestParser.HttpRequest.builder()
                        .requestUri(context.path())
                        .queryString(Map.of())
                        .requestBody(body)
                        .headers(new RequestHeaders(headers))
                        .remoteAddress(context.ip())
                        .build()));
    context.status(response.getStatusCode());
    if (response.getContentType() != null) {
      context.contentType(response.getContentType());
    }
    context.result(response.getBody() == null ? "" : response.getBody());
  }

  /** Of HTTP mode. */
  public int port() {
    return server == null ? settings.port() : server.port();
  }

  @Override
  public void close() {
    if (server != null) {
      server.stop();
    }
    // What was accepted is finished while Slack can still be written to.
    workers.shutdown();
    try {
      if (!workers.awaitTermination(25, TimeUnit.SECONDS)) {
        LOG.warn("{} answers were left unfinished", workers.shutdownNow().size());
      }
      if (socket != null) {
        socket.close();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      LOG.warn("The connection to Slack did not close", e);
    }
    app.stop();
  }
}
