package dev.samovar.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samovar.evidence.Condition;
import dev.samovar.evidence.Dataset;
import dev.samovar.evidence.Evidence;
import dev.samovar.evidence.EvidenceException;
import dev.samovar.evidence.Fields;
import dev.samovar.evidence.Metrics;
import dev.samovar.evidence.Metrics.Line;
import dev.samovar.evidence.Metrics.Point;
import dev.samovar.evidence.Model;
import dev.samovar.evidence.Window;
import dev.samovar.fixture.ElasticsearchFixture;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lags by the names and labels of each exporter, in the shapes that lags have. */
class LagsTest {
  private static final Instant NOW = Instant.parse("2026-05-20T15:00:00Z");
  private static final Window WINDOW = new Window(NOW.minus(Duration.ofHours(2)), NOW);
  private static final Window HORIZON = new Window(NOW.minus(Duration.ofHours(26)), NOW);
  private static final Model MODEL = model();

  private static Model model() {
    Map<Dataset, String> none = new HashMap<>();
    for (Dataset dataset : Dataset.values()) {
      none.put(dataset, "no-such-index");
    }
    return new Model(
        "fraud",
        List.of(),
        Optional.empty(),
        "fraud",
        Optional.empty(),
        none,
        Map.of(),
        Optional.empty(),
        Optional.empty(),
        List.of("orders"),
        Optional.empty(),
        Model.Slo.NONE,
        Map.of());
  }

  /** One series, as a store would cut it into steps; only for whoever asks for it by its labels. */
  private record Series(String metric, Map<String, String> labels, ToDoubleFunction<Instant> level)
      implements Metrics {
    @Override
    public List<Line> lines(
        Model model,
        List<String> metrics,
        Condition where,
        List<String> groupBy,
        Window window,
        Duration step) {
      if (!metrics.contains(metric) || !concerns(where)) {
        return List.of();
      }
      List<Point> points = new ArrayList<>();
      for (Instant at = window.from(); at.isBefore(window.to()); at = at.plus(step)) {
        double highest = 0;
        Instant end = at.plus(step).isBefore(window.to()) ? at.plus(step) : window.to();
        for (Instant one = at; one.isBefore(end); one = one.plusSeconds(60)) {
          highest = Math.max(highest, level.applyAsDouble(one));
        }
        points.add(new Point(at, highest));
      }
      Map<String, String> grouped = new HashMap<>(labels);
      grouped.keySet().retainAll(groupBy);
      return List.of(new Line(metric, grouped, points));
    }

    private boolean concerns(Condition where) {
      if (where instanceof Condition.Any any) {
        return any.conditions().stream().anyMatch(this::concerns);
      }
      if (where instanceof Condition.Is is) {
        return labels.entrySet().stream()
            .anyMatch(
                label ->
                    is.field().equals(Fields.label(label.getKey()))
                        && is.values().contains(label.getValue()));
      }
      return where instanceof Condition.StartsWith starts
          && labels.entrySet().stream()
              .anyMatch(
                  label ->
                      starts.field().equals(Fields.label(label.getKey()))
                          && starts.beginnings().stream().anyMatch(label.getValue()::startsWith));
    }
  }

  private static Outcome ask(
      String metric, String label, String reader, ToDoubleFunction<Instant> level)
      throws EvidenceException {
    Case subject = new Case(MODEL, WINDOW, List.of(), "no reference", HORIZON, Optional.empty());
    return new BrokenPipeline()
        .examine(
            subject,
            new Evidence(
                ElasticsearchFixture.evidence().events(),
                new Series(metric, Map.of(label, reader, "partition", "0"), level)));
  }

  private static long minutesAgo(Instant at) {
    return Duration.between(at, NOW).toMinutes();
  }

  /** Nobody reads any more since an hour and a half. */
  private static double growing(Instant at) {
    return minutesAgo(at) > 90 ? 20 + minutesAgo(at) % 30 : 200 * (90 - minutesAgo(at));
  }

