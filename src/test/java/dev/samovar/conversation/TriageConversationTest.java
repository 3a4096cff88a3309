package dev.samovar.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samovar.evidence.Model;
import dev.samovar.evidence.Window;
import dev.samovar.triage.Symptom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
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
    return conversation.command(text, NOW, ZoneOffset.UTC);
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
    assertThat(words(command("status"))).contains("not built yet");
  }

  @Test
  void help_models_and_checks_are_listed() {
    assertThat(words(command(""))).contains("since 6h");
    assertThat(words(command("models"))).contains("fraud model").contains("eta-model");
    assertThat(words(command("checks"))).contains("logging-gap").contains("17 questions");
  }

  @Test
  void who_speaks_to_samovar_is_always_answered() {
    looksAt(
        conversation.addressed("can you check the fraud model", NOW, ZoneOffset.UTC),
        "fraud-scorer",
        "2026-11-20T13:00:00Z");
    assertThat(words(conversation.addressed("hello", NOW, ZoneOffset.UTC))).contains("Which model");
    assertThat(words(conversation.addressed("help", NOW, ZoneOffset.UTC))).contains("/triage");
  }

  @Test
  void overheard_it_speaks_only_of_trouble() {
    Reply reply = conversation.overheard("fraud model throws errors since 1h", NOW, ZoneOffset.UTC);
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
      assertThat(conversation.overheard(calm, NOW, ZoneOffset.UTC))
          .as(calm)
          .isInstanceOf(Reply.Silence.class);
    }
  }
}
