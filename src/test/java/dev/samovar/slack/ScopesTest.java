package dev.samovar.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.samovar.conversation.TriageConversation;
import dev.samovar.evidence.Model;
import dev.samovar.incidents.IncidentsInMemory;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/** The scopes of the app's manifest are enough and none too many, says a strict Slack. */
class ScopesTest {
  private static final String SECRET = "s3cret";
  private static final String ALL = "xoxb-all";

  /** For what comes to the app unasked, and for the assistant's pane: no call shows these. */
  private static final Set<String> UNSEEN =
      Set.of("app_mentions:read", "assistant:write", "commands", "im:history", "usergroups:read");

  @BeforeAll
  static void needs_emulate() {
    String binary = System.getenv("SAMOVAR_EMULATE");
    System.out.println(
        binary == null
            ? "Skipped: SAMOVAR_EMULATE names no emulate; .ci/run installs it."
            : "The strict Slack knows no assistant.threads.setSuggestedPrompts, and delivers"
                + " neither events nor commands: it does not judge the scopes "
                + new TreeSet<>(UNSEEN)
                + ".");
    assumeTrue(binary != null, "no emulate here");
  }

  private static String binary() {
    return String.valueOf(System.getenv("SAMOVAR_EMULATE"));
  }

  private static Set<String> manifest() throws IOException {
    String yaml = Files.readString(Path.of("src/main/resources/slack-manifest.yaml"));
    JsonNode manifest = Interactions.JSON.valueToTree(new Yaml().<Object>load(yaml));
    Set<String> scopes = new TreeSet<>();
    manifest.at("/oauth_config/scopes/bot").forEach(scope -> scopes.add(scope.asText()));
    return scopes;
  }

  private static Set<String> without(Set<String> scopes, String scope) {
    return scopes.stream().filter(one -> !one.equals(scope)).collect(Collectors.toSet());
  }

  @Test
  void the_manifests_scopes_suffice_and_each_is_needed(@TempDir Path folder) throws Exception {
    Set<String> scopes = manifest();
    Map<String, Set<String>> tokens = new HashMap<>(Map.of(ALL, scopes));
    scopes.forEach(scope -> tokens.put("xoxb-without-" + scope, without(scopes, scope)));
    try (StrictSlack slack = new StrictSlack(binary(), folder, tokens)) {
      drive(slack, ALL);
      List<StrictSlack.Call> calls = slack.calls();

      assertThat(calls).noneMatch(StrictSlack.Call::isRefusedForScope);
      assertThat(calls.stream().map(StrictSlack.Call::method).collect(Collectors.toSet()))
          .contains("auth.test", "chat.postMessage", "chat.update", "chat.postEphemeral")
          .contains("chat.getPermalink", "conversations.info", "conversations.history")
          .contains("conversations.replies", "reactions.add", "users.info")
          .contains("views.open", "views.update", "views.publish");
      assertThat(calls.stream().filter(call -> !call.answer().path("ok").asBoolean()))
          .extracting(StrictSlack.Call::method)
          .containsOnly("assistant.threads.setSuggestedPrompts");
      Set<String> needed = new HashSet<>();
      for (String scope : scopes) {
        for (StrictSlack.Call call : calls) {
          if (slack.again(call, "xoxb-without-" + scope).path("needed").asText().equals(scope)) {
            needed.add(scope);
          }
        }
      }
      assertThat(needed)
          .isEqualTo(scopes.stream().filter(s -> !UNSEEN.contains(s)).collect(Collectors.toSet()));
    }
  }