  /** Read in batches every half hour; a batch is about to come. */
  private static double sawTooth(Instant at) {
    return 300.0 * (30 - (minutesAgo(at) % 30 == 0 ? 30 : minutesAgo(at) % 30));
  }

  /** Once a day a bulk comes, and is worked off within two hours. */
  private static double daily(Instant at) {
    long sinceBulk = Math.floorMod(100 - minutesAgo(at), 24L * 60);
    return Math.max(10, 50_000 - 400.0 * sinceBulk);
  }

  /** A burst of today's that was worked off an hour ago. */
  private static double drained(Instant at) {
    long ago = minutesAgo(at);
    return ago > 60 && ago < 100 ? 30_000 : 15 + ago % 7;
  }

  private static double backlog(Instant at) {
    return 80_000 + minutesAgo(at) % 50;
  }

  /** The labels are those that each exporter's documentation names. */
  @ParameterizedTest
  @CsvSource({
    "kafka_consumergroup_lag, consumergroup, fraud-consumer",
    "kafka_consumergroup_lag, topic, orders",
    "kafka_consumergroup_lag_sum, consumergroup, fraud",
    "kafka_consumer_group_lag, group, fraud",
    "kafka_consumer_group_lag_sum, group, fraud",
    "kafka_consumergroup_group_max_lag, group, fraud-consumer",
    "kminion_kafka_consumer_group_topic_lag, group_id, fraud",
    "kminion_kafka_consumer_group_topic_lag, topic_name, orders",
    "redpanda_kafka_consumer_group_lag_sum, redpanda_group, fraud",
    "burrow_kafka_consumer_lag_total, consumer_group, fraud-consumer",
    "kafka_burrow_total_lag, group, fraud-consumer",
    "confluent_kafka_server_consumer_lag_offsets, consumer_group_id, fraud",
    "kafka_consumer_fetch_manager_records_lag_max, topic, orders",
    "kafka_consumer_records_lag_max, topic, orders",
    "kafka_consumer_consumer_fetch_manager_metrics_records_lag_max, topic, orders"
  })
  void a_lag_that_grows_is_found_and_one_that_drains_is_not(
      String metric, String label, String reader) throws Exception {
    Outcome grown = ask(metric, label, reader, LagsTest::growing);
    assertThat(grown).isInstanceOf(Outcome.Found.class);
    assertThat(((Outcome.Found) grown).summary())
        .contains("lags 17", "messages behind", reader.substring(1));
    for (ToDoubleFunction<Instant> harmless :
        List.<ToDoubleFunction<Instant>>of(
            LagsTest::sawTooth, LagsTest::daily, LagsTest::drained, LagsTest::backlog)) {
      assertThat(ask(metric, label, reader, harmless))
          .isEqualTo(Outcome.clear("no upstream pipeline is known; no lag grows"));
    }
  }

  @ParameterizedTest
  @CsvSource({"3, 1, stopped or stalled", "2, 1, falls behind", "2, 2, ''", "3, 3, ''", "1, 1, ''"})
  void burrows_own_judgement_counts_where_it_is_new(double now, double before, String said)
      throws Exception {
    Outcome outcome =
        ask(
            "burrow_kafka_consumer_status",
            "consumer_group",
            "fraud-consumer",
            at -> minutesAgo(at) <= 20 ? now : before);
    if (said.isEmpty()) {
      assertThat(outcome).isInstanceOf(Outcome.Clear.class);
    } else {
      assertThat(((Outcome.Found) outcome).summary()).contains("fraud-consumer", said);
    }
  }

  @ParameterizedTest
  @CsvSource({"kafka_consumergroup_lag, consumergroup, another", "some_other_lag, topic, orders"})
  void the_lags_of_others_and_unknown_metrics_are_nobodys_business(
      String metric, String label, String reader) throws Exception {
    assertThat(ask(metric, label, reader, LagsTest::growing))
        .isInstanceOf(Outcome.NotChecked.class);
  }
}
