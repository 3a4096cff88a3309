package dev.samovar.durability;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Signed requests to any replica. */
final class HttpCarrier implements Carrier {
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpClient http = HttpClient.newBuilder().executor(threads).build();
  private final Fleet fleet;

  HttpCarrier(Fleet fleet) {
    this.fleet = fleet;
  }

  @Override
  public CompletableFuture<String> carry(Kind kind, String payload, int retry, String why) {
    String body =
        switch (kind) {
          case EVENT -> payload;
          case COMMAND -> form(Workspace.parse(payload));
          case PRESS -> "payload=" + encoded(payload);
        };
    String now = Long.toString(System.currentTimeMillis() / 1000);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(fleet.address())
            .timeout(PATIENCE)
            .header(
                "Content-Type",
                kind == Kind.EVENT ? "application/json" : "application/x-www-form-urlencoded")
            .header("X-Slack-Request-Timestamp", now)
            .header("X-Slack-Signature", sign(now, body))
            .POST(HttpRequest.BodyPublishers.ofString(body));
    if (retry > 0) {
      request
          .header("X-Slack-Retry-Num", Integer.toString(retry))
          .header("X-Slack-Retry-Reason", why);
    }
    return http.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString())
        .handleAsync(
            (response, failure) ->
                failure != null
                    ? reason(failure)
                    : response.statusCode() == 200 ? "" : "http_error",
            threads);
  }

  private static String reason(@Nullable Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof HttpTimeoutException) {
        return "http_timeout";
      }
    }
    return "connection_failed";
  }

  private static String form(JsonNode fields) {
    return StreamSupport.stream(fields.properties().spliterator(), false)
        .map(field -> field.getKey() + "=" + encoded(field.getValue().asText()))
        .collect(Collectors.joining("&"));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String sign(String timestamp, String body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(Launcher.SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return "v0="
          + HexFormat.of()
              .formatHex(
                  mac.doFinal(("v0:" + timestamp + ":" + body).getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every JDK has HmacSHA256", e);
    }
  }

  @Override
  public CompletableFuture<Long> somebodyListens() {
    return fleet.somebodyListens();
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
