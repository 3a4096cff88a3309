package dev.samovar.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.slack.api.Slack;
import com.slack.api.SlackConfig;
import com.slack.api.app_backend.interactive_components.ActionResponseSender;
import dev.samovar.charts.Gallery;
import dev.samovar.incidents.Incident;
import dev.samovar.incidents.IncidentsInMemory;
import dev.samovar.incidents.Opening;
import dev.samovar.incidents.Place;
import dev.samovar.triage.Report;
import dev.samovar.triage.Verdict;
import dev.samovar.work.Posts;
import dev.samovar.work.PostsInMemory;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@SuppressWarnings("NullAway.Init") // Each test has its own Slack.
class PinboardTest {
  private static final Instant NOW = Instant.parse("2026-05-20T15:00:00Z");

  private final IncidentsInMemory incidents = new IncidentsInMemory(10);
  private final JobQueue jobs = new JobQueue();
  private final SetClock clock = new SetClock(NOW);
  private Posts posts = new PostsInMemory(100);
  private StandInSlack slack;
  private Pinboard pinboard;

  @BeforeEach
  void open() throws Exception {
    slack = new StandInSlack();
    pinboard = pinboard();
    incidents.open(
        Incident.begin(
                "i1",
                new Place("C1", "1.1", "1.2"),
                new Opening(
                    "fraud-scorer",
                    NOW.minusSeconds(7200),
                    Set.of(),
                    "",
                    "U1",
                    Optional.empty(),
                    NOW))
            .reported(SampleReport.of("<!channel> & more"), NOW));
  }

  @AfterEach
  void close() {
    slack.close();
  }

  /** As a process has it that has just started. */
  private Pinboard pinboard() {
    SlackConfig config = new SlackConfig();
    config.setMethodsEndpointUrlPrefix(slack.apiUrl());
    Slack client = Slack.getInstance(config);
    Gateway gateway =
        new Gateway(
            client.methods("xoxb-1"),
            new ActionResponseSender(client),
            posts,
            new Discreet(text -> text),
            SlackListener.NONE,
            clock,
            Duration.ZERO,
            Duration.ZERO);
    Pinboard begun =
        new Pinboard(
            gateway, incidents, jobs, zone -> new Gallery(zone, UnaryOperator.identity()), clock);
    begun.start();
    return begun;
  }

  private void told() throws Exception {
    pinboard.changed(incidents.find("i1").orElseThrow());
    while (!jobs.waiting.isEmpty()) {
      jobs.runNext();
    }
  }

  private void watched(Verdict verdict) {
    Report one = SampleReport.of("x");
    Report seen =
        new Report(
            one.id(),
            one.model(),
            one.text(),
            one.window(),
            one.referenceKind(),
            one.reference(),
            verdict,
            one.headline(),
            one.onset(),
            one.causes(),
            one.rows(),
            one.changes(),
            true,
            1);
    incidents.change("i1", incident -> incident.watched(seen, clock.instant()));
  }

  @Test
  void the_first_reports_pictures_come_into_the_thread_with_words_for_who_cannot_see()
      throws Exception {
    told();

    StandInSlack.Call place = slack.await("files.getUploadURLExternal");
    assertThat(place.field("filename")).startsWith("samovar-").endsWith("-1.png");
    // In the asker's time: Berlin's.
    assertThat(place.field("alt_txt"))
        .startsWith("Timeline of fraud-scorer, 20 May 2026 (Europe/Berlin): 15:58 ")
        .contains("16:00 the trouble began, by share of x");
    StandInSlack.Call shared = slack.await("files.completeUploadExternal");
    assertThat(shared.field("channel_id")).isEqualTo("C1");
    assertThat(shared.field("thread_ts")).isEqualTo("1.1");
    assertThat(shared.field("initial_comment")).isEqualTo("Timeline of fraud-scorer");
    String id = Interactions.JSON.readTree(shared.field("files")).get(0).get("id").asText();
    assertThat(place.field("length")).isEqualTo(String.valueOf(slack.upload(id).length));
    assertThat(ImageIO.read(new ByteArrayInputStream(slack.upload(id))).getWidth()).isEqualTo(1056);
  }

  @Test
  void they_come_once_however_often_it_is_looked_and_whatever_dies() throws Exception {
    told();
    slack.await("files.completeUploadExternal");
    told();
    watched(Verdict.CAUSE_FOUND);
    told();
    assertThat(slack.pending("files.completeUploadExternal")).isZero();

    // A process that died before it could note that they arrived.
    posts = new PostsInMemory(100);
    posts.intend("pictures i1 first", NOW.minusSeconds(60));
    pinboard = pinboard();
    told();
    slack.await("conversations.replies");
    assertThat(slack.pending("files.completeUploadExternal")).isZero();
  }

  @Test
  void a_watch_shows_a_relapse_and_the_end_and_nothing_between() throws Exception {
    told();
    slack.await("files.completeUploadExternal");
    for (Verdict verdict :
        List.of(
            Verdict.SYMPTOMS_ONLY, Verdict.CAUSE_FOUND, Verdict.CANNOT_TELL, Verdict.ALL_CLEAR)) {
      watched(verdict);
      told();
    }
    assertThat(slack.pending("files.completeUploadExternal")).isZero();

    watched(Verdict.SYMPTOMS_ONLY);
    told();
    told();
    assertThat(slack.await("files.getUploadURLExternal").field("alt_txt"))
        .contains("17:00 Samovar found: the preprocessing changed x");
    slack.await("files.completeUploadExternal");
    assertThat(slack.pending("files.getUploadURLExternal")).isZero();

    incidents.change("i1", one -> one.resolved("", NOW, "2 looks in a row found nothing"));
    told();
    assertThat(slack.await("files.getUploadURLExternal").field("alt_txt"))
        .contains("2 looks in a row found nothing");
    told();
    slack.await("files.completeUploadExternal");
    assertThat(slack.pending("files.completeUploadExternal")).isZero();
  }

  @Test
  void relapses_without_end_are_not_shown_without_end() throws Exception {
    told();
    for (int i = 0; i < 9; i++) {
      watched(Verdict.ALL_CLEAR);
      watched(Verdict.SYMPTOMS_ONLY);
      told();
    }
    assertThat(slack.pending("files.completeUploadExternal")).isEqualTo(1 + 3);
  }

  @Test
  void without_the_scope_nothing_is_said_in_the_thread_and_nothing_is_tried_again()
      throws Exception {
    slack.fail("files.getUploadURLExternal", "missing_scope");
    told();
    assertThat(jobs.waiting).isEmpty();
    assertThat(slack.pending("files.completeUploadExternal")).isZero();
    assertThat(slack.pending("chat.postMessage")).isZero();
  }

  @Test
  void what_slack_could_not_take_is_tried_again() throws Exception {
    slack.fail("files.completeUploadExternal", "internal_error");
    assertThatThrownBy(this::told).isInstanceOf(SlackException.class);
    clock.pass(Duration.ofSeconds(5));
    told();
    slack.await("files.completeUploadExternal");
    slack.await("files.completeUploadExternal");
    assertThat(slack.pending("files.completeUploadExternal")).isZero();
  }

  @Test
  void who_was_well_all_the_time_gets_no_picture() throws Exception {
    incidents.open(
        Incident.begin(
            "i2",
            new Place("C1", "2.1", "2.2"),
            new Opening("m", NOW, Set.of(), "", "U1", Optional.empty(), NOW)));
    pinboard.changed(incidents.find("i2").orElseThrow());
    assertThat(jobs.waiting).isEmpty();
  }
}