  @Test
  void without_a_scope_the_refusal_is_noticed_and_the_answer_comes(@TempDir Path folder)
      throws Exception {
    Map<String, Set<String>> tokens = Map.of(ALL, without(manifest(), "reactions:write"));
    try (StrictSlack slack = new StrictSlack(binary(), folder, tokens);
        ServedBot bot = bot(slack, ALL)) {
      bot.start();
      String channel = slack.channel("inc-open");
      report(slack, bot, channel, "Ev1");

      assertThat(slack.calls().stream().filter(StrictSlack.Call::isRefusedForScope))
          .singleElement()
          .matches(call -> call.method().equals("reactions.add"))
          .matches(call -> call.answer().get("needed").asText().equals("reactions:write"));
    }
  }

  private static ServedBot bot(StrictSlack slack, String token) {
    return new ServedBot(
        new SlackBot(
            Bots.http(token, SECRET, slack.apiUrl()),
            new TriageConversation(List.of(Model.named("fraud-scorer"))),
            (request, progress) -> SampleReport.of("x"),
            new IncidentsInMemory(100),
            Bots.runbooks(),
            List::of,
            Clock.systemUTC()),
        0);
  }

  /** As much as the strict Slack can take part in. */
  private static void drive(StrictSlack slack, String token) throws Exception {
    try (ServedBot bot = bot(slack, token)) {
      bot.start();
      String open = slack.channel("inc-open");
      String closed = slack.channel("inc-private");
      StrictSlack.Call answer = report(slack, bot, open, "Ev1");
      report(slack, bot, closed, "Ev2");
      // A second report is referred to the first: a link to it, seen by the writer alone.
      String again = slack.say(open, "fraud-scorer is still failing");
      deliver(bot, said("Ev3", open, slack.ana(), again, "fraud-scorer is still failing"));
      await(slack, call -> call.method().equals("chat.postEphemeral"));
      asksWhy(slack, bot, open, again);
      asksWhy(slack, bot, closed, slack.say(closed, "fraud-scorer was deployed"));
      asksWhy(slack, bot, open, "1700000000.000001?thread_ts=" + again);
      presses(slack, bot, token, answer);
      deliver(
          bot,
          Interactions.event(
              "Ev4",
              Map.of(
                  "type", "app_home_opened", "user", slack.ana(), "channel", "D1", "tab", "home")));
      await(slack, call -> call.method().equals("views.publish"));
      deliver(
          bot,
          Interactions.event(
              "Ev5",
              Map.of(
                  "type",
                  "assistant_thread_started",
                  "assistant_thread",
                  Map.of(
                      "user_id",
                      slack.ana(),
                      "channel_id",
                      "D1",
                      "thread_ts",
                      "4.4",
                      "context",
                      Map.of()))));
      await(slack, call -> call.method().startsWith("assistant."));
    }
  }

  /** Gives the finished answer. */
  private static StrictSlack.Call report(
      StrictSlack slack, ServedBot bot, String channel, String event) throws Exception {
    String text = "fraud-scorer is acting weird";
    String ts = slack.say(channel, text);
    deliver(bot, said(event, channel, slack.ana(), ts, text));
    return await(
        slack,
        call ->
            call.method().equals("chat.update")
                && call.field("channel").equals(channel)
                && call.field("text").contains("CAUSE"));
  }

  private static void asksWhy(StrictSlack slack, ServedBot bot, String channel, String ts)
      throws Exception {
    long before = count(slack, "response_url");
    String link = "https://acme.slack.com/archives/" + channel + "/p" + ts.replaceFirst("\\.", "");
    Map<String, String> command =
        Map.of(
            "command",
            "/triage",
            "text",
            "why " + link,
            "channel_id",
            channel,
            "user_id",
            slack.ana(),
            "team_id",
            "T000000001",
            "trigger_id",
            Interactions.unique(),
            "response_url",
            slack.responseUrl());
    post(
        bot,
        "commands",
        "application/x-www-form-urlencoded",
        command.entrySet().stream()
            .map(field -> field.getKey() + "=" + encoded(field.getValue()))
            .collect(Collectors.joining("&")));
    Waiting.until(() -> count(slack, "response_url"), count -> count > before);
  }

