package dev.samovar.slack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samovar.conversation.TriageConversation;
import dev.samovar.evidence.Model;
import dev.samovar.incidents.Incidents;
import dev.samovar.incidents.State;
import dev.samovar.oncall.Standing;
import dev.samovar.rota.Person;
import dev.samovar.store.Store;
import dev.samovar.triage.Triage;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every button, menu and view, over Socket Mode against a stand-in Slack. */
@SuppressWarnings("NullAway.Init") // Each test starts its own bot.
class ButtonsTest {
  private static final Instant NOW = Instant.parse("2026-05-20T15:00:00Z");

  private final Store store = Store.open("jdbc:h2:mem:" + UUID.randomUUID());
  private final Incidents incidents = store.incidents();
  private final AtomicInteger looks = new AtomicInteger();
  private final AtomicInteger envelopes = new AtomicInteger();
  private StandInSlack slack;
  private SlackBot bot;

  @BeforeEach
  void open() throws Exception {
    slack = new StandInSlack();
    Triage triage =
        (request, progress) -> {
          looks.incrementAndGet();
          return SampleReport.of("x");
        };
    bot =
        new SlackBot(
            Bots.settings("xoxb-1", "xapp-1", slack.apiUrl()),
            new TriageConversation(List.of(Model.named("fraud-scorer"), Model.named("eta-model"))),
            triage,
            incidents,
            Bots.runbooks(),
            () ->
                List.of(
                    new Standing(
                        "ml-platform",
                        List.of(Person.of("U0BERLIN")),
                        Optional.empty(),
                        Standing.ROTA,
                        Optional.empty(),
                        true)),
            Clock.fixed(NOW, ZoneOffset.UTC));
    bot.start();
    slack.awaitConnection();
  }

  @AfterEach
  void close() {
    bot.close();
    slack.close();
    store.close();
  }

  private void deliver(String type, String payload) throws InterruptedException {
    String id = "e" + envelopes.incrementAndGet();
    slack.deliver(Interactions.envelope(id, type, payload));
    assertThat(slack.ack().get("envelope_id").asText()).isEqualTo(id);
  }

  /** Asks, and gives the blocks of the finished answer. */
  private String answer() throws Exception {
    deliver("slash_commands", Interactions.command("fraud-scorer since 2h", slack.responseUrl()));
    return slack
        .await(call -> call.method().equals("chat.update") && call.field("text").contains("CAUSE"))
        .field("blocks");
  }

  private StandInSlack.Call press(String blocks, String action, String user) throws Exception {
    deliver(
        "interactive", Interactions.press(Interactions.element(blocks, action), user, "C9", "1.2"));
    return slack.await("chat.update");
  }

  @Test
  void the_owner_is_shown_and_another_may_take_over() throws Exception {
    String blocks = answer();
    String owned = press(blocks, "samovar:own", "U1").field("blocks");
    assertThat(owned).contains("*On it* <@U1>").contains("Take over");
    // Twice is as once.
    assertThat(press(blocks, "samovar:own", "U1").field("blocks")).isEqualTo(owned);
    assertThat(press(owned, "samovar:own", "U2").field("blocks")).contains("*On it* <@U2>");
    assertThat(incidents.open()).singleElement().matches(one -> one.state() == State.ACKNOWLEDGED);
  }

  @Test
  void what_people_say_of_a_cause_is_shown_and_can_be_taken_back() throws Exception {
    String blocks = answer();
    String action = "samovar:was-it:preprocessing-change";
    String judged = press(blocks, action, "U1").field("blocks");
    assertThat(judged)
        .contains("<@U1>: :white_check_mark: this was it")
        .contains("This was it · 1");
    assertThat(press(judged, "samovar:not-it:preprocessing-change", "U1").field("blocks"))
        .contains("<@U1>: :x: not it")
        .doesNotContain("this was it,");
    assertThat(press(judged, "samovar:not-it:preprocessing-change", "U1").field("blocks"))
        .doesNotContain("<@U1>: :x:");
  }

  @Test
  void run_again_looks_again_and_edits_the_one_message() throws Exception {
    String blocks = answer();
    assertThat(press(blocks, "samovar:again", "U1").field("blocks")).contains("Looking again");
    assertThat(slack.await("chat.update").field("blocks")).contains("*Looked* 2 times");
    assertThat(looks).hasValue(2);
  }

  @Test
  void a_watch_is_shown_and_stopped_by_the_same_button() throws Exception {
    String blocks = answer();
    String watched = press(blocks, "samovar:watch", "U1").field("blocks");
    assertThat(watched).contains("*Watched* until it is well").contains("Stop watching");
    assertThat(press(watched, "samovar:watch", "U1").field("blocks"))
        .doesNotContain("*Watched*")
        .contains("Watch until well");
  }

