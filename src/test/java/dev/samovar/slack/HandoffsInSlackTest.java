package dev.samovar.slack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samovar.conversation.TriageConversation;
import dev.samovar.elasticsearch.ElasticsearchSettings;
import dev.samovar.elasticsearch.ElasticsearchSource;
import dev.samovar.evidence.Model;
import dev.samovar.handoff.Duty;
import dev.samovar.handoff.Gathering;
import dev.samovar.handoff.Handoffs;
import dev.samovar.handoff.Handover;
import dev.samovar.handoff.Handovers;
import dev.samovar.handoff.Outlook;
import dev.samovar.handoff.SampleHandoff;
import dev.samovar.handoff.Shifts;
import dev.samovar.store.Store;
import dev.samovar.triage.Triage;
import dev.samovar.work.Keepers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A shift is handed over in Slack: asked for, by itself, taken, and not taken. */
@SuppressWarnings("NullAway.Init") // Each test starts its own bot.
class HandoffsInSlackTest {
  private static final Instant END = SampleHandoff.END;
  private static final String ID = Handover.id("ml-platform", END);

  private final Store store = Store.open("jdbc:h2:mem:" + UUID.randomUUID());
  private final Handovers handovers = store.handovers();
  private final ExecutorService lookers = Executors.newFixedThreadPool(4);
  private final AtomicInteger envelopes = new AtomicInteger();
  private final SetClock clock = new SetClock();
  private final Keepers keepers = Keepers.inMemory(clock);
  private StandInSlack slack;
  private SlackBot bot;

  private static final class SetClock extends Clock {
    private volatile Instant now = END.minusSeconds(600);

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }

  @BeforeEach
  void open() throws Exception {
    slack = new StandInSlack();
    Triage triage = (request, progress) -> SampleReport.of(SampleReport.HOSTILE);
    // Nobody answers there: changes and forecasts are missing, and the handoff goes all the same.
    Outlook outlook =
        new Outlook(new ElasticsearchSource(ElasticsearchSettings.plain("http://127.0.0.1:9")));
    Duty sample = SampleHandoff.duty("fraud-scorer");
    Duty duty = sample.with(sample.rota(), true, List.of());
    bot =
        new SlackBot(
            Bots.settings("xoxb-1", "xapp-1", slack.apiUrl()),
            new TriageConversation(List.of(Model.named("fraud-scorer"))),
            triage,
            store.incidents(),
            keepers,
            Bots.runbooks(),
            List::of,
            Optional.of(
                new Shifts(
                    List.of(duty),
                    duty,
                    new Handoffs(
                        new Gathering(triage, outlook, lookers, Duration.ofSeconds(20)),
                        store.incidents(),
                        Bots.runbooks(),
                        text -> text),
                    handovers)),
            incident -> Optional.empty(),
            Optional.empty(),
            SlackListener.NONE,
            clock);
  }

  @AfterEach
  void close() {
    bot.close();
    slack.close();
    store.close();
    lookers.shutdownNow();
  }

  private void start() throws Exception {
    bot.start();
    slack.awaitConnection();
  }

  private void deliver(String type, String payload) throws InterruptedException {
    String id = "e" + envelopes.incrementAndGet();
    slack.deliver(Interactions.envelope(id, type, payload));
    assertThat(slack.ack().get("envelope_id").asText()).isEqualTo(id);
  }

  private void press(String blocks, String action, String user) throws Exception {
    press(blocks, action, user, "1.2");
  }

  private void press(String blocks, String action, String user, String ts) throws Exception {
    deliver(
        "interactive", Interactions.press(Interactions.element(blocks, action), user, "C9", ts));
  }

  private void write(String text) throws Exception {
    deliver(
        "interactive",
        Interactions.JSON.writeValueAsString(
            Map.of(
                "type",
                "view_submission",
                "team",
                Map.of("id", "T1"),
                "user",
                Map.of("id", "U0BERLIN"),
                "view",
                Map.of(
                    "id",
                    "V1",
                    "type",
                    "modal",
                    "callback_id",
                    "samovar:notes",
                    "private_metadata",
                    ID,
                    "state",
                    Map.of(
                        "values",
                        Map.of(
                            "notes-text",
                            Map.of(
                                "notes-text",
                                Map.of("type", "plain_text_input", "value", text))))))));
  }

  @Test
  void whoGoesIsInvitedToAddNotes_andTheyGoWithIt() throws Exception {
    start();
    StandInSlack.Call invitation = slack.await("chat.postMessage");
    assertThat(invitation.field("channel")).isEqualTo("U0BERLIN");
    press(invitation.field("blocks"), "samovar:notes", "U0BERLIN");
    assertThat(slack.await("views.open").field("view")).contains("What should the next one know?");
    write("Watch the gateway <!channel>");
    Waiting.until(() -> handovers.find(ID).orElseThrow(), one -> !one.notes().isEmpty());

    handOverNow();
    assertThat(
            slack
                .await(
                    call ->
                        call.method().equals("chat.postMessage")
                            && call.field("channel").equals("#ml-oncall"))
                .field("blocks"))
        .contains("<@U0BERLIN>: Watch the gateway &lt;!channel&gt;");
  }

