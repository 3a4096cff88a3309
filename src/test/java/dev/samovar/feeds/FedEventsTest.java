package dev.samovar.feeds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.samovar.checks.CheckId;
import dev.samovar.evidence.Catalog;
import dev.samovar.evidence.Condition;
import dev.samovar.evidence.Dataset;
import dev.samovar.evidence.Event;
import dev.samovar.evidence.EventFeed;
import dev.samovar.evidence.Events;
import dev.samovar.evidence.EvidenceException;
import dev.samovar.evidence.Fields;
import dev.samovar.evidence.Model;
import dev.samovar.evidence.Query;
import dev.samovar.evidence.Series;
import dev.samovar.evidence.Window;
import dev.samovar.fixture.ElasticsearchFixture;
import dev.samovar.fixture.World;
import dev.samovar.triage.Report;
import dev.samovar.triage.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class FedEventsTest {
  private static final Instant NOW = World.NOW;
  private static final Window WEEK = new Window(NOW.minus(Duration.ofDays(7)), NOW);
  private final EvidenceException down =
      new EvidenceException(
          EvidenceException.Kind.UNREACHABLE, "Airflow can't be reached at http://airflow");

  private final ExecutorService workers = Executors.newCachedThreadPool();

  @AfterEach
  void stop() {
    workers.shutdownNow();
  }

  private Events joined(EventFeed... feeds) {
    return joined(Duration.ofSeconds(20), feeds);
  }

  private Events joined(Duration budget, EventFeed... feeds) {
    return new FedSource(
            (id, given) -> ElasticsearchFixture.evidence(), List.of(feeds), List.of(), workers)
        .open("test", budget)
        .events();
  }

  /** Runs every six hours, the failures with an error, some with rows. */
  private static List<Map<String, Object>> runs(String pipeline, int count) {
    List<Map<String, Object>> runs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Map<String, Object> run = new LinkedHashMap<>();
      run.put("@timestamp", NOW.minus(Duration.ofHours(6L * i + 1)).toString());
      run.put(Fields.PIPELINE, pipeline);
      run.put(Fields.PIPELINE_KIND, i % 2 == 0 ? "training" : "ingest");
      run.put(Fields.RUN_ID, pipeline + "-" + i);
      run.put(Fields.OUTCOME, i % 3 == 0 ? "failure" : "success");
      run.put(Fields.DURATION, 60_000_000_000L * (i + 1));
      if (i % 3 == 0) {
        run.put(Fields.ERROR_MESSAGE, "Task load_orders failed after " + i + " tries");
      }
      if (i % 4 != 0) {
        run.put(Fields.DATA_ROWS, 1000 * i);
      }
      runs.add(run);
    }
    return runs;
  }

  private static List<Event> events(List<Map<String, Object>> runs) {
    return runs.stream().map(FedEventsTest::event).toList();
  }

  private static Event event(Map<String, Object> run) {
    Map<String, List<String>> values = new TreeMap<>();
    run.forEach(
        (name, value) -> {
          if (!name.equals("@timestamp")) {
            values.put(name, List.of(String.valueOf(value)));
          }
        });
    return new Event(World.time(run), values);
  }

  private static ListedFeed airflow(List<Map<String, Object>> runs) {
    return ListedFeed.of("Airflow", Dataset.RUN, events(runs));
  }

  /** The same events in Elasticsearch and in a feed: every question has the same answer. */
  @Nested
  class AsInElasticsearch {
    private final List<Map<String, Object>> runs = runs("orders-ingest", 40);
    private final Model stored = new World().write(Dataset.RUN, runs.stream()).model();
    private final Model fed = new World().model();
    private final Events store = ElasticsearchFixture.evidence().events();
    private final Events feeds = joined(airflow(runs));

    private final Map<String, Condition> conditions = conditions();

    private static Map<String, Condition> conditions() {
      Map<String, Condition> all = new LinkedHashMap<>();
      List<Condition> each =
          List.of(
              Condition.everything(),
              Condition.is(Fields.OUTCOME, "failure"),
              Condition.is(Fields.OUTCOME, "Failure"),
              Condition.is(Fields.PIPELINE_KIND, "training", "deploy"),
              Condition.is(Fields.DATA_ROWS, "3000", "5000.0", "none"),
              new Condition.StartsWith(Fields.RUN_ID, List.of("orders-ingest-1", "x")),
              new Condition.Present(Fields.DATA_ROWS),
              Condition.missing(Fields.DATA_ROWS),
              Condition.missing(Fields.MODEL),
              new Condition.Between(Fields.DATA_ROWS, 2000, 6000),
              new Condition.Between(Fields.DATA_ROWS, 2000, Double.POSITIVE_INFINITY),
              new Condition.Malformed(Fields.DATA_ROWS),
              new Condition.Phrase(
                  List.of(Fields.ERROR_MESSAGE), List.of("task LOAD_ORDERS", "no such")),
              new Condition.Phrase(List.of(Fields.ERROR_MESSAGE), List.of("orders failed")),
              new Condition.Words(List.of(Fields.ERROR_MESSAGE), List.of("tries", "failed", "12")),
              Condition.is(Fields.OUTCOME, "success")
                  .and(new Condition.Present(Fields.DATA_ROWS).negate()),
              new Condition.Any(
                  List.of(
                      Condition.is(Fields.OUTCOME, "failure"),
                      Condition.is(Fields.PIPELINE_KIND, "ingest"))),
              new Condition.Any(List.of()),
              new Condition.All(List.of()));
      each.forEach(condition -> all.put(condition.toString(), condition));
      return all;
    }

    @Test
    void tallies() throws EvidenceException {
      List<Window> windows =
          List.of(
              WEEK,
              new Window(NOW.minus(Duration.ofHours(13)), NOW.minus(Duration.ofHours(7))),
              WEEK.earlierBy(Duration.ofDays(3)));

      assertThat(feeds.tally(Query.of(fed, Dataset.RUN), windows, conditions))
          .isEqualTo(store.tally(Query.of(stored, Dataset.RUN), windows, conditions))
          .allMatch(tally -> tally.total() > 0);
    }

    @Test
    void series() throws EvidenceException {
      List<Condition> each = List.copyOf(conditions.values());
      List<Series> expected =
          store.series(Query.of(stored, Dataset.RUN), each, WEEK, Duration.ofHours(5));

      assertThat(feeds.series(Query.of(fed, Dataset.RUN), each, WEEK, Duration.ofHours(5)))
          .isEqualTo(expected);
      assertThat(expected.get(0).totals().stream().mapToLong(Long::longValue).sum()).isEqualTo(28);
    }

    @Test
    void values() throws EvidenceException {
      for (String field :
          List.of(Fields.OUTCOME, Fields.DATA_ROWS, Fields.PIPELINE, Fields.MODEL, Fields.RUN_ID)) {
        for (Optional<Window> window : List.of(Optional.of(WEEK), Optional.<Window>empty())) {
          assertThat(feeds.values(Query.of(fed, Dataset.RUN), field, window, 5))
              .as(field)
              .isEqualTo(store.values(Query.of(stored, Dataset.RUN), field, window, 5));
        }
      }
    }

    @Test
    void newest() throws EvidenceException {
      List<String> fields =
          List.of(Fields.RUN_ID, Fields.DATA_ROWS, Fields.ERROR_MESSAGE, Fields.MODEL);
      Condition where = Condition.is(Fields.OUTCOME, "failure");

      assertThat(feeds.newest(Query.of(fed, Dataset.RUN).and(where), WEEK, fields, 7))
          .isEqualTo(store.newest(Query.of(stored, Dataset.RUN).and(where), WEEK, fields, 7))
          .hasSize(7);
    }

    @Test
    void sample() throws EvidenceException {
      assertThat(feeds.sample(Query.of(fed, Dataset.RUN), WEEK, List.of(Fields.RUN_ID), 50))
          .containsExactlyInAnyOrderElementsOf(
              store.sample(Query.of(stored, Dataset.RUN), WEEK, List.of(Fields.RUN_ID), 50));
    }

    @Test
    void catalog() throws EvidenceException {
      Catalog expected = store.catalog(stored, Dataset.RUN);
      Catalog catalog = feeds.catalog(fed, Dataset.RUN);

      assertThat(catalog.open()).containsExactly("Airflow");
      events(runs).stream()
          .flatMap(event -> event.values().keySet().stream())
          .forEach(
              field ->
                  assertThat(catalog.field(field).orElseThrow().kind())
                      .as(field)
                      .isEqualTo(expected.field(field).orElseThrow().kind()));
    }
  }

  @Test
  void the_same_event_in_both_places_counts_once() throws EvidenceException {
    List<Map<String, Object>> runs = runs("orders-ingest", 10);
    List<Map<String, Object>> elsewhere = runs("m-retrain", 3);
    World world = new World().write(Dataset.RUN, runs.subList(0, 6).stream());
    List<Map<String, Object>> all = new ArrayList<>(runs);
    all.addAll(elsewhere);
    Events events = joined(airflow(all), airflow2(runs.subList(8, 10)));
    Query query = Query.of(world.model(), Dataset.RUN);

    assertThat(events.newest(query, WEEK, List.of(Fields.RUN_ID), 100))
        .extracting(event -> event.text(Fields.RUN_ID).orElseThrow())
        .hasSize(13)
        .doesNotHaveDuplicates();
    assertThat(events.tally(query, List.of(WEEK), Map.of()).get(0).total()).isEqualTo(13);
    assertThat(
            events.series(query, List.of(Condition.everything()), WEEK, Duration.ofHours(1)).get(0))
        .satisfies(
            series ->
                assertThat(series.totals().stream().mapToLong(Long::longValue).sum())
                    .isEqualTo(13));
    assertThat(events.values(query, Fields.PIPELINE, Optional.of(WEEK), 5))
        .extracting(value -> value.value() + " " + value.count())
        .containsExactly("orders-ingest 10", "m-retrain 3");
  }

  private static ListedFeed airflow2(List<Map<String, Object>> runs) {
    return ListedFeed.of("The other Airflow", Dataset.RUN, events(runs));
  }

  @Test
  void a_feed_is_asked_once_for_all_that_checks_ask_about() throws EvidenceException {
    ListedFeed feed = airflow(runs("orders-ingest", 10));
    Events events = joined(feed);
    Query query = Query.of(new World().model(), Dataset.RUN);

    events.newest(query, WEEK, List.of(Fields.RUN_ID), 10);
    events.tally(query, List.of(WEEK, WEEK.earlierBy(Duration.ofDays(2))), Map.of());
    events.noting(silence -> {}).values(query, Fields.OUTCOME, Optional.of(WEEK), 3);

    assertThat(feed.asked()).isEqualTo(1);
  }

  @Test
  void a_silent_feed_takes_nothing_away_and_is_told_to_whoever_asked() throws EvidenceException {
    World world = new World().write(Dataset.RUN, runs("orders-ingest", 4).stream());
    Events events = joined(ListedFeed.silent("Airflow", Dataset.RUN, down));
    Query query = Query.of(world.model(), Dataset.RUN);
    for (int i = 0; i < 2; i++) {
      List<EvidenceException> silences = new ArrayList<>();

      assertThat(events.noting(silences::add).newest(query, WEEK, List.of(), 9)).hasSize(4);
      assertThat(silences).containsExactly(down);
    }
    List<EvidenceException> silences = new ArrayList<>();
    events
        .noting(silences::add)
        .tally(Query.of(world.model(), Dataset.CHANGE), List.of(WEEK), Map.of());
    assertThat(silences).isEmpty();
  }

  @Test
  void a_feed_that_never_answers_is_silent_in_time() throws EvidenceException {
    CountDownLatch never = new CountDownLatch(1);
    EventFeed stuck =
        new EventFeed() {
          @Override
          public String name() {
            return "Airflow";
          }

          @Override
          public java.util.Set<Dataset> datasets() {
            return java.util.Set.of(Dataset.RUN);
          }

          @Override
          public List<Event> events(Model model, Dataset dataset, Window window, Duration budget)
              throws EvidenceException {
            try {
              never.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
            return List.of();
          }
        };
    List<EvidenceException> silences = new ArrayList<>();

    assertThat(
            joined(Duration.ofMillis(200), stuck)
                .noting(silences::add)
                .newest(Query.of(new World().model(), Dataset.RUN), WEEK, List.of(), 9))
        .isEmpty();
    assertThat(silences)
        .singleElement()
        .satisfies(
            silence -> {
              assertThat(silence.kind()).isEqualTo(EvidenceException.Kind.TIMEOUT);
              assertThat(silence).hasMessageContaining("Airflow did not answer within 80 ms");
            });
  }

  @Test
  void a_defect_of_a_feed_is_not_taken_for_silence() {
    EventFeed broken =
        new EventFeed() {
          @Override
          public String name() {
            return "Airflow";
          }

          @Override
          public java.util.Set<Dataset> datasets() {
            return java.util.Set.of(Dataset.RUN);
          }

          @Override
          public List<Event> events(Model model, Dataset dataset, Window window, Duration budget) {
            throw new IllegalStateException("a defect");
          }
        };

    assertThatThrownBy(
            () ->
                joined(broken)
                    .newest(Query.of(new World().model(), Dataset.RUN), WEEK, List.of(), 9))
        .hasRootCauseMessage("a defect");
  }

  @Nested
  class InAnInvestigation {
    private World calm() {
      return new World().calmLog().predictions(400, event -> {});
    }

    private List<Map<String, Object>> good(String pipeline) {
      List<Map<String, Object>> runs = runs(pipeline, 40);
      runs.forEach(
          run -> {
            run.put(Fields.OUTCOME, "success");
            run.remove(Fields.ERROR_MESSAGE);
            run.remove(Fields.DATA_ROWS);
            run.remove(Fields.DURATION);
          });
      return runs;
    }

    @Test
    void a_check_that_found_nothing_has_failed_where_a_feed_was_silent() {
      Report without = calm().write(Dataset.RUN, good("m-retrain").stream()).report();
      Report report =
          calm()
              .write(Dataset.RUN, good("m-retrain").stream())
              .feeds(ListedFeed.silent("Airflow", Dataset.RUN, down))
              .report();

      assertThat(without.verdict()).as(without.headline()).isEqualTo(Verdict.ALL_CLEAR);
      assertThat(without.row(CheckId.STALE_MODEL).state()).isEqualTo(Report.State.CLEAR);
      for (CheckId check : List.of(CheckId.STALE_MODEL, CheckId.BROKEN_PIPELINE)) {
        assertThat(report.row(check).state()).isEqualTo(Report.State.FAILED);
        assertThat(report.row(check).reason()).isEqualTo(down.getMessage());
      }
      assertThat(report.row(CheckId.DATA_DRIFT).state())
          .isEqualTo(without.row(CheckId.DATA_DRIFT).state());
      assertThat(report.verdict()).isEqualTo(Verdict.CANNOT_TELL);
    }

    @Test
    void silence_where_nothing_was_ever_logged_is_no_clean_bill_either() {
      Report report = calm().feeds(ListedFeed.silent("Airflow", Dataset.RUN, down)).report();

      assertThat(report.row(CheckId.STALE_MODEL).state()).isEqualTo(Report.State.FAILED);
      assertThat(report.verdict()).isEqualTo(Verdict.CANNOT_TELL);
    }

    @Test
    void changes_that_could_not_be_read_are_not_said_to_be_none() {
      EvidenceException down =
          new EvidenceException(
              EvidenceException.Kind.UNREACHABLE, "GitHub can't be reached at http://github");
      Report report = calm().feeds(ListedFeed.silent("GitHub", Dataset.CHANGE, down)).report();

      assertThat(report.row(CheckId.RECENT_CHANGES).state()).isEqualTo(Report.State.FAILED);
      assertThat(report.row(CheckId.RECENT_CHANGES).reason()).isEqualTo(down.getMessage());
      assertThat(report.row(CheckId.STALE_MODEL).state()).isNotEqualTo(Report.State.FAILED);
    }

    @Test
    void what_the_others_show_is_found_all_the_same() {
      List<Map<String, Object>> old = good("m-retrain").subList(20, 40);
      Report report =
          calm()
              .write(Dataset.RUN, old.stream())
              .feeds(ListedFeed.silent("Airflow", Dataset.RUN, down))
              .report();

      Report.Row row = report.row(CheckId.STALE_MODEL);
      assertThat(row.state()).isEqualTo(Report.State.FOUND);
      assertThat(row.toString()).contains("Judged without one of the sources: Airflow can't be");
    }

    @Test
    void checks_work_where_only_a_feed_has_events() {
      Report report = calm().feeds(airflow(good("m-retrain"))).report();

      assertThat(report.row(CheckId.STALE_MODEL).state()).isEqualTo(Report.State.CLEAR);
      assertThat(report.verdict()).as(report.headline()).isEqualTo(Verdict.ALL_CLEAR);
    }
  }

  @Test
  void fields_below_a_parent_come_with_it() throws EvidenceException {
    Event start =
        new Event(
            NOW.minusSeconds(60),
            Map.of(Fields.PACKAGES + ".torch", List.of("2.1"), Fields.STAGE, List.of("serving")));
    Events events = joined(ListedFeed.of("Kubernetes", Dataset.ENVIRONMENT, List.of(start)));

    assertThat(
            events
                .newest(
                    Query.of(new World().model(), Dataset.ENVIRONMENT),
                    WEEK,
                    Arrays.asList(Fields.PACKAGES, Fields.HOST),
                    5)
                .get(0)
                .values())
        .isEqualTo(Map.of(Fields.PACKAGES + ".torch", List.of("2.1")));
  }
}