  @Test
  void details_show_every_check_a_page() throws Exception {
    String blocks = answer();
    deliver(
        "interactive",
        Interactions.press(Interactions.element(blocks, "samovar:details"), "U1", "C9", "1.2"));
    String view = slack.await("views.open").field("view");
    assertThat(view).contains("preprocessing-change* · found").contains("now 97.0 %, before 1.0 %");
    String metadata = Interactions.JSON.readTree(view).get("private_metadata").asText();
    String inner = Interactions.JSON.readTree(view).get("blocks").toString();
    deliver(
        "interactive",
        Interactions.inView(Interactions.element(inner, "samovar:page:next"), "V7", metadata));
    StandInSlack.Call next = slack.await("views.update");
    assertThat(next.field("view_id")).isEqualTo("V7");
    assertThat(next.field("view")).contains("training-serving-skew* · clear");
  }

  @Test
  void a_runbook_becomes_a_checklist_that_people_tick() throws Exception {
    String blocks = answer();
    deliver(
        "interactive",
        Interactions.press(
            Interactions.element(blocks, "samovar:runbook:preprocessing-change"),
            "U1",
            "C9",
            "1.2"));
    String list = slack.await("chat.postMessage").field("blocks");
    assertThat(list).contains("0 of ").contains("Stop the bleeding").contains("```");
    slack.await("chat.update");
    String step = "samovar:step:preprocessing-change-0";
    String ticked = press(list, step, "U2").field("blocks");
    assertThat(ticked).contains("1 of ").contains("<@U2>").contains("Undo");
    assertThat(press(ticked, step, "U2").field("blocks")).contains("0 of ");
    // The same runbook is not posted twice.
    deliver(
        "interactive",
        Interactions.press(
            Interactions.element(blocks, "samovar:runbook:preprocessing-change"),
            "U1",
            "C9",
            "1.2"));
    assertThat(slack.await("chat.postEphemeral").field("text")).contains("already");
  }

  @Test
  void stakeholders_are_told_in_plain_words_that_a_person_can_change() throws Exception {
    String blocks = answer();
    deliver(
        "interactive",
        Interactions.press(Interactions.element(blocks, "samovar:update"), "U1", "C9", "1.2"));
    String view = slack.await("views.open").field("view");
    assertThat(view)
        .contains("What you may notice")
        .contains("Next update")
        .doesNotContain("preprocessing-change");
    String id = Interactions.JSON.readTree(view).get("private_metadata").asText();
    deliver("interactive", Interactions.submitUpdate(id, "It is slow <!channel>", "C_ALL"));
    StandInSlack.Call told = slack.await("chat.postMessage");
    assertThat(told.field("channel")).isEqualTo("C_ALL");
    assertThat(told.field("text")).isEqualTo("It is slow &lt;!channel&gt;");
    assertThat(slack.await("chat.postMessage").field("text"))
        .contains("<@U1> told stakeholders in <#C_ALL>");
  }

  @Test
  void an_update_that_cannot_be_posted_is_given_back() throws Exception {
    String blocks = answer();
    String id = Interactions.element(blocks, "samovar:update").value();
    slack.fail("chat.postMessage", "not_in_channel");
    deliver("interactive", Interactions.submitUpdate(id, "It is slow", "C_ALL"));
    assertThat(slack.await("chat.postEphemeral").field("text"))
        .contains("was not posted")
        .contains("invite")
        .contains("It is slow");
  }

  @Test
  void the_timeline_is_markdown() throws Exception {
    String blocks = answer();
    press(blocks, "samovar:own", "U1");
    deliver(
        "interactive",
        Interactions.press(Interactions.element(blocks, "samovar:timeline"), "U1", "C9", "1.2"));
    assertThat(slack.await("chat.postMessage").field("blocks"))
        .contains("## Timeline of fraud-scorer")
        .contains("| is on it |")
        .contains("the trouble began");
  }

  @Test
  void it_is_resolved_and_opened_again() throws Exception {
    String blocks = answer();
    assertThat(press(blocks, "samovar:close", "U1").field("blocks"))
        .contains("*Resolved*")
        .contains("Open again");
    assertThat(incidents.open()).isEmpty();
    assertThat(press(blocks, "samovar:close", "U1").field("blocks")).doesNotContain("*Resolved*");
  }

  @Test
  void a_button_of_an_unknown_incident_says_so() throws Exception {
    deliver(
        "interactive",
        Interactions.press(
            new Interactions.Element("samovar:own", "incident", "", "gone"), "U1", "C9", "1.2"));
    assertThat(slack.await("chat.postEphemeral").field("text")).contains("no longer know");
  }

