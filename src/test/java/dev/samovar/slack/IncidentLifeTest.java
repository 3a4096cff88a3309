package dev.samovar.slack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samovar.checks.CheckId;
import dev.samovar.conversation.TriageConversation;
import dev.samovar.evidence.Model;
import dev.samovar.incidents.Entry;
import dev.samovar.incidents.Explanation;
import dev.samovar.incidents.Incident;
import dev.samovar.incidents.Incidents;
import dev.samovar.incidents.Opening;
import dev.samovar.incidents.Place;
import dev.samovar.incidents.Quiet;
import dev.samovar.incidents.State;
import dev.samovar.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From the first owner to what is remembered, over Socket Mode against a stand-in Slack. */
@SuppressWarnings("NullAway.Init") // Each test starts its own bot.
class IncidentLifeTest {
  private static final Instant NOW = Instant.parse("2026-05-20T15:00:00Z");

  private final Store store = Store.open("jdbc:h2:mem:" + UUID.randomUUID());
  private final Incidents incidents = store.incidents();
  private final AtomicInteger envelopes = new AtomicInteger();
  private final SetClock clock = new SetClock(NOW);
  private StandInSlack slack;
  private SlackBot bot;

  @BeforeEach
  void open() throws Exception {
    slack = new StandInSlack();
  }

  @AfterEach
  void close() {
    bot.close();
    slack.close();
    store.close();
  }

  private void start() throws Exception {
    bot =
        new SlackBot(
            Bots.settings("xoxb-1", "xapp-1", slack.apiUrl()),
            new TriageConversation(List.of(Model.named("fraud-scorer"), Model.named("eta-model"))),
            (request, progress) -> SampleReport.of("x"),
            incidents,
            Bots.runbooks(),
            List::of,
            clock);
    bot.start();
    slack.awaitConnection();
  }

  private com.fasterxml.jackson.databind.JsonNode deliver(String type, String payload)
      throws InterruptedException {
    String id = "e" + envelopes.incrementAndGet();
    slack.deliver(Interactions.envelope(id, type, payload));
    com.fasterxml.jackson.databind.JsonNode ack = slack.ack();
    assertThat(ack.get("envelope_id").asText()).isEqualTo(id);
    return ack;
  }

  private void press(String blocks, String action, String user) throws Exception {
    deliver(
        "interactive", Interactions.press(Interactions.element(blocks, action), user, "C9", "1.2"));
  }

  private static Incident kept(String id, String channel, int daysAgo) {
    return Incident.begin(
            id,
            new Place(channel, id + ".1", id + ".2"),
            new Opening(
                "fraud-scorer",
                NOW.minus(Duration.ofDays(daysAgo)),
                Set.of(),
                "",
                "U9",
                Optional.empty(),
                NOW.minus(Duration.ofDays(daysAgo))))
        .reported(SampleReport.of("x"), NOW.minus(Duration.ofDays(daysAgo)));
  }

  /** Asks, and gives the blocks of the finished answer. */
  private String answer() throws Exception {
    deliver("slash_commands", Interactions.command("fraud-scorer since 2h", slack.responseUrl()));
    return slack
        .await(call -> call.method().equals("chat.update") && call.field("text").contains("CAUSE"))
        .field("blocks");
  }

  private String command(String text) throws Exception {
    deliver("slash_commands", Interactions.command(text, slack.responseUrl()));
    return slack.await("response_url").field("text");
  }

  private String submitted(String id, String user, String to, String note) throws Exception {
    return Interactions.submit(
        "samovar:hand-over",
        id,
        user,
        Map.of(
            "hand-over-who",
            Map.of("type", "users_select", "selected_user", to),
            "hand-over-note",
            Map.of("type", "plain_text_input", "value", note)));
  }

