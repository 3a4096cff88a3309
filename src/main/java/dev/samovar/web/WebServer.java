package dev.samovar.web;

import io.javalin.Javalin;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.util.JavalinBindException;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The server of what the rooms offer. */
public final class WebServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WebServer.class);

  /** A storm of alerts in one delivery is smaller, and so is everything of Slack's. */
  static final int MOST_BYTES = 2_000_000;

  /** Ten pipelines that send two changes a second each are fewer. */
  static final int MOST_A_MINUTE = 1_200;

  private static final Map<String, String> SECURITY =
      Map.of(
          "X-Content-Type-Options", "nosniff",
          "X-Frame-Options", "DENY",
          "Referrer-Policy", "no-referrer",
          "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'",
          "Cross-Origin-Resource-Policy", "same-origin",
          "Cache-Control", "no-store");

  private final Bound bound = new Bound(MOST_A_MINUTE, System::nanoTime);

  /** What watches over Samovar may ask as often as it likes. */
  private static final Set<String> UNBOUNDED = Set.of("/healthz", "/readyz", "/metrics");

  private final Javalin server;

  /**
   * @param contributors may not offer the same path twice
   */
  public WebServer(List<Routes> contributors) {
    List<Route> routes = contributors.stream().flatMap(one -> one.routes().stream()).toList();
    this.server =
        Javalin.create(
            config -> {
              config.startup.showJavalinBanner = false;
              config.http.prefer405over404 = true;
              // Also what no route answers; an answer's own headers win.
              config.routes.before(context -> SECURITY.forEach(context::header));
              config.routes.exception(
                  Exception.class,
                  (e, context) -> {
                    // The route's own words: what stands in the address may be a secret.
                    LOG.error("A request to {} broke", context.endpoint().path, e);
                    write(
                        context,
                        Answer.text(500, "Something in Samovar broke; its log says what."));
                  });
              for (Route route : routes) {
                config.routes.addHttpHandler(
                    route.method() == Route.Method.GET ? HandlerType.GET : HandlerType.POST,
                    route.path(),
                    context -> answer(route, context));
              }
            });
  }

  /**
   * @param port 0 for any free one
   * @throws PortException where it can't be had
   */
  public void start(int port) throws PortException {
    try {
      server.start(port);
    } catch (JavalinBindException e) {
      throw new PortException(port, e);
    }
    LOG.info("Answers on port {}", port());
  }

  public int port() {
    return server.port();
  }

  private void answer(Route route, Context context) throws Exception {
    // What Slack sends is signed, and comes from few addresses in bursts that must not be lost.
    boolean isBounded =
        !context.path().startsWith("/slack/") && !UNBOUNDED.contains(context.path());
    if (isBounded && !bound.admits(context.ip())) {
      write(
          context,
          Answer.text(429, "That is too many requests in a minute from one address.")
              .with("Retry-After", "60"));
      return;
    }
    byte[] body = read(context);
    if (body.length > MOST_BYTES) {
      write(
          context,
          Answer.text(413, "This is more than " + MOST_BYTES + " bytes; send less at once."));
      return;
    }
    Map<String, String> query = new HashMap<>();
    context
        .queryParamMap()
        .forEach((name, values) -> values.stream().limit(1).forEach(one -> query.put(name, one)));
    write(
        context,
        route
            .handler()
            .answer(
                new Call(
                    context.path(),
                    context.pathParamMap(),
                    query,
                    context.headerMap(),
                    body,
                    context.ip())));
  }

  /** A little more than may be, at most: a sender need not say how much it sends. */
  private static byte[] read(Context context) throws IOException {
    return context.bodyInputStream().readNBytes(MOST_BYTES + 1);
  }

  private static void write(Context context, Answer answer) {
    context.status(answer.status());
    answer.headers().forEach(context::header);
    if (!answer.type().isEmpty()) {
      context.contentType(answer.type());
    }
    context.result(answer.body());
  }

  @Override
  public void close() {
    server.stop();
  }
}
