package dev.samovar.slack;

import com.slack.api.bolt.App;
import com.slack.api.bolt.request.RequestHeaders;
import com.slack.api.bolt.response.Response;
import com.slack.api.bolt.util.SlackRequestParser;
import dev.samovar.web.Answer;
import dev.samovar.web.Call;
import dev.samovar.web.Route;
import dev.samovar.web.Routes;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Where Slack comes over HTTP. What it did not sign is turned away. */
final class SlackRoutes implements Routes {
  private final App app;
  private final String signingSecret;
  private final Clock clock;

  SlackRoutes(App app, String signingSecret, Clock clock) {
    this.app = app;
    this.signingSecret = signingSecret;
    this.clock = clock;
  }

  @Override
  public List<Route> routes() {
    return Stream.of("/slack/events", "/slack/commands", "/slack/interactivity")
        .map(path -> Route.post(path, this::serve))
        .toList();
  }

  private Answer serve(Call call) throws Exception {
    String body = call.text();
    if (!Signature.isValid(
        signingSecret,
        call.header("X-Slack-Request-Timestamp").orElse(null),
        body,
        call.header("X-Slack-Signature").orElse(null),
        clock.instant())) {
      return Answer.text(401, "The signature of this request is not Slack's.");
    }
    Map<String, List<String>> headers = new HashMap<>();
    call.headers().forEach((name, value) -> headers.put(name, List.of(value)));
    Response response =
        app.run(
            new SlackRequestParser(app.config())
                .parse(
                    SlackRequestParser.HttpRequest.builder()
                        .requestUri(call.path())
                        .queryString(Map.of())
                        .requestBody(body)
                        .headers(new RequestHeaders(headers))
                        .remoteAddress(call.from())
                        .build()));
    return Answer.of(
        response.getStatusCode(),
        response.getContentType() == null ? "" : response.getContentType(),
        response.getBody() == null ? "" : response.getBody());
  }
}