  @Test
  void without_a_model_a_menu_asks_and_becomes_the_answer() throws Exception {
    deliver(
        "events_api",
        Interactions.message("Ev1", "CINC", "1.1", "", "the model is throwing errors since 3h"));
    StandInSlack.Call menu = slack.await("chat.postMessage");
    assertThat(menu.field("thread_ts")).isEqualTo("1.1");
    Interactions.Element select = Interactions.element(menu.field("blocks"), "samovar:choose");
    deliver("interactive", Interactions.choose(select, "eta-model", "CINC", "9.9"));
    StandInSlack.Call looking = slack.await("chat.update");
    assertThat(looking.field("ts")).isEqualTo("9.9");
    assertThat(looking.field("text")).contains("looking at eta-model");
    assertThat(slack.await("chat.update").field("text")).contains("CAUSE FOUND");
    assertThat(incidents.open())
        .singleElement()
        .matches(one -> one.opening().from().equals(NOW.minusSeconds(3 * 3600)))
        .matches(one -> one.place().thread().equals("1.1"));
    // A second choice in the same menu does nothing.
    deliver("interactive", Interactions.choose(select, "fraud-scorer", "CINC", "9.9"));
    bot.close();
    assertThat(looks).hasValue(1);
  }

  @Test
  void where_a_channel_asks_first_only_the_writer_is_asked() throws Exception {
    slack.remember("the model is throwing errors");
    deliver(
        "events_api",
        Interactions.message("Ev1", "CASK", "1.1", "", "the model is throwing errors"));
    StandInSlack.Call offer = slack.await("chat.postEphemeral");
    assertThat(offer.field("user")).isEqualTo("U1");
    assertThat(offer.field("text")).contains("Shall I look into eta-model");
    Interactions.Element yes = Interactions.element(offer.field("blocks"), "samovar:look");
    String pressed =
        Interactions.actions(
            Map.of("type", "button", "action_id", yes.actionId(), "value", yes.value()),
            "U1",
            "CASK",
            "5.5",
            true,
            slack.responseUrl());
    deliver("interactive", pressed);
    deliver("interactive", pressed);
    StandInSlack.Call looking = slack.await("chat.postMessage");
    assertThat(looking.field("thread_ts")).isEqualTo("1.1");
    assertThat(slack.await("chat.update").field("text")).contains("CAUSE FOUND");
    bot.close();
    assertThat(looks).hasValue(1);
  }

  @Test
  void a_second_report_within_the_cooldown_is_only_shown_the_first() throws Exception {
    deliver(
        "events_api", Interactions.message("Ev1", "CINC", "1.1", "", "fraud-scorer is failing"));
    String blocks =
        slack
            .await(
                call -> call.method().equals("chat.update") && call.field("text").contains("CAUSE"))
            .field("blocks");
    assertThat(blocks).contains("I answer unasked because").contains("/triage mute 2h");
    deliver(
        "events_api",
        Interactions.message("Ev2", "CINC", "1.2", "", "fraud-scorer still failing!"));
    assertThat(slack.await("chat.postEphemeral").field("text")).contains("this thread");
    assertThat(looks).hasValue(1);
  }

  @Test
  void a_muted_channel_is_left_alone_until_it_is_unmuted() throws Exception {
    deliver("slash_commands", Interactions.command("auto on", slack.responseUrl()));
    assertThat(slack.await("response_url").field("text")).contains("look at every report");
    deliver("slash_commands", Interactions.command("mute 2h", slack.responseUrl()));
    assertThat(slack.await("response_url").field("text")).contains("stay silent here until");
    deliver("events_api", Interactions.message("Ev1", "C9", "1.1", "", "fraud-scorer is failing"));
    deliver("slash_commands", Interactions.command("unmute", slack.responseUrl()));
    slack.await("response_url");
    deliver("events_api", Interactions.message("Ev2", "C9", "1.2", "", "fraud-scorer is failing"));
    assertThat(slack.await("chat.postMessage").field("thread_ts")).isEqualTo("1.2");
  }

