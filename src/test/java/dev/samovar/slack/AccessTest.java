package dev.samovar.slack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samovar.conversation.Asked;
import dev.samovar.conversation.Reply;
import dev.samovar.conversation.TriageConversation;
import dev.samovar.evidence.Model;
import dev.samovar.incidents.Incident;
import dev.samovar.incidents.IncidentsInMemory;
import dev.samovar.incidents.Opening;
import dev.samovar.incidents.Place;
import dev.samovar.work.Audit;
import dev.samovar.work.Keepers;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** To whom a model is closed, it does not exist; and who asked what is written down. */
@SuppressWarnings("NullAway.Init") // Each test starts its own bot.
class AccessTest {
  private static final Instant NOW = Instant.parse("2026-05-20T15:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  private static final String CLOSED = "CCLOSED01";
  private static final List<Model> OPEN = List.of(Model.named("eta-model"), Model.named("ranker"));

  private final IncidentsInMemory incidents = new IncidentsInMemory(100);
  private final List<Audit.Entry> audit = new CopyOnWriteArrayList<>();
  private final AtomicInteger envelopes = new AtomicInteger();
  private StandInSlack slack;
  private SlackBot bot;

  @BeforeEach
  void open() throws Exception {
    slack = new StandInSlack();
    Keepers memory = Keepers.inMemory(CLOCK);
    bot =
        new SlackBot(
            Bots.closed(
                Bots.settings("xoxb-1", "xapp-1", slack.apiUrl()),
                Map.of(
                    "payout-risk",
                    new SlackSettings.Access(List.of("#fraud-closed"), List.of("@fraud-team"))),
                List.of("U0ADMIN")),
            new TriageConversation(List.of(OPEN.get(0), Model.named("payout-risk"), OPEN.get(1))),
            (request, progress) -> SampleReport.of("x"),
            incidents,
            new Keepers(
                memory.jobs(),
                memory.inbox(),
                memory.claims(),
                memory.posts(),
                memory.marks(),
                audit::add,
                memory.forgetful()),
            Bots.runbooks(),
            List::of,
            Optional.empty(),
            CLOCK);
    bot.start();
    slack.awaitConnection();
  }

  @AfterEach
  void close() {
    bot.close();
    slack.close();
  }

  private void deliver(String type, String payload) throws InterruptedException {
    String id = "e" + envelopes.incrementAndGet();
    slack.deliver(Interactions.envelope(id, type, payload));
    assertThat(slack.ack().get("envelope_id").asText()).isEqualTo(id);
  }

  /** What a command is answered with, to who gave it. */
  private String command(String text, String channel, String user) throws Exception {
    deliver("slash_commands", Interactions.command(text, channel, user, slack.responseUrl()));
    StandInSlack.Call answer = slack.await("response_url");
    return answer.field("text") + answer.field("blocks");
  }

  private void look(String text, String channel, String user) throws Exception {
    deliver("slash_commands", Interactions.command(text, channel, user, slack.responseUrl()));
    StandInSlack.Call post = slack.await("chat.postMessage");
    assertThat(post.field("channel")).isEqualTo(channel);
    assertThat(post.field("text") + post.field("blocks")).contains("payout-risk");
    slack.await(
        call -> call.method().equals("chat.update") && call.field("text").contains("CAUSE"));
  }

  private void remember(String id, String channel) {
    incidents.open(
        Incident.begin(
            id,
            new Place(channel, "1.1", "1.2"),
            new Opening(
                "payout-risk", NOW.minusSeconds(7200), Set.of(), "", "U9", Optional.empty(), NOW)));
  }

  /** As of one who was never told of it. */
  private static String ofNobody(String text) {
    Reply reply = new TriageConversation(OPEN).command(text, Asked.at(NOW, ZoneOffset.UTC));
    return Desk.words((Reply.Words) reply);
  }

  @Test
  void to_an_outsider_it_does_not_exist_whatever_is_asked() throws Exception {
    for (String text :
        List.of("payout-risk", "payout-risc", "payout", "models", "history payout-risk", "help")) {
      assertThat(command(text, "C9", "U1")).as(text).isEqualTo(ofNobody(text));
    }
    // Also to a member, where others would read it.
    assertThat(command("payout-risk", "C9", "U0MEMBER")).isEqualTo(ofNobody("payout-risk"));
    // Also alone with Samovar.
    assertThat(command("payout-risk", "D0OUTSIDE", "U1")).isEqualTo(ofNobody("payout-risk"));
  }

  @Test
  void no_menu_offers_it_to_an_outsider() throws Exception {
    assertThat(command("since 3h", "C9", "U1")).contains("eta-model").doesNotContain("payout-risk");
    assertThat(command("since 3h", CLOSED, "U1")).contains("eta-model").contains("payout-risk");
  }

  @Test
  void in_its_channel_and_to_a_member_alone_it_is_looked_at() throws Exception {
    look("payout-risk since 2h", CLOSED, "U1");
    look("payout-risk since 2h", "D0MEMBER", "U0MEMBER");
  }

  @Test
  void what_happened_to_it_is_listed_where_it_is_open_and_nothing_hints_at_it_elsewhere()
      throws Exception {
    remember("i1", CLOSED);
    String nothing = command("status", "C9", "U1");
    assertThat(nothing).contains("No incidents open").doesNotContain("payout-risk");
    assertThat(nothing).doesNotContain("private");
    assertThat(command("status", CLOSED, "U1")).contains("payout-risk");
    assertThat(command("history payout-risk", CLOSED, "U1")).contains("payout-risk");
  }

  @Test
  void the_home_shows_it_to_members_only() throws Exception {
    remember("i1", "C9");
    assertThat(home("U1")).contains("eta-model").doesNotContain("payout-risk");
    assertThat(home("U0MEMBER")).contains("payout-risk");
  }

  private String home(String user) throws Exception {
    deliver(
        "events_api",
        Interactions.event(
            "Ev" + user,
            Map.of("type", "app_home_opened", "user", user, "channel", "D1", "tab", "home")));
    return slack.await("views.publish").field("view");
  }

  @Test
  void only_admins_change_how_channels_are_answered_and_all_is_written_down() throws Exception {
    assertThat(command("mute 2h", "C9", "U1")).contains("Only my admins").contains("<@U0ADMIN>");
    assertThat(command("mute 2h", "C9", "U0ADMIN")).contains("I stay silent here until");
    assertThat(command("auto off", "C9", "U1")).contains("Only my admins");
    assertThat(
            command("models my token is gh" + "p_16C7e42F292c6912E7710c838347Ae178B4a", "C9", "U1"))
        .isNotEmpty();

    assertThat(audit)
        .filteredOn(entry -> entry.outcome() == Audit.Outcome.REFUSED)
        .extracting(Audit.Entry::user)
        .containsExactly("U1", "U1");
    assertThat(audit)
        .filteredOn(entry -> entry.what().equals("/triage"))
        .extracting(Audit.Entry::content)
        .containsExactly(
            "mute 2h", "mute 2h", "auto off", "models my token is [redacted: GitHub token]");
    assertThat(audit).allMatch(entry -> entry.place().equals("C9") && entry.at().equals(NOW));
  }
}
