package dev.samovar.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.slack.api.Slack;
import com.slack.api.SlackConfig;
import com.slack.api.app_backend.interactive_components.ActionResponseSender;
import dev.samovar.conversation.Reply;
import dev.samovar.conversation.TriageConversation;
import dev.samovar.evidence.Model;
import dev.samovar.evidence.Window;
import dev.samovar.incidents.IncidentsInMemory;
import dev.samovar.oncall.Standing;
import dev.samovar.rota.Person;
import dev.samovar.triage.Request;
import dev.samovar.work.PostsInMemory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who is on call is named everywhere, and called only where the team allows it. */
@SuppressWarnings("NullAway.Init") // Each test has its own Slack.
class OnCallInSlackTest {
  private static final Instant NOW = Instant.parse("2026-05-20T15:00:00Z");
  private static final Person MIRA =
      new Person("U0MIRA", Optional.of("Mira <!channel>"), Optional.empty());

  private final SetClock clock = new SetClock(NOW);
  private List<Standing> standings = List.of();
  private StandInSlack slack;
  private OnCallWords words;
  private Desk desk;

  @BeforeEach
  void open() throws Exception {
    slack = new StandInSlack();
    SlackConfig config = new SlackConfig();
    config.setMethodsEndpointUrlPrefix(slack.apiUrl());
    Slack client = Slack.getInstance(config);
    Gateway gateway =
        new Gateway(
            client.methods("xoxb-1"),
            new ActionResponseSender(client),
            new PostsInMemory(100),
            new Discreet(text -> text),
            SlackListener.NONE,
            clock,
            Duration.ZERO,
            Duration.ZERO);
    IncidentsInMemory incidents = new IncidentsInMemory(10);
    List<Model> models = List.of(Model.named("fraud-scorer"));
    words = new OnCallWords(() -> standings, models, gateway);
    desk =
        new Desk(
            gateway,
            (request, progress) -> SampleReport.of("x"),
            new AnswerMessage(Bots.runbooks()),
            incidents,
            new SeenBefore(
                incidents, new Discretion(gateway, Bots.permissions(gateway, clock)), gateway),
            words,
            new TriageConversation(models),
            () -> false,
            SlackListener.NONE,
            clock);
  }

  @AfterEach
  void close() {
    slack.close();
  }

  private static Standing standing(Person person, boolean mayMention, String... trouble) {
    return new Standing(
        "ml-platform",
        List.of(person),
        Optional.of(NOW.plusSeconds(3600)),
        trouble.length == 0 ? "PagerDuty" : Standing.ROTA,
        List.of(trouble).stream().findFirst(),
        mayMention);
  }

  private void ask(String channel) throws SlackException {
    desk.answer(
        Origin.asked("k " + channel, channel, Optional.of("1.1"), "U1"),
        new Reply.Investigate(
            new Request(
                Model.named("fraud-scorer"), new Window(NOW.minusSeconds(7200), NOW), "", Set.of()),
            "asked"));
  }

  @Test
  void the_answer_names_who_is_on_call_and_nobody_is_called() throws Exception {
    standings = List.of(standing(MIRA, false));
    ask("CINC");
    String answer =
        slack
            .await(call -> call.method().equals("chat.update") && call.field("text").contains(":"))
            .field("blocks");
    assertThat(answer).contains("*On call* Mira &lt;!channel&gt; until <!date^1779292800^");
    assertThat(answer).contains("(by PagerDuty)").doesNotContain("<@U0MIRA>");
    assertThat(slack.pending("chat.postMessage")).isZero();
  }

  @Test
  void where_the_team_allows_it_one_message_calls_once() throws Exception {
    standings = List.of(standing(MIRA, true));
    ask("CINC");
    String call =
        slack
            .await(
                one ->
                    one.method().equals("chat.postMessage")
                        && one.field("text").contains(":pager:"))
            .field("text");
    assertThat(call).isEqualTo(":pager: <@U0MIRA>, on call: something is wrong with fraud-scorer.");
    ask("CINC");
    assertThat(slack.pending("chat.postMessage")).isZero();
  }

  @Test
  void nobody_is_called_by_what_is_asked_in_private() throws Exception {
    standings = List.of(standing(MIRA, true));
    ask("D0123");
    slack.await(one -> one.method().equals("chat.postMessage"));
    slack.await(call -> call.method().equals("chat.update") && call.field("text").contains(":"));
    assertThat(slack.pending("chat.postMessage")).isZero();
  }

  @Test
  void where_the_schedule_is_silent_the_line_says_so() {
    standings = List.of(standing(Person.of("Jan"), true, "PagerDuty did not answer <in> time"));
    assertThat(words.lines())
        .containsExactly(
            "ml-platform: Jan until "
                + SlackText.time(NOW.plusSeconds(3600))
                + " (by the rota; PagerDuty did not answer &lt;in&gt; time)");
    // A name that is no id of Slack can't be called.
    assertThat(words.call("fraud-scorer")).isEmpty();
  }

  @Test
  void only_the_models_own_team_is_named() {
    Model eta =
        new Model(
            "eta",
            List.of(),
            Optional.of("maps"),
            "eta",
            Optional.empty(),
            java.util.Map.of(),
            java.util.Map.of(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Optional.empty(),
            Model.Slo.NONE,
            java.util.Map.of());
    standings = List.of(standing(MIRA, false));
    OnCallWords others = new OnCallWords(() -> standings, List.of(eta), newGateway());
    assertThat(others.of("eta")).isEmpty();
    assertThat(words.of("fraud-scorer")).isPresent();
  }

  private Gateway newGateway() {
    SlackConfig config = new SlackConfig();
    config.setMethodsEndpointUrlPrefix(slack.apiUrl());
    Slack client = Slack.getInstance(config);
    return new Gateway(
        client.methods("xoxb-1"),
        new ActionResponseSender(client),
        new PostsInMemory(10),
        new Discreet(text -> text),
        SlackListener.NONE,
        clock,
        Duration.ZERO,
        Duration.ZERO);
  }

  @Test
  void people_are_found_by_their_address_once_an_hour() throws Exception {
    EmailBook book = new EmailBook(Bots.settings("xoxb-1", "xapp-1", slack.apiUrl()), clock);
    assertThat(book.idOf("Mira@example.com")).contains("U0MIRA");
    assertThat(book.idOf("mira@example.com ")).contains("U0MIRA");
    assertThat(slack.await("users.lookupByEmail").field("email")).isEqualTo("mira@example.com");
    assertThat(slack.pending("users.lookupByEmail")).isZero();
  }

  @Test
  void without_the_scope_nobody_is_found_and_slack_is_asked_once() throws Exception {
    slack.fail("users.lookupByEmail", "missing_scope");
    EmailBook book = new EmailBook(Bots.settings("xoxb-1", "xapp-1", slack.apiUrl()), clock);
    assertThat(book.idOf("mira@example.com")).isEmpty();
    assertThat(book.idOf("jan@example.com")).isEmpty();
    slack.await("users.lookupByEmail");
    assertThat(slack.pending("users.lookupByEmail")).isZero();
    clock.pass(Duration.ofHours(1));
    assertThat(book.idOf("jan@example.com")).contains("U0MIRA");
  }

  @Test
  void whom_slack_does_not_know_is_named_by_the_schedule() {
    slack.fail("users.lookupByEmail", "users_not_found");
    EmailBook book = new EmailBook(Bots.settings("xoxb-1", "xapp-1", slack.apiUrl()), clock);
    assertThat(book.idOf("mira@example.com")).isEmpty();
    assertThat(book.idOf("jan@example.com")).contains("U0MIRA");
  }
}