  @Test
  void the_owner_hands_it_over_and_the_new_owner_is_told_once() throws Exception {
    start();
    String blocks = answer();
    assertThat(blocks).doesNotContain("Hand over");
    press(blocks, "samovar:own", "U1");
    String owned = slack.await("chat.update").field("blocks");
    press(owned, "samovar:hand-over", "U3");
    assertThat(slack.await("chat.postEphemeral").field("text")).contains("Only <@U1> can");
    press(owned, "samovar:hand-over", "U1");
    String view = slack.await("views.open").field("view");
    assertThat(view).contains("users_select");
    String id = Interactions.JSON.readTree(view).get("private_metadata").asText();

    String filled = submitted(id, "U1", "U2", "the lag <!channel>");
    deliver("interactive", filled);
    StandInSlack.Call told = slack.await("chat.postMessage");
    assertThat(told.field("thread_ts")).isEqualTo(incidents.open().get(0).place().thread());
    assertThat(told.field("text"))
        .isEqualTo("<@U2>, <@U1> hands this over to you:\nthe lag &lt;!channel&gt;");
    assertThat(slack.await("chat.update").field("blocks")).contains("*On it* <@U2>");
    // The same again, and by one who is no longer the owner.
    deliver("interactive", filled);
    deliver("interactive", submitted(id, "U1", "U2", "once more"));
    assertThat(slack.await("chat.postEphemeral").field("text")).contains("Nothing is handed over");
    deliver("interactive", submitted(id, "U2", "U0APP", ""));
    assertThat(slack.await("chat.postEphemeral").field("text")).contains("that was an app");
    assertThat(slack.pending("chat.postMessage")).isZero();
    Incident incident = incidents.find(id).orElseThrow();
    assertThat(incident.owner()).contains("U2");
    assertThat(incident.timeline())
        .extracting(Entry::what)
        .contains("handed it over: the lag <!channel>", "is on it, as it was handed over");
  }

  @Test
  void who_denies_the_first_cause_is_asked_what_it_was() throws Exception {
    start();
    String blocks = answer();
    press(blocks, "samovar:not-it:preprocessing-change", "U1");
    String view = slack.await("views.open").field("view");
    assertThat(view).contains("What was it really?").contains("stale-model");
    slack.await("chat.update");
    String id = Interactions.JSON.readTree(view).get("private_metadata").asText();

    assertThat(
            deliver("interactive", Interactions.submit("samovar:really", id, "U1", Map.of()))
                .toString())
        .contains("errors")
        .contains("really-words");
    deliver(
        "interactive",
        Interactions.submit(
            "samovar:really",
            id,
            "U1",
            Map.of(
                "really-cause",
                Map.of(
                    "type",
                    "static_select",
                    "selected_option",
                    Map.of(
                        "text",
                        Map.of("type", "plain_text", "text", "stale-model"),
                        "value",
                        "stale-model")),
                "really-words",
                Map.of("type", "plain_text_input", "value", "nobody retrained"))));
    assertThat(slack.await("chat.update").field("blocks"))
        .contains("*What it was* “nobody retrained” <@U1>")
        .contains("*What it was* stale-model <@U1>");
    Incident incident = incidents.find(id).orElseThrow();
    assertThat(incident.confirmed()).containsExactly(CheckId.STALE_MODEL);
    assertThat(incident.explanations())
        .extracting(Explanation::words)
        .containsExactly("nobody retrained");
    assertThat(command("checks")).contains("· `right 0 of 1`").contains("changes no verdict");
    // Taking the denial back, or resolving what is explained, asks nothing.
    press(blocks, "samovar:not-it:preprocessing-change", "U1");
    slack.await("chat.update");
    press(blocks, "samovar:close", "U1");
    slack.await("chat.update");
    assertThat(slack.pending("views.open")).isZero();
  }

  @Test
  void who_resolves_without_a_cause_is_asked_what_it_was() throws Exception {
    start();
    press(answer(), "samovar:close", "U1");
    assertThat(slack.await("views.open").field("view")).contains("What was it really?");
    assertThat(slack.await("chat.update").field("blocks")).contains("*Resolved*");
  }