  private void handOverNow() throws Exception {
    deliver(
        "interactive",
        Interactions.press(
            new Interactions.Element("samovar:hand-on", "handoff", "", ID), "U0BERLIN", "C9", "1"));
  }

  private String command(String text) throws Exception {
    return Interactions.command(text, slack.responseUrl()).replace("\"/triage\"", "\"/handoff\"");
  }

  @Test
  void itGoesByItself_isTakenByButton_andThatIsShown() throws Exception {
    handovers.begin(Handover.begin("ml-platform", END.minusSeconds(32_400), END, END));
    clock.now = END.plusSeconds(5);
    start();
    StandInSlack.Call sent = slack.await("chat.postMessage");
    assertThat(sent.field("channel")).isEqualTo("#ml-oncall");
    assertThat(sent.field("blocks"))
        .contains("Acknowledge")
        .contains("fraud-scorer")
        .doesNotContain("<!channel>");
    assertThat(slack.await("chat.postMessage").field("thread_ts")).isNotEmpty();
    Waiting.until(() -> handovers.find(ID).orElseThrow(), Handover::isWaiting);

    String ts = handovers.find(ID).orElseThrow().message().orElseThrow().ts();
    press(sent.field("blocks"), "samovar:take", "U0BERLIN", ts);
    assertThat(slack.await("chat.postEphemeral").field("text")).contains("You hand it over");
    press(sent.field("blocks"), "samovar:take", "U0SEATTLE", ts);
    assertThat(slack.await("chat.update").field("blocks"))
        .contains("Taken by <@U0SEATTLE>")
        .doesNotContain("Acknowledge");
    // Twice is as once; another comes too late.
    press(sent.field("blocks"), "samovar:take", "U9", ts);
    assertThat(slack.await("chat.update").field("blocks")).contains("Taken by <@U0SEATTLE>");
    assertThat(handovers.find(ID).orElseThrow().acknowledgedBy()).contains("U0SEATTLE");
  }

  @Test
  void whatWasSentBeforeTheProcessDied_isNotSentAgain() throws Exception {
    handovers.begin(Handover.begin("ml-platform", END.minusSeconds(32_400), END, END).sending(END));
    keepers.posts().intend("handoff " + ID, END);
    slack.rememberSent("handoff " + ID);
    clock.now = END.plusSeconds(301);
    start();

    Handover found = Waiting.until(() -> handovers.find(ID).orElseThrow(), Handover::isWaiting);
    assertThat(found.message()).contains(new Handover.Message("CONCALL", "1.1"));
    assertThat(slack.await("chat.postMessage").field("thread_ts"))
        .as("only its details are still to come")
        .isEqualTo("1.1");
  }

  @Test
  void whatNobodyTookIsAskedAgainByDirectMessage() throws Exception {
    handovers.begin(
        Handover.begin("ml-platform", END.minusSeconds(32_400), END, END)
            .sending(END)
            .sent(SampleHandoff.quiet(), new Handover.Message("C1", "1.1"), END));
    clock.now = END.plus(Duration.ofMinutes(16));
    start();
    StandInSlack.Call asked = slack.await("chat.postMessage");
    assertThat(asked.field("channel")).isEqualTo("U0SEATTLE");
    assertThat(asked.field("text")).contains("waits for you since");
    press(asked.field("blocks"), "samovar:take", "U0SEATTLE");
    assertThat(slack.await("chat.update").field("blocks")).contains("Taken by <@U0SEATTLE>");
    assertThat(slack.await("chat.update").field("text")).contains("You took it");
  }

  @Test
  void theTeamIsTold_whenStillNobodyTookIt() throws Exception {
    handovers.begin(
        Handover.begin("ml-platform", END.minusSeconds(32_400), END, END)
            .sending(END)
            .sent(SampleHandoff.quiet(), new Handover.Message("C1", "1.1"), END));
    clock.now = END.plus(Duration.ofMinutes(31));
    start();
    StandInSlack.Call told = slack.await("chat.postMessage");
    assertThat(told.field("channel")).isEqualTo("#ml-oncall");
    assertThat(told.field("text")).contains("Nobody has taken").contains("<@U0SEATTLE>");
  }

  @Test
  void theCommandShowsItToWhoAsks_andHandsOverNow() throws Exception {
    start();
    deliver("slash_commands", command(""));
    StandInSlack.Call shown = slack.await(call -> call.method().equals("response_url"));
    assertThat(shown.field("text")).contains("Handoff of ml-platform");
    deliver("slash_commands", command("nobody"));
    assertThat(
            slack
                .await(
                    call ->
                        call.method().equals("response_url")
                            && call.field("text").contains("No team"))
                .field("text"))
        .contains("/handoff ml-platform");
    handOverNow();
    assertThat(
            slack
                .await(
                    call ->
                        call.method().equals("chat.postMessage")
                            && call.field("channel").equals("#ml-oncall"))
                .field("blocks"))
        .contains("Acknowledge");
  }
}
