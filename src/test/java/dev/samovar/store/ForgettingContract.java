package dev.samovar.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samovar.checks.CheckId;
import dev.samovar.handoff.Handover;
import dev.samovar.handoff.SampleHandoff;
import dev.samovar.incidents.Incident;
import dev.samovar.incidents.Opening;
import dev.samovar.incidents.Place;
import dev.samovar.slack.SampleReport;
import dev.samovar.work.Audit;
import dev.samovar.work.Marks;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** That nothing is left of a person, and everything of others. */
@SuppressWarnings("NullAway.Init") // Each test opens its own.
abstract class ForgettingContract {
  private static final Instant NOW = SampleHandoff.END;
  private static final Instant LATER = Instant.parse("2999-01-01T00:00:00Z");

  /** The one whom {@link SampleHandoff} names most; another's id is longer. */
  private static final String USER = "U0BERLIN";

  private static final String OTHER = "U0BERLINER";
  private static final Pattern NAMED = Pattern.compile(USER + "(?!ER)");

  private String url;
  private Store store;

  /** Of a database that nobody used. */
  protected abstract String fresh() throws Exception;

  @BeforeEach
  void open() throws Exception {
    url = fresh();
    store = Store.open(url);
  }

  @AfterEach
  void close() {
    if (store != null) {
      store.close();
    }
  }

  private static Incident incident(String id, String user) {
    return Incident.begin(
            id,
            new Place("C1", "t-" + id, "a-" + id, Optional.of("https://x.slack.com/p1?u=" + user)),
            new Opening(
                "m",
                NOW,
                Set.of(),
                "it is weird <@" + user + (user.equals(USER) ? "|ben>" : "|ana>"),
                user,
                Optional.of("<@" + user + "> wrote"),
                NOW))
        .reported(SampleReport.of("seen by " + user), NOW)
        .ownedBy(user, NOW)
        .watchedBy(user, NOW, NOW.plusSeconds(60))
        .judged(CheckId.PREPROCESSING_CHANGE, true, user, NOW)
        .explained(Optional.empty(), "a typo, <@" + user + "> knows", user, NOW)
        .checklisted(CheckId.GPU_MEMORY, "1.3", user, NOW)
        .ticked(CheckId.GPU_MEMORY, 0, "ask <@" + user + ">", user, NOW)
        .handedOver(user, "U9", "gone, " + user, NOW)
        .resolved(user, NOW, "says it is over");
  }

  private void fill() {
    store.incidents().open(incident("i1", USER));
    store.incidents().open(incident("i2", USER));
    store.incidents().open(incident("i3", OTHER));
    store
        .handovers()
        .begin(
            Handover.begin("t", NOW.minusSeconds(60), NOW, NOW.minusSeconds(60))
                .invited(USER, NOW)
                .noted(USER, "ask <@" + USER + ">", NOW)
                .sending(NOW)
                .sent(SampleHandoff.busy("by <@" + USER + ">"), new Handover.Message("C", "1"), NOW)
                .acknowledged(USER, NOW));
    store.claims().claim("greeting of " + USER, USER);
    store.posts().intend("greeting " + USER, NOW);
    store.marks().put("greeted", USER, "by " + USER, Marks.FOREVER);
    store.marks().put("greeted", OTHER, "", Marks.FOREVER);
    store
        .keepers()
        .audit()
        .record(
            new Audit.Entry(NOW, USER, "C1", "/triage", "for <@" + USER + ">", Audit.Outcome.DONE));
    store.jobs().at(LATER, "heard", "Ev1", "{\"user\":\"" + USER + "\",\"text\":\"weird\"}");
    store.jobs().at(LATER, "heard", "Ev2", "{\"user\":\"U9\",\"text\":\"<@" + USER + "> help\"}");
    store.jobs().at(LATER, "ask", "i1 " + USER, "i1");
  }