  @Test
  void a_follow_up_in_the_thread_is_understood() throws Exception {
    deliver(
        "events_api", Interactions.message("Ev1", "CINC", "1.1", "", "fraud-scorer is failing"));
    slack.await(
        call -> call.method().equals("chat.update") && call.field("text").contains("CAUSE"));
    deliver("events_api", Interactions.message("Ev2", "CINC", "1.3", "1.1", "why not the deploy?"));
    StandInSlack.Call words = slack.await("chat.postMessage");
    assertThat(words.field("thread_ts")).isEqualTo("1.1");
    assertThat(words.field("text")).contains("recent-changes is ruled out");
    deliver("events_api", Interactions.message("Ev3", "CINC", "1.4", "1.1", "check eta-model too"));
    assertThat(slack.await("chat.postMessage").field("text")).contains("looking at eta-model");
    slack.await(
        call -> call.method().equals("chat.update") && call.field("text").contains("CAUSE"));
    deliver("events_api", Interactions.message("Ev4", "CINC", "1.5", "1.1", "on it, thanks"));
    bot.close();
    assertThat(looks).hasValue(2);
  }

  @Test
  void other_bots_are_heard_only_where_they_are_allowed() throws Exception {
    for (String one : List.of("B0OTHER", "B0ALERT")) {
      deliver(
          "events_api",
          Interactions.event(
              "Ev" + one,
              Map.of(
                  "type",
                  "message",
                  "subtype",
                  "bot_message",
                  "channel",
                  "CINC",
                  "bot_id",
                  one,
                  "attachments",
                  List.of(Map.of("title", "[FIRING] fraud-scorer error rate 12%", "id", 1)),
                  "ts",
                  one.equals("B0ALERT") ? "2.2" : "2.1")));
    }
    assertThat(slack.await("chat.postMessage").field("thread_ts")).isEqualTo("2.2");
  }

  @Test
  void status_history_and_why_are_answered_to_the_asker() throws Exception {
    deliver("slash_commands", Interactions.command("status", slack.responseUrl()));
    assertThat(slack.await("response_url").field("text")).contains("No incidents open");
    answer();
    deliver("slash_commands", Interactions.command("status", slack.responseUrl()));
    assertThat(slack.await("response_url").field("text"))
        .contains("1 incident open")
        .contains("|fraud-scorer>");
    deliver("slash_commands", Interactions.command("history fraud-scorer", slack.responseUrl()));
    assertThat(slack.await("response_url").field("text")).contains("1 incident of fraud-scorer");
    slack.remember("the fraud-scorer was deployed");
    deliver(
        "slash_commands",
        Interactions.command(
            "why https://x.slack.com/archives/C9/p0000000001100000", slack.responseUrl()));
    assertThat(slack.await("response_url").field("text")).contains("can't find that message");
  }

  @Test
  void the_home_shows_models_incidents_and_who_is_on_call() throws Exception {
    answer();
    deliver(
        "events_api",
        Interactions.event(
            "Ev9",
            Map.of("type", "app_home_opened", "user", "U1", "channel", "D1", "tab", "home")));
    String view = slack.await("views.publish").field("view");
    assertThat(view)
        .contains("*fraud-scorer* · open")
        .contains("*eta-model* not looked at yet")
        .contains("ml-platform: <@U0BERLIN>");
    deliver(
        "interactive",
        Interactions.actions(
            Map.of(
                "type",
                "conversations_select",
                "action_id",
                "samovar:manners:channel",
                "selected_conversation",
                "CINC"),
            "U1",
            "D1",
            "0",
            false,
            ""));
    String settings = slack.await("views.publish").field("view");
    assertThat(settings).contains("<#CINC> I look at every report");
  }

  @Test
  void a_message_shortcut_looks_at_that_message() throws Exception {
    deliver(
        "interactive",
        Interactions.JSON.writeValueAsString(
            Map.of(
                "type",
                "message_action",
                "callback_id",
                "triage_this",
                "trigger_id",
                "t",
                "team",
                Map.of("id", "T1"),
                "channel",
                Map.of("id", "C9", "name", "general"),
                "user",
                Map.of("id", "U1"),
                "message",
                Map.of("type", "message", "user", "U2", "ts", "3.3", "text", "eta-model is odd"),
                "response_url",
                slack.responseUrl())));
    StandInSlack.Call looking = slack.await("chat.postMessage");
    assertThat(looking.field("thread_ts")).isEqualTo("3.3");
    assertThat(looking.field("text")).contains("looking at eta-model");
  }

  @Test
  void the_assistant_pane_offers_what_to_ask() throws Exception {
    deliver(
        "events_api",
        Interactions.event(
            "Ev1",
            Map.of(
                "type",
                "assistant_thread_started",
                "assistant_thread",
                Map.of(
                    "user_id",
                    "U1",
                    "channel_id",
                    "D1",
                    "thread_ts",
                    "4.4",
                    "context",
                    Map.of("channel_id", "C9")))));
    assertThat(slack.await("assistant.threads.setSuggestedPrompts").field("prompts"))
        .contains("What is wrong with fraud-scorer?");
  }
}