  @Test
  void a_silent_day_asks_and_the_buttons_answer() throws Exception {
    incidents.open(kept("i1", "C9", 1).ownedBy("U1", NOW.minus(Duration.ofDays(1))));
    start();
    StandInSlack.Call asked = slack.await("chat.postMessage");
    assertThat(asked.field("thread_ts")).isEqualTo("i1.1");
    assertThat(asked.field("text"))
        .isEqualTo("<@U1>: nobody has touched fraud-scorer here for a day. Is it over?");
    press(asked.field("blocks"), "samovar:still-open", "U1");
    StandInSlack.Call answered = slack.await("chat.update");
    assertThat(answered.field("ts")).isEqualTo("1.2");
    assertThat(answered.field("text")).isEqualTo("<@U1> says it is still open.");
    assertThat(incidents.find("i1").orElseThrow().asked()).isEmpty();

    press(asked.field("blocks"), "samovar:over", "U2");
    slack.await("views.open");
    assertThat(slack.await(call -> call.field("text").contains("over")).field("text"))
        .isEqualTo(":white_check_mark: <@U2> says it is over.");
    assertThat(incidents.find("i1").orElseThrow().state()).isEqualTo(State.RESOLVED);
  }

  @Test
  void who_speaks_in_the_thread_has_not_forgotten_it() throws Exception {
    incidents.open(kept("i1", "C9", 1).asksIfOver(NOW.minusSeconds(60)));
    start();
    deliver("events_api", Interactions.message("Ev1", "C9", "7.7", "i1.1", "we are still on this"));
    bot.close();
    assertThat(incidents.find("i1").orElseThrow().asked()).isEmpty();
    assertThat(incidents.find("i1").orElseThrow().lastTouched()).isEqualTo(NOW);
  }

  @Test
  void similar_incidents_are_shown_with_what_helped_but_none_of_private_channels()
      throws Exception {
    incidents.open(
        kept("public", "C1", 21)
            .linked("https://x.slack.com/archives/C1/p21")
            .judged(CheckId.PREPROCESSING_CHANGE, true, "U7", NOW)
            .checklisted(CheckId.PREPROCESSING_CHANGE, "1.3", "U7", NOW)
            .ticked(CheckId.PREPROCESSING_CHANGE, 0, "Roll back the job", "U7", NOW)
            .resolved("U7", NOW, "says it is resolved"));
    incidents.open(
        kept("secret", "CPRIVATE", 3)
            .explained(Optional.empty(), "a secret", "U8", NOW)
            .resolved("U8", NOW, "says it is resolved"));
    incidents.open(kept("ancient", "C1", 200).resolved("U7", NOW, "says it is resolved"));
    start();
    String blocks = answer();
    assertThat(blocks)
        .contains("*Seen before*")
        .contains(
            "3 weeks earlier, <https://x.slack.com/archives/C1/p21|this thread>: it was"
                + " preprocessing-change (U7); what helped: Roll back the job")
        .doesNotContain("secret")
        .doesNotContain("28 weeks");
    deliver(
        "interactive",
        Interactions.press(Interactions.element(blocks, "samovar:details"), "U1", "C9", "1.2"));
    assertThat(slack.await("views.open").field("view")).contains("Roll back the job");
    assertThat(command("history fraud-scorer"))
        .contains("3 incidents of fraud-scorer")
        .contains("it was preprocessing-change (U7); what helped: Roll back the job")
        .doesNotContain("secret")
        .contains("private channels");
    assertThat(command("checks")).contains("· `right 1 of 1`");
  }

  @Test
  void status_lists_own_ones_first_and_marks_the_quiet() throws Exception {
    Incident quiet = kept("quiet", "C1", 9);
    for (int i = 0; i < Quiet.MOST; i++) {
      quiet = quiet.asksIfOver(NOW.minus(Duration.ofDays(4 - i)));
    }
    incidents.open(quiet);
    incidents.open(kept("own", "C1", 3).ownedBy("U1", NOW.minusSeconds(7200)));
    incidents.open(kept("new", "C1", 0));
    incidents.open(kept("secret", "CPRIVATE", 0));
    start();
    String status = command("status");
    assertThat(status.lines().toList())
        .hasSize(5)
        .satisfies(
            lines -> {
              assertThat(lines.get(0)).isEqualTo("*3 incidents open*");
              assertThat(lines.get(1))
                  .contains("3 days old, acknowledged by <@U1> · last activity 2 h ago: ");
              assertThat(lines.get(2)).contains("0 min old, open, nobody's");
              assertThat(lines.get(3)).contains("9 days ago · :zzz: quiet");
              assertThat(lines.get(4)).contains("private channels");
            });
  }
}
