package dev.samovar.slack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samovar.alerts.AlertSource;
import dev.samovar.conversation.TriageConversation;
import dev.samovar.evidence.Model;
import dev.samovar.incidents.IncidentsInMemory;
import dev.samovar.triage.Request;
import dev.samovar.web.AlertRoutes;
import dev.samovar.web.Gate;
import dev.samovar.web.WebServer;
import dev.samovar.work.Keepers;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From an alert's delivery over HTTP to what people see in Slack. */
@SuppressWarnings("NullAway.Init") // Each test starts its own bot.
class AlertsInSlackTest {
  private static final Instant NOW = Instant.parse("2026-05-20T15:00:00Z");
  private static final String SECRET = "a secret of some length";

  private final SetClock clock = new SetClock(NOW);
  private final List<Request> looks = new CopyOnWriteArrayList<>();
  private final HttpClient http = HttpClient.newHttpClient();
  private StandInSlack slack;
  private Keepers keepers;
  private SlackBot bot;
  private WebServer server;

  @BeforeEach
  void start() throws Exception {
    slack = new StandInSlack();
    keepers = Keepers.inMemory(clock);
    bot =
        new SlackBot(
            Bots.settings(true, "s3cret", slack.apiUrl()),
            new TriageConversation(List.of(Model.named("fraud-scorer"), Model.named("eta-model"))),
            (request, progress) -> {
              looks.add(request);
              return SampleReport.of("x");
            },
            new IncidentsInMemory(100),
            keepers,
            Bots.runbooks(),
            List::of,
            Optional.empty(),
            incident -> Optional.empty(),
            Optional.empty(),
            SlackListener.NONE,
            clock);
    server =
        new WebServer(
            List.of(bot, new AlertRoutes(new Gate(SECRET, clock), keepers.inbox(), clock)));
    bot.start();
    server.start(0);
  }

  @AfterEach
  void close() {
    server.close();
    bot.close();
    slack.close();
  }

  private void deliver(String body) throws Exception {
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(
                    URI.create("http://127.0.0.1:" + server.port() + "/v1/alerts/alertmanager"))
                .header("Authorization", "Bearer " + SECRET)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
  }

  private static String alert(String status, String name, String labels, Instant startsAt) {
    return """
    {"status": "%s", "labels": {"alertname": "%s", "severity": "critical"%s},
     "annotations": {"summary": "p99 is 2 s", "runbook_url": "https://git.example.com/latency"},
     "startsAt": "%s", "endsAt": "0001-01-01T00:00:00Z",
     "generatorURL": "http://prom:9090/graph?g0.expr=x&g0.tab=0", "fingerprint": "%s"}
    """
        .formatted(status, name, labels, startsAt, Integer.toHexString((name + labels).hashCode()));
  }

  private static String group(String... alerts) {
    return "{\"version\": \"4\", \"truncatedAlerts\": 0, \"alerts\": ["
        + String.join(",", alerts)
        + "]}";
  }

  private static final String FRAUD = ", \"model_name\": \"fraud-scorer\"";

  /** What the message of the thread says once the pace lets it. */
  private StandInSlack.Call edited(String words) throws InterruptedException {
    return slack.await(
        call ->
            call.method().equals("chat.update")
                && call.field("text").startsWith("Alert: ")
                && call.field("text").contains(words));
  }

  /** Once so many are known; which edit job is due is known a moment later, at the next bucket. */
  private StandInSlack.Call editedLater(int fired, int resolved, String words) throws Exception {
    Waiting.until(() -> keepers.marks().all("alert-fired").size(), known -> known == fired);
    Waiting.until(() -> keepers.marks().all("alert-resolved").size(), known -> known == resolved);
    Waiting.until(
        () -> {
          clock.pass(Duration.ofSeconds(6));
          return slack.pending("chat.update");
        },
        edits -> edits > 0);
    return edited(words);
  }

