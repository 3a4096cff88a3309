package dev.samovar.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.slack.api.Slack;
import com.slack.api.SlackConfig;
import com.slack.api.app_backend.interactive_components.ActionResponseSender;
import dev.samovar.conversation.TriageConversation;
import dev.samovar.evidence.Model;
import dev.samovar.incidents.Incident;
import dev.samovar.incidents.IncidentsInMemory;
import dev.samovar.incidents.Opening;
import dev.samovar.incidents.Place;
import dev.samovar.incidents.State;
import dev.samovar.triage.Report;
import dev.samovar.triage.Verdict;
import dev.samovar.work.PostsInMemory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@SuppressWarnings("NullAway.Init") // Each test has its own Slack.
class WatcherTest {
  private static final Instant NOW = Instant.parse("2026-05-20T15:00:00Z");

  private final IncidentsInMemory incidents = new IncidentsInMemory(10);
  private final JobQueue jobs = new JobQueue();
  private int presses;
  private final List<Duration> windows = new ArrayList<>();
  private final SetClock clock = new SetClock();
  private Verdict verdict = Verdict.SYMPTOMS_ONLY;
  private StandInSlack slack;
  private Watcher watcher;
  private Desk desk;

  /** A clock that tests move. */
  private static final class SetClock extends Clock {
    private Instant now = NOW;

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
    desk =
        new Desk(
            gateway,
            (request, progress) -> {
              windows.add(request.window().length());
              return report();
            },
            new AnswerMessage(Bots.runbooks()),
            incidents,
            new SeenBefore(
                incidents, new Discretion(gateway, Bots.permissions(gateway, clock)), gateway),
            new OnCallWords(List::of, List.of(), gateway),
            new TriageConversation(List.of(Model.named("fraud-scorer"))),
            () -> false,
            SlackListener.NONE,
            clock);
    watcher = new Watcher(incidents, desk, gateway, jobs, clock);
    watcher.start();
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
            .reported(report(), NOW));
  }

  @AfterEach
  void close() {
    slack.close();
  }

  private Report report() {
    Report sample = SampleReport.of("x");
    return new Report(
        sample.id(),
        sample.model(),
        sample.text(),
        sample.window(),
        sample.referenceKind(),
        sample.reference(),
        verdict,
        "fraud-scorer: so it is",
        Optional.empty(),
        List.of(),
        sample.rows(),
        List.of(),
        true,
        1);
  }

  private void passFiveMinutes() throws Exception {
    clock.now = clock.now.plus(Watcher.EVERY);
    jobs.runNext();
  }

  private Incident incident() {
    return incidents.find("i1").orElseThrow();
  }

  @Test
  void it_says_once_when_all_is_well_again_and_stops() throws Exception {
    watcher.toggle("i1", "press" + presses++, "U1");
    passFiveMinutes();
    assertThat(incident().state()).isEqualTo(State.WATCHING);
    verdict = Verdict.ALL_CLEAR;
    passFiveMinutes();
    assertThat(incident().state()).isEqualTo(State.WATCHING);
    passFiveMinutes();
    assertThat(incident().state()).isEqualTo(State.RESOLVED);
    // The trouble itself is no longer in the window, but still in the message.
    assertThat(windows).last().isEqualTo(Duration.ofMinutes(30));
    assertThat(incident().report()).map(Report::verdict).contains(Verdict.SYMPTOMS_ONLY);
    assertThat(jobs.waiting).isEmpty();
    StandInSlack.Call told = slack.await("chat.postMessage");
    assertThat(told.field("thread_ts")).isEqualTo("1.1");
    assertThat(told.field("text")).contains("well again");
    assertThat(slack.pending("chat.postMessage")).isZero();
  }

  @Test
  void it_gives_up_after_six_hours() throws Exception {
    watcher.toggle("i1", "press" + presses++, "U1");
    clock.now = clock.now.plus(Duration.ofHours(6));
    passFiveMinutes();
    assertThat(incident().watch()).isEmpty();
    assertThat(jobs.waiting).isEmpty();
    assertThat(slack.await("chat.postMessage").field("text")).contains("not well after 6 h");
  }

  @Test
  void a_watch_stopped_and_begun_again_looks_once_each_time() throws Exception {
    watcher.toggle("i1", "press" + presses++, "U1");
    watcher.toggle("i1", "press" + presses++, "U1");
    clock.now = clock.now.plusSeconds(1);
    watcher.toggle("i1", "press" + presses++, "U1");
    assertThat(jobs.waiting).hasSize(2);
    passFiveMinutes();
    assertThat(incident().runs()).hasSize(1);
    passFiveMinutes();
    assertThat(incident().runs()).hasSize(2);
    assertThat(jobs.waiting).hasSize(1);
  }

  @Test
  void a_look_that_died_is_begun_anew_by_what_asked_for_it() throws Exception {
    incidents.change("i1", one -> one.once("press", Incident::looking));

    assertThat(desk.again("i1", "another press")).isFalse();
    assertThat(desk.again("i1", "press")).isTrue();

    assertThat(incident().running()).isFalse();
    assertThat(incident().runs()).hasSize(2);
    assertThat(slack.await("chat.update").field("ts")).isEqualTo("1.2");
  }

  @Test
  void a_press_that_is_done_again_after_a_crash_does_not_end_the_watch() throws Exception {
    watcher.toggle("i1", "press", "U1");
    watcher.toggle("i1", "press", "U1");
    assertThat(incident().state()).isEqualTo(State.WATCHING);
  }
}
