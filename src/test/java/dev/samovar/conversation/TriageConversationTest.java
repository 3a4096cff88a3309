package dev.samovar.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samovar.evidence.Model;
import dev.samovar.evidence.Window;
import dev.samovar.slack.SampleReport;
import dev.samovar.triage.Symptom;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TriageConversationTest {
  private static final Instant NOW = Instant.parse("2026-11-20T15:00:00Z");
  private final Conversation conversation =
      new TriageConversation(
          List.of(aliased("fraud-scorer", "fraud model"), Model.named("eta-model")));

  private static Model aliased(String name, String alias) {
    Model plain = Model.named(name);
    return new Model(
        name,
        List.of(alias),
        plain.team(),
        plain.service(),
        plain.channel(),
        plain.indices(),
        plain.fields(),
        plain.retraining(),
        plain.preprocessingPipeline(),
        plain.upstream(),
        plain.lockfile(),
        plain.slo(),
        plain.metrics());
  }

  private Reply command(String text) {
    return conversation.command(text, Asked.at(NOW, ZoneOffset.UTC));
  }

  private static void looksAt(Reply reply, String model, String from) {
    assertThat(reply).isInstanceOf(Reply.Investigate.class);
    Reply.Investigate investigate = (Reply.Investigate) reply;
    assertThat(investigate.request().model().name()).isEqualTo(model);
    assertThat(investigate.request().window()).isEqualTo(new Window(Instant.parse(from), NOW));
  }

  private static String words(Reply reply) {
    assertThat(reply).isInstanceOf(Reply.Words.class);
    Reply.Words words = (Reply.Words) reply;
    return words.title() + "\n" + String.join("\n", words.lines());
  }

  @Test
  void a_command_names_a_model_and_a_time() {
    looksAt(command("fraud-scorer"), "fraud-scorer", "2026-11-20T13:00:00Z");
    looksAt(command("Fraud Model since 6h"), "fraud-scorer", "2026-11-20T09:00:00Z");
    looksAt(command("eta-model since yesterday 18:00"), "eta-model", "2026-11-19T18:00:00Z");
    looksAt(command("eta-model last 30m"), "eta-model", "2026-11-20T14:30:00Z");
    looksAt(
        command("the fraud model's acting weird since 3h"), "fraud-scorer", "2026-11-20T12:00:00Z");
  }

  @Test
  void what_is_not_known_is_answered_with_what_is() {
    assertThat(words(command("frad-scorer"))).contains("fraud-scorer").contains("eta-model");
    assertThat(words(command("hlep"))).contains("`/triage help`");
    assertThat(words(command("eta-model since soonish"))).contains("90m").contains("yesterday");
    assertThat(words(command("eta-model since 90d"))).contains("30 days");
  }

  @Test
  void help_models_and_checks_are_listed() {
    assertThat(words(command(""))).contains("since 6h");
    assertThat(words(command("models"))).contains("fraud model").contains("eta-model");
    assertThat(words(((Reply.Checks) command("checks")).questions()))
        .contains("logging-gap")
        .contains("17 questions");
  }

  @Test
  void who_speaks_to_samovar_is_always_answered() {
    looksAt(
        conversation.addressed("can you check the fraud model", Asked.at(NOW, ZoneOffset.UTC)),
        "fraud-scorer",
        "2026-11-20T13:00:00Z");
    assertThat(conversation.addressed("hello", Asked.at(NOW, ZoneOffset.UTC)))
        .isInstanceOf(Reply.Which.class);
    assertThat(words(conversation.addressed("help", Asked.at(NOW, ZoneOffset.UTC))))
        .contains("/triage");
  }

  @Test
  void overheard_it_speaks_only_of_trouble() {
    Reply reply =
        conversation.overheard("fraud model throws errors since 1h", Asked.at(NOW, ZoneOffset.UTC));
    looksAt(reply, "fraud-scorer", "2026-11-20T14:00:00Z");
    assertThat(((Reply.Investigate) reply).request().symptoms()).contains(Symptom.ERRORS);
    for (String calm :
        List.of(
            "fraud model deployed",
            "the fraud model is fine again",
            "false alarm, fraud model is ok",
            "lunch?",
            "we load test the fraud model, ignore errors",
            "")) {
      assertThat(conversation.overheard(calm, Asked.at(NOW, ZoneOffset.UTC)))
          .as(calm)
          .isInstanceOf(Reply.Silence.class);
    }
  }

  @Test
  void sub_commands_are_read_and_what_is_missing_is_asked() {
    assertThat(command("status")).isEqualTo(new Reply.Status());
    assertThat(command("history fraud model"))
        .isInstanceOfSatisfying(
            Reply.History.class,
            history -> assertThat(history.model().name()).isEqualTo("fraud-scorer"));
    assertThat(words(command("history"))).contains("which model");
    assertThat(words(command("history nobody"))).contains("no model called");
    assertThat(command("mute 2h")).isEqualTo(new Reply.Mute(Duration.ofHours(2)));
    assertThat(command("mute")).isEqualTo(new Reply.Mute(Duration.ofHours(1)));
    assertThat(command("unmute")).isEqualTo(new Reply.Mute(Duration.ZERO));
    assertThat(words(command("mute soon"))).contains("For how long");
    assertThat(words(command("mute 30d"))).contains("7 days");
    assertThat(command("auto ask")).isEqualTo(new Reply.Manners(AutoReply.ASK));
    assertThat(words(command("auto sometimes"))).contains("auto off");
    assertThat(command("why https://x.slack.com/archives/C1/p1700000000000100"))
        .isInstanceOf(Reply.Why.class);
    assertThat(words(command("why"))).contains("link");
    assertThat(command("doctor")).isEqualTo(new Reply.Doctor(Optional.empty()));
    assertThat(command("doctor eta-model")).isInstanceOf(Reply.Doctor.class);
  }

  @Test
  void a_time_without_a_model_asks_with_a_menu_that_keeps_the_time() {
    assertThat(command("since 3h"))
        .isInstanceOfSatisfying(
            Reply.Which.class,
            which -> {
              assertThat(which.from()).isEqualTo(NOW.minus(Duration.ofHours(3)));
              assertThat(which.models()).hasSize(2);
            });
    looksAt(
        conversation.chosen(
            "eta-model", NOW.minusSeconds(60), Set.of(), Asked.at(NOW, ZoneOffset.UTC)),
        "eta-model",
        "2026-11-20T14:59:00Z");
  }

  @Test
  void where_none_is_named_the_channel_s_own_model_is_meant() {
    Asked inEtaChannel = new Asked(NOW, ZoneOffset.UTC, Optional.of(Model.named("eta-model")));

    looksAt(
        conversation.overheard("the model throws errors since 1h", inEtaChannel),
        "eta-model",
        "2026-11-20T14:00:00Z");
    assertThat(
            conversation.overheard(
                "the model throws errors since 1h", Asked.at(NOW, ZoneOffset.UTC)))
        .isInstanceOf(Reply.Which.class);
  }

  private Reply followUp(String text, boolean isAddressed) {
    return conversation.followUp(
        text,
        new Topic(
            Model.named("fraud-scorer"),
            NOW.minus(Duration.ofHours(4)),
            Set.of(Symptom.ERRORS),
            Optional.of(SampleReport.of("x"))),
        isAddressed,
        Asked.at(NOW, ZoneOffset.UTC));
  }

  @Test
  void follow_ups_are_understood_in_the_thread_s_context() {
    looksAt(followUp("and since monday?", false), "fraud-scorer", "2026-11-16T00:00:00Z");
    looksAt(followUp("check eta-model too", false), "eta-model", "2026-11-20T11:00:00Z");
    looksAt(followUp("what about eta-model since 1h?", false), "eta-model", "2026-11-20T14:00:00Z");
    assertThat(followUp("and now?", false)).isEqualTo(new Reply.Again());
    assertThat(followUp("run it again please", false)).isEqualTo(new Reply.Again());
    assertThat(words(followUp("why not the deploy?", false)))
        .contains("recent-changes is ruled out");
    assertThat(words(followUp("is it the gpu?", false))).contains("gpu-memory is ruled out");
    assertThat(words(followUp("what about latency?", false)))
        .contains("serving-health could not be checked")
        .contains("To change that");
    assertThat(words(followUp("why?", true))).contains("preprocessing-change is among the causes");
  }

  @Test
  void talk_among_people_in_the_thread_is_left_alone() {
    for (String talk :
        List.of(
            "on it",
            "thanks!",
            "I think the deploy broke it, rolling back",
            "any update?",
            "and now the deploy is stuck too",
            "can you check with ops why the node pool was resized last night please, I am in a call",
            "")) {
      assertThat(followUp(talk, false)).as(talk).isInstanceOf(Reply.Silence.class);
    }
  }
}