  @Test
  void the_first_alert_opens_a_thread_and_is_looked_into_there() throws Exception {
    deliver(group(alert("firing", "HighLatency", FRAUD, NOW.minusSeconds(3600))));

    StandInSlack.Call message = slack.await("chat.postMessage");
    assertThat(message.field("channel")).isEqualTo("CALERTS");
    assertThat(message.field("thread_ts")).isEmpty();
    assertThat(message.field("text"))
        .isEqualTo("Alert: HighLatency (critical). 1 alert firing: HighLatency");
    assertThat(message.field("blocks"))
        .contains("fraud-scorer")
        .contains("p99 is 2 s")
        .contains("<http://prom:9090/graph?g0.expr=x&amp;g0.tab=0|open in alertmanager>")
        .contains("<https://git.example.com/latency|runbook>")
        .contains("since <!date^" + NOW.minusSeconds(3600).getEpochSecond());
    StandInSlack.Call answer = slack.await("chat.postMessage");
    assertThat(answer.field("thread_ts")).startsWith("1700000000.");
    assertThat(slack.await("chat.update").field("text")).startsWith("CAUSE FOUND: fraud-scorer");
    assertThat(looks).hasSize(1);
    assertThat(looks.get(0).model().name()).isEqualTo("fraud-scorer");
    assertThat(looks.get(0).window().from()).isEqualTo(NOW.minusSeconds(3600));
  }

  @Test
  void a_young_alert_is_looked_into_from_half_an_hour_before() throws Exception {
    deliver(group(alert("firing", "HighLatency", FRAUD, NOW.minusSeconds(60))));
    slack.await(call -> call.field("text").startsWith("CAUSE FOUND"));

    assertThat(looks.get(0).window().from()).isEqualTo(NOW.minusSeconds(1800));
  }

  @Test
  void a_replayed_delivery_acts_once() throws Exception {
    String body = group(alert("firing", "HighLatency", FRAUD, NOW.minusSeconds(60)));
    deliver(body);
    slack.await(call -> call.field("text").startsWith("CAUSE FOUND"));
    deliver(body);
    clock.pass(Duration.ofMinutes(1));
    server.close();
    bot.close();

    assertThat(slack.pending("chat.postMessage")).isZero();
    assertThat(slack.pending("chat.update")).isZero();
  }

  @Test
  void others_change_the_line_and_what_is_over_is_counted() throws Exception {
    String first = alert("firing", "HighLatency", FRAUD, NOW.minusSeconds(60));
    deliver(group(first));
    slack.await(call -> call.field("text").startsWith("CAUSE FOUND"));
    deliver(
        group(
            first,
            alert("firing", "ErrorRate", FRAUD, NOW.minusSeconds(50)),
            alert("firing", "QueueFull", FRAUD, NOW.minusSeconds(40))));
    editedLater(3, 0, "3 alerts firing: HighLatency, ErrorRate, QueueFull");
    deliver(
        group(
            alert("resolved", "HighLatency", FRAUD, NOW.minusSeconds(60)),
            alert("resolved", "ErrorRate", FRAUD, NOW.minusSeconds(50))));
    editedLater(3, 2, "2 of 3 resolved; firing: QueueFull");
    // Its thread is not young any more, and still takes what ends.
    clock.pass(Duration.ofHours(3));
    deliver(group(alert("resolved", "QueueFull", FRAUD, NOW.minusSeconds(40))));
    editedLater(3, 3, "all 3 resolved");

    assertThat(slack.pending("chat.postMessage")).isZero();
    assertThat(looks).hasSize(1);
  }

  @Test
  void what_is_over_opens_no_thread_also_when_the_news_are_late() throws Exception {
    deliver(group(alert("resolved", "HighLatency", FRAUD, NOW.minusSeconds(60))));
    Waiting.until(() -> keepers.marks().all("alert-resolved").size(), resolved -> resolved == 1);
    deliver(group(alert("firing", "HighLatency", FRAUD, NOW.minusSeconds(60))));
    server.close();
    bot.close();

    assertThat(slack.pending("chat.postMessage")).isZero();
  }

  @Test
  void five_hundred_alerts_are_one_thread_and_one_answer() throws Exception {
    for (int i = 0; i < 500; i += 5) {
      deliver(
          group(
              IntStream.range(i, i + 5)
                  .mapToObj(
                      n ->
                          alert(
                              "firing",
                              "Alert" + n % 50,
                              ", \"pod\": \"fraud-scorer-7d9f6b-" + n + "\"",
                              NOW.minusSeconds(600 - n)))
                  .toArray(String[]::new)));
    }
    Waiting.until(() -> keepers.marks().all("alert-fired").size(), fired -> fired == 500);
    slack.await(call -> call.field("text").startsWith("CAUSE FOUND"));
    assertThat(slack.pending("chat.update")).isZero();
    StandInSlack.Call last =
        editedLater(500, 0, "500 alerts firing: Alert0 (10), Alert1 (10), Alert2 (10)");

    assertThat(last.field("text")).endsWith(", …(+470)");
    assertThat(looks).hasSize(1);
    server.close();
    bot.close();
    assertThat(slack.pending("chat.postMessage")).isZero();
  }

