package dev.samovar.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samovar.checks.CheckId;
import dev.samovar.handoff.Handover;
import dev.samovar.incidents.Incident;
import dev.samovar.incidents.Incidents;
import dev.samovar.incidents.Opening;
import dev.samovar.incidents.Place;
import dev.samovar.slack.SampleReport;
import dev.samovar.store.Retention.Deleted;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is deleted after a while, and what is not. */
@SuppressWarnings("NullAway.Init") // Each test opens its own.
abstract class RetentionContract {
  private static final Instant NOW = Instant.parse("2026-11-25T03:00:00Z");
  private static final Instant OLD = NOW.minus(Duration.ofDays(181));
  private static final Instant YOUNG = NOW.minus(Duration.ofDays(179));

  private String url;
  private Store store;

  /** Of a database that nobody used. */
  protected abstract String fresh() throws Exception;

  @BeforeEach
  void open() throws Exception {
    url = fresh();
    store = at(NOW);
  }

  private Store at(Instant moment) {
    return Store.open(url, Pace.USUAL, Clock.fixed(moment, ZoneOffset.UTC));
  }

  @AfterEach
  void close() {
    if (store != null) {
      store.close();
    }
  }

  private Deleted apply() {
    return store.retention(Duration.ofDays(180), Duration.ofDays(30)).apply();
  }

  private static Incident incident(String id, Instant at) {
    return Incident.begin(
            id,
            new Place("C1", "t-" + id, "a-" + id),
            new Opening("m", at, Set.of(), "it is weird", "U1", Optional.empty(), at))
        .reported(SampleReport.of("x"), at)
        .judged(CheckId.PREPROCESSING_CHANGE, true, "U1", at);
  }

  @Test
  void incidents_go_that_are_over_and_have_not_changed_since() {
    Incidents incidents = store.incidents();
    incidents.open(incident("old-over", OLD).resolved("U1", OLD, "it is over"));
    incidents.open(incident("old-open", OLD));
    incidents.open(incident("young-over", YOUNG).resolved("U1", YOUNG, "it is over"));
    incidents.open(incident("over-later", OLD));
    incidents.change("over-later", one -> one.resolved("U1", YOUNG, "it is over"));
    incidents.open(incident("opened-again", OLD).resolved("U1", OLD, "it is over"));
    incidents.change("opened-again", one -> one.reopened("U1", OLD));

    assertThat(apply()).isEqualTo(new Deleted(1, 0, 0, 0));
    assertThat(incidents.find("old-over")).isEmpty();
    assertThat(incidents.ofModel("m", 9))
        .extracting(Incident::id)
        .containsExactlyInAnyOrder("old-open", "young-over", "over-later", "opened-again");
    assertThat(incidents.feedback(Instant.EPOCH))
        .hasSize(4)
        .noneMatch(one -> one.incident().equals("old-over"));
    assertThat(apply()).isEqualTo(new Deleted(0, 0, 0, 0));
  }

  @Test
  void more_than_a_batch_goes_too() {
    for (int i = 0; i < 501; i++) {
      store.incidents().open(incident("i" + i, OLD).resolved("U1", OLD, "it is over"));
      store.posts().intend("p" + i, OLD);
    }
    assertThat(apply()).isEqualTo(new Deleted(501, 0, 0, 501));
    assertThat(store.incidents().ofModel("m", 9)).isEmpty();
    assertThat(store.incidents().feedback(Instant.EPOCH)).isEmpty();
  }

  @Test
  void handovers_go_with_the_reports() {
    Handover old = Handover.begin("t", OLD.minusSeconds(60), OLD, OLD);
    Handover young = Handover.begin("t", YOUNG.minusSeconds(60), YOUNG, YOUNG);
    store.handovers().begin(old);
    store.handovers().begin(young);

    assertThat(apply()).isEqualTo(new Deleted(0, 1, 0, 0));
    assertThat(store.handovers().find(old.id())).isEmpty();
    assertThat(store.handovers().find(young.id())).isPresent();
  }

  @Test
  void what_was_delivered_claimed_and_posted_goes_with_the_events() {
    Instant stale = NOW.minus(Duration.ofDays(31));
    Instant recent = NOW.minus(Duration.ofDays(29));
    store.posts().intend("stale", stale);
    store.posts().intend("recent", recent);
    try (Store then = at(stale)) {
      then.claims().claim("stale", "one");
      then.inbox().accept("kind", "stale", "");
    }
    try (Store then = at(recent)) {
      then.claims().claim("recent", "one");
    }

    assertThat(apply()).isEqualTo(new Deleted(0, 0, 2, 1));
    assertThat(store.claims().claim("recent", "another")).isFalse();
    assertThat(store.claims().claim("stale", "another")).isTrue();
    assertThat(store.posts().intend("recent", NOW).intended()).isEqualTo(recent);
    assertThat(store.posts().intend("stale", NOW).intended()).isEqualTo(NOW);
  }

  @Test
  void marks_go_that_hold_no_more() throws Exception {
    store.marks().put("muted", "C1", "", NOW);
    store.marks().put("muted", "C2", "", NOW.plusSeconds(1));
    apply();
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select name from mark")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getString(1)).isEqualTo("C2");
      assertThat(rows.next()).isFalse();
    }
  }

  @Test
  void nights_follow_each_other() {
    Instant night = Instant.parse("2026-11-25T03:00:00Z");
    assertThat(Retention.nextNight(night.minusSeconds(1))).isEqualTo(night);
    assertThat(Retention.nextNight(night)).isEqualTo(night.plus(Duration.ofDays(1)));
  }
}