  /** Every row of every table, as text. */
  private Map<String, List<String>> rows() throws SQLException {
    Map<String, List<String>> found = new TreeMap<>();
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      List<String> tables = new ArrayList<>();
      try (ResultSet names =
          connection
              .getMetaData()
              .getTables(null, null, "%", new String[] {"TABLE", "BASE TABLE"})) {
        while (names.next()) {
          if (names.getString("TABLE_SCHEM").toLowerCase(Locale.ROOT).equals("public")) {
            tables.add(names.getString("TABLE_NAME"));
          }
        }
      }
      for (String table : tables) {
        List<String> texts = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery("select * from \"" + table + "\"")) {
          while (rows.next()) {
            for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
              texts.add(
                  rows.getObject(i) instanceof byte[] bytes
                      ? new String(bytes, StandardCharsets.UTF_8)
                      : String.valueOf(rows.getString(i)));
            }
          }
        }
        found.put(table.toLowerCase(Locale.ROOT), texts);
      }
    }
    return found;
  }

  private List<String> tablesThatName() throws SQLException {
    return rows().entrySet().stream()
        .filter(table -> table.getValue().stream().anyMatch(NAMED.asPredicate()))
        .map(Map.Entry::getKey)
        .toList();
  }

  @Test
  void no_row_of_any_table_names_who_is_forgotten() throws Exception {
    fill();
    assertThat(tablesThatName())
        .containsExactly(
            "audit",
            "claim",
            "feedback",
            "handover",
            "incident",
            "mark",
            "post",
            "scheduled_tasks");

    assertThat(store.forget(USER)).isEqualTo(new Forgotten(2, 1, 4, 7));
    assertThat(tablesThatName()).isEmpty();
    assertThat(rows().toString().contains("|ben>")).isFalse();
    assertThat(rows().toString().contains("<@someone")).isFalse();
    assertThat(rows().toString().contains("|ana>")).isTrue();
    assertThat(store.forget(USER).isNothing()).isTrue();
  }

  @Test
  void what_is_kept_goes_on_and_counts() {
    fill();
    Incident others = store.incidents().find("i3").orElseThrow();
    store.forget(USER);

    assertThat(store.incidents().find("i3")).contains(others);
    Incident one = store.incidents().find("i1").orElseThrow();
    assertThat(one.opening().asker()).isEqualTo("someone");
    assertThat(one.opening().said()).isEmpty();
    assertThat(one.opening().because()).contains("someone wrote");
    assertThat(one.timeline().get(0).what()).isEqualTo("asked about m");
    assertThat(one.owner()).contains("U9");
    assertThat(one.explanations().get(0).words()).isEqualTo("a typo, someone knows");
    assertThat(one.report().orElseThrow().causes())
        .hasSameSizeAs(others.report().orElseThrow().causes());
    assertThat(store.incidents().feedback(Instant.EPOCH)).hasSize(6);
    assertThat(store.incidents().change("i1", i -> i.reopened("U9", NOW))).isPresent();
    assertThat(store.handovers().find(Handover.id("t", NOW)).orElseThrow().acknowledgedBy())
        .contains("someone");
    // What the person sent is dropped, what mentions the person waits.
    assertThat(store.jobs().cancel("heard", "Ev1")).isFalse();
    assertThat(store.jobs().cancel("heard", "Ev2")).isTrue();
    assertThat(store.jobs().cancel("ask", "i1 someone")).isTrue();
  }

  @Test
  void two_who_are_forgotten_do_not_get_in_each_others_way() throws Exception {
    fill();
    store.forget(USER);
    store.claims().claim("greeting of U0SECOND", "U0SECOND");
    store.marks().put("greeted", "U0SECOND", "", Marks.FOREVER);

    assertThat(store.forget("U0SECOND")).isEqualTo(new Forgotten(0, 0, 0, 2));
    assertThat(rows().toString().contains("U0SECOND")).isFalse();
  }
}