  @Test
  void alerts_of_two_models_and_of_none_have_a_thread_each() throws Exception {
    deliver(
        group(
            alert("firing", "HighLatency", FRAUD, NOW.minusSeconds(60)),
            alert("firing", "LateETA", ", \"service\": \"eta-model\"", NOW.minusSeconds(60)),
            alert("firing", "NodeDown", ", \"instance\": \"node-7\"", NOW.minusSeconds(60))));

    slack.await(call -> call.method().equals("chat.postMessage") && says(call, "HighLatency"));
    slack.await(call -> call.method().equals("chat.postMessage") && says(call, "LateETA"));
    slack.await(call -> call.method().equals("chat.postMessage") && says(call, "NodeDown"));
    // Which model is meant by the last is asked in its thread.
    slack.await(
        call ->
            call.method().equals("chat.postMessage")
                && call.field("blocks").contains("static_select"));
  }

  private static boolean says(StandInSlack.Call call, String name) {
    return call.field("thread_ts").isEmpty() && call.field("text").contains(name);
  }

  @Test
  void a_name_in_the_words_will_do() throws Exception {
    deliver(group(alert("firing", "eta-model is late", "", NOW.minusSeconds(60))));
    slack.await(call -> call.field("text").startsWith("CAUSE FOUND"));

    assertThat(looks.get(0).model().name()).isEqualTo("eta-model");
  }

  @Test
  void after_two_hours_of_silence_another_thread_begins() throws Exception {
    deliver(group(alert("firing", "HighLatency", FRAUD, NOW.minusSeconds(60))));
    slack.await(call -> call.field("text").startsWith("CAUSE FOUND"));
    clock.pass(Duration.ofMinutes(121));
    deliver(group(alert("firing", "HighLatency", FRAUD, clock.instant().minusSeconds(60))));

    slack.await(call -> call.method().equals("chat.postMessage") && says(call, "HighLatency"));
  }

  @Test
  void hostile_words_ping_nobody() throws Exception {
    deliver(
        group(
            alert("firing", "<!channel> <@U1> *x* `y`", FRAUD, NOW.minusSeconds(60))
                .replace("p99 is 2 s", "<!here> & <https://evil|ok>")
                .replace("https://git.example.com/latency", "javascript:alert(1)")));

    StandInSlack.Call message = slack.await("chat.postMessage");
    for (String field : List.of("text", "blocks")) {
      assertThat(message.field(field))
          .doesNotContain("<!channel>")
          .doesNotContain("<!here>")
          .doesNotContain("<@U1>")
          .doesNotContain("<https://evil")
          .doesNotContain("<javascript");
    }
    assertThat(message.field("text")).contains("&lt;!channel&gt;");
    StandInSlack.Call answer = slack.await(call -> call.field("text").startsWith("CAUSE FOUND"));
    assertThat(answer.field("blocks")).doesNotContain("<!channel>").doesNotContain("<!here>");
  }

  @Test
  void in_a_muted_channel_no_thread_begins() throws Exception {
    keepers.marks().put("muted", "CALERTS", NOW.plusSeconds(60).toString(), NOW.plusSeconds(60));
    deliver(group(alert("firing", "HighLatency", FRAUD, NOW.minusSeconds(60))));
    server.close();
    bot.close();

    assertThat(slack.pending("chat.postMessage")).isZero();
  }

  @Test
  void what_the_sender_left_out_is_said() throws Exception {
    deliver(
        group(alert("firing", "HighLatency", FRAUD, NOW.minusSeconds(60)))
            .replace("\"truncatedAlerts\": 0", "\"truncatedAlerts\": 12"));

    assertThat(slack.await("chat.postMessage").field("text"))
        .endsWith("(and 12 more that the sender left out of its message)");
  }

  @Test
  void what_a_thread_began_with_fits_a_mark_whatever_it_says() throws Exception {
    String text = "\\\"".repeat(5_000);
    AlertHead head =
        new AlertHead(
            new AlertPlace("C1", "fraud-scorer"),
            NOW,
            AlertSource.ALERTMANAGER
                .read(
                    group(
                            alert("firing", text, FRAUD, NOW)
                                .replace("p99 is 2 s", text)
                                .replace("http://prom:9090/", "http://" + "p".repeat(3000) + "/"))
                        .getBytes(StandardCharsets.UTF_8))
                .alerts()
                .get(0));

    assertThat(head.json().length()).isLessThanOrEqualTo(2000);
    assertThat(AlertHead.of(head.json()).alert().startsAt()).contains(NOW);
  }
}
