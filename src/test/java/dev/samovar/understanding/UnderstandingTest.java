package dev.samovar.understanding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samovar.evidence.Model;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rulings of {@code cases/intents.md}, both ways, with models that no list has. */
class UnderstandingTest {
  private static final Understanding UNDERSTANDING =
      new Understanding(
          List.of(
              named("price-elasticity", "pricing model"),
              named("lead-scoring", "leads"),
              named("eta-model", "eta"),
              named("basket-recs", "basket recommendations")));

  private static Model named(String name, String... aliases) {
    Model plain = Model.named(name);
    return new Model(
        name,
        List.of(aliases),
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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "is lead-scoring healthy?",
        "anything wrong with the pricing model?",
        "lead-scoring isn't healthy",
        "leads look odd since tuesday",
        "lead-scoring throws 503 in prod",
        "we rolled the pricing model back and it still returns 500",
        "not a false alarm: lead-scoring times out",
        "ticket says resolved but basket-recs is down again",
        "[FIRING:1] HighLatency model=lead-scoring severity=page",
        "the feature store returns null for half of the columns",
        "the training DAG failed three nights in a row",
        "customers complain that basket recommendations make no sense",
        "GPU node is out of memory, inference pods keep crashing",
        "canary of lead-scoring returns NaN",
        "works in staging, but in prod lead-scoring answers 500",
        "lead-scoring está caído",
        "leads ist sehr langsam heute",
      })
  void reports_are_answered(String text) {
    Reading reading = UNDERSTANDING.read(text);

    assertThat(reading.answer()).as(reading.because()).isTrue();
    assertThat(reading.because()).startsWith("it reports trouble").doesNotContain("\n");
    assertThat(reading.symptoms()).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lead-scoring is back to normal",
        "nvm, lead-scoring is fine, I looked at the wrong dashboard",
        "lead-scoring isn't slow",
        "nothing wrong with the pricing model",
        "the zeros from lead-scoring are by design",
        "postmortem of the lead-scoring outage is ready",
        "maintenance of lead-scoring at 22:00, expect some 503s",
        "load test on lead-scoring, please ignore the latency alerts",
        "what would happen if lead-scoring returned only nulls?",
        "lead-scoring fails in staging",
        "my notebook runs out of memory when I load lead-scoring",
        "[RESOLVED] lead-scoring HighLatency",
        "deployed lead-scoring 4.2 to prod",
        "the runbook for lead-scoring errors is outdated",
        "on it",
        "the vpn is down",
        "payroll is broken",
        "our data model for invoices is wrong",
        "any ETA on a fix?",
        "how do I query lead-scoring?",
      })
  void other_messages_are_left_alone(String text) {
    Reading reading = UNDERSTANDING.read(text);

    assertThat(reading.answer()).as(reading.because()).isFalse();
    assertThat(reading.model()).isEmpty();
    assertThat(reading.since()).isEmpty();
    assertThat(reading.symptoms()).isEmpty();
    assertThat(reading.because()).startsWith("it").doesNotContain("\n");
  }

  @ParameterizedTest
  @CsvSource({
    "lead scoring is down, lead-scoring",
    "LeadScoring is down, lead-scoring",
    "LEADS are down, lead-scoring",
    "the pricing models are down, price-elasticity",
    "price-elastcity is down, price-elasticity",
    "eta is down, eta-model",
    "lead-scoring is fine but the eta is down, eta-model",
    "eta normal and leads return 500, lead-scoring",
  })
  void a_model_is_known_by_its_names_and_of_two_the_one_that_misbehaves(String text, String model) {
    assertThat(UNDERSTANDING.read(text.replace(';', ',')).model().map(Model::name)).contains(model);
  }

  @Test
  void an_arrival_time_is_no_model() {
    assertThat(UNDERSTANDING.read("lead-scoring is down, any eta on a fix?").model())
        .map(Model::name)
        .contains("lead-scoring");
    assertThat(UNDERSTANDING.read("what's the eta on the fix for the failing website?").answer())
        .isFalse();
  }

  @Test
  void own_words_behind_a_quote_decide() {
    assertThat(UNDERSTANDING.read("> lead-scoring is down\nplease look").answer()).isTrue();
    assertThat(UNDERSTANDING.read("&gt; is lead-scoring down?\nit is fine now").answer()).isFalse();
  }

  @Test
  void markup_is_seen_through() {
    Reading reading =
        UNDERSTANDING.read("<@U123> *lead-scoring* is `down`, see <https://x.example|the graph>");

    assertThat(reading.answer()).isTrue();
    assertThat(reading.model().map(Model::name)).contains("lead-scoring");
  }

  @Test
  void slips_of_the_finger_are_understood() {
    assertThat(UNDERSTANDING.read("lead-scoring keeps crashnig").answer()).isTrue();
    assertThat(UNDERSTANDING.read("lead-scoring is sloooow").answer()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "since ~2h, PT2H",
    "for the past 3 days, P3D",
    "for half an hour, PT30M",
    "for half a day, PT12H",
    "for one and a half hours, PT90M",
    "10 min ago, PT10M",
    "four nights in a row, P4D",
    "since a week, P1W",
    "for a month now, P1M",
    "since 3pm, time:15:00",
    "since 14:30 UTC, time:14:30 UTC",
    "around noon, time:12:00",
    "since midnight, time:00:00",
    "since half past nine, time:09:30",
    "since yesterday 3pm, date:yesterday 15:00",
    "since yesterday evening, date:yesterday evening",
    "since yesterday, date:yesterday",
    "since last night, date:last night",
    "overnight, date:last night",
    "since this morning, date:this morning",
    "since this week, date:this week",
    "since last week, date:last week",
    "over the weekend, date:weekend",
    "since tuesday, date:tuesday",
    "since last friday, date:last friday",
    "since Nov 20, date:11-20",
    "since 20 November, date:11-20",
    "since 11/20, date:11-20",
    "started: 2026-11-24T02:10Z, date:2026-11-24 02:10 UTC",
    "started: 2026-11-24 02:10 UTC, date:2026-11-24 02:10 UTC",
    "seit 2 Stunden, PT2H",
    "seit gestern, date:yesterday",
    "desde ayer, date:yesterday",
    "depuis ce matin, date:this morning",
    "da ieri, date:yesterday",
    "sinds gisteren, date:yesterday",
  })
  void the_beginning_is_read_in_every_form(String time, String form) {
    java.time.Instant now = java.time.Instant.parse("2026-11-25T15:00:00Z");
    Reading reading = UNDERSTANDING.read("lead-scoring is down " + time);

    assertThat(reading.since().map(Since::form)).contains(form);
    assertThat(reading.since().orElseThrow().start(now, java.time.ZoneId.of("Europe/Berlin")))
        .isBefore(now);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "eta says 0 min for all trips",
        "lead-scoring takes 30 s per call, the SLA is 2 h",
        "lead-scoring is worse than last month",
        "restarted lead-scoring an hour ago, it still crashes",
        "lead-scoring is down again",
      })
  void other_times_are_no_beginning(String text) {
    assertThat(UNDERSTANDING.read(text).since()).isEmpty();
  }

  @Provide
  Arbitrary<String> hostile() {
    Arbitrary<String> words =
        Arbitraries.of(
                "model ", "not ", "down", "<", ">", "&gt;", "since ", "2 ", "h ", ":", "\n", "nan ",
                "all ", "eta ", "<!", "|", "http://", "0", "é", "変", " ")
            .list()
            .ofMaxSize(4_000)
            .map(parts -> String.join("", parts));
    return Arbitraries.oneOf(words, Arbitraries.strings().ofMaxLength(20_000));
  }

  /** The engine reads each word once and looks ahead a bounded number of words. */
  @Property(tries = 60)
  void any_text_is_read_and_explained(@ForAll("hostile") String text) {
    assertThat(UNDERSTANDING.read(text).because()).isNotBlank().doesNotContain("\n");
    assertThat(UNDERSTANDING.named(text)).isNotNull();
  }
}