  private static void presses(
      StrictSlack slack, ServedBot bot, String token, StrictSlack.Call answer) throws Exception {
    String blocks = answer.field("blocks");
    String channel = answer.field("channel");
    String ts = answer.field("ts");
    press(
        slack,
        bot,
        token,
        Interactions.press(
            Interactions.element(blocks, "samovar:timeline"), slack.ana(), channel, ts));
    await(slack, call -> call.field("text").startsWith("Timeline of"));
    StrictSlack.Call details =
        opened(
            slack,
            bot,
            token,
            Interactions.press(
                Interactions.element(blocks, "samovar:details"), slack.ana(), channel, ts));
    JsonNode view = details.answer().get("view");
    String inner = view.get("blocks").toString();
    press(
        slack,
        bot,
        token,
        Interactions.inView(
            Interactions.element(inner, "samovar:page:next"),
            view.get("id").asText(),
            view.get("private_metadata").asText()));
    await(slack, call -> call.method().equals("views.update"));
    StrictSlack.Call update =
        opened(
            slack,
            bot,
            token,
            Interactions.press(
                Interactions.element(blocks, "samovar:update"), slack.ana(), channel, ts));
    String incident = update.answer().at("/view/private_metadata").asText();
    press(slack, bot, token, Interactions.submitUpdate(incident, "It is slow", channel));
    await(slack, call -> call.field("text").contains("told stakeholders in"));
  }

  /** A view was opened; a trigger lasts three seconds, and a slow machine may need another. */
  private static StrictSlack.Call opened(
      StrictSlack slack, ServedBot bot, String token, String payload) throws Exception {
    for (int attempt = 0; attempt < 5; attempt++) {
      long before = count(slack, "views.open");
      press(slack, bot, token, payload);
      Waiting.until(() -> count(slack, "views.open"), count -> count > before);
      StrictSlack.Call last =
          slack.calls().stream()
              .filter(call -> call.method().equals("views.open"))
              .reduce((a, b) -> b)
              .orElseThrow();
      if (last.answer().path("ok").asBoolean()) {
        return last;
      }
    }
    throw new AssertionError("No view could be opened in time");
  }

  private static void press(StrictSlack slack, ServedBot bot, String token, String payload)
      throws Exception {
    ObjectNode pressed = (ObjectNode) Interactions.JSON.readTree(payload);
    pressed.put("trigger_id", slack.trigger(token, slack.ana()));
    post(
        bot,
        "interactivity",
        "application/x-www-form-urlencoded",
        "payload=" + encoded(pressed.toString()));
  }

  private static String said(String event, String channel, String user, String ts, String text)
      throws IOException {
    return Interactions.event(
        event,
        Map.of(
            "type",
            "message",
            "channel",
            channel,
            "user",
            user,
            "text",
            text,
            "ts",
            ts,
            "channel_type",
            "channel"));
  }

  private static void deliver(ServedBot bot, String event) throws Exception {
    post(bot, "events", "application/json", event);
  }

  private static void post(ServedBot bot, String path, String type, String body) throws Exception {
    String now = Long.toString(Instant.now().getEpochSecond());
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(
                        URI.create("http://localhost:" + bot.port() + "/slack/" + path))
                    .header("Content-Type", type)
                    .header("X-Slack-Request-Timestamp", now)
                    .header("X-Slack-Signature", Signature.sign(SECRET, now, body))
                    .POST(HttpRequest.BodyPublishers.ofString(body))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(200);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static long count(StrictSlack slack, String method) {
    return slack.calls().stream().filter(call -> call.method().equals(method)).count();
  }

  private static StrictSlack.Call await(StrictSlack slack, Predicate<StrictSlack.Call> wanted)
      throws Exception {
    return Waiting.until(slack::calls, calls -> calls.stream().anyMatch(wanted)).stream()
        .filter(wanted)
        .findFirst()
        .orElseThrow();
  }
}
