package dev.samovar.feeds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.samovar.evidence.Condition;
import dev.samovar.evidence.EvidenceException;
import dev.samovar.evidence.EvidenceException.Kind;
import dev.samovar.evidence.MetricFeed;
import dev.samovar.evidence.Metrics;
import dev.samovar.evidence.Metrics.Line;
import dev.samovar.evidence.Metrics.Point;
import dev.samovar.evidence.Model;
import dev.samovar.evidence.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class FedMetricsTest {
  private static final Instant NOW = Instant.parse("2026-05-20T15:00:00Z");
  private static final Window HOUR = new Window(NOW.minus(Duration.ofHours(1)), NOW);
  private static final Model MODEL = Model.named("m");
  private static final Metrics NOTHING = (model, metrics, where, by, window, step) -> List.of();
  private static final Metrics SILENT =
      (model, metrics, where, by, window, step) -> {
        throw new EvidenceException(Kind.UNREACHABLE, "Prometheus can't be reached");
      };

  private final List<EvidenceException> heard = new ArrayList<>();

  /** Gives its lines, or fails; counts how often it was asked. */
  private record Listed(
      Set<String> metrics,
      List<Line> lines,
      Optional<EvidenceException> failure,
      AtomicInteger asked)
      implements MetricFeed {
    static Listed of(Line... lines) {
      return new Listed(
          Set.of("restarts", "reason"), List.of(lines), Optional.empty(), new AtomicInteger());
    }

    @Override
    public String name() {
      return "Kubernetes";
    }

    @Override
    public List<Line> lines(Model model, Window window, Duration budget) throws EvidenceException {
      asked.incrementAndGet();
      if (failure.isPresent()) {
        throw failure.get();
      }
      return lines;
    }
  }

  private static Point at(int minutesAgo, double value) {
    return new Point(NOW.minus(Duration.ofMinutes(minutesAgo)), value);
  }

  private static Line line(String metric, String pod, Point... points) {
    return new Line(
        metric, Map.of("pod", pod, "uid", "u-" + pod), List.of(points), Optional.of("https://k/p"));
  }

  private Metrics fed(Metrics store, MetricFeed... feeds) {
    return new FedMetrics(
            store,
            new MetricFeeds(List.of(feeds), new Patience(Runnable::run, Duration.ofSeconds(5))))
        .noting(heard::add);
  }

  private static List<Line> ask(Metrics metrics, String... names) throws EvidenceException {
    return metrics.lines(
        MODEL,
        List.of(names),
        new Condition.Everything(),
        List.of("pod"),
        HOUR,
        Duration.ofMinutes(10));
  }

  @Test
  void what_the_store_does_not_have_comes_from_the_feed_by_steps_and_labels() throws Exception {
    Listed feed =
        Listed.of(
            line("restarts", "a", at(90, 0), at(58, 1), at(55, 3), at(5, 4)),
            line("other", "a", at(5, 1)));
    List<Line> lines = ask(fed(NOTHING, feed), "restarts", "unheard-of");

    assertThat(lines)
        .containsExactly(
            new Line(
                "restarts",
                Map.of("pod", "a"),
                List.of(at(55, 3), at(5, 4)),
                Optional.of("https://k/p")));
  }

  @Test
  void lines_that_the_labels_do_not_tell_apart_are_one() throws Exception {
    Metrics metrics =
        fed(NOTHING, Listed.of(line("restarts", "a", at(5, 1)), line("restarts", "b", at(4, 2))));
    assertThat(
            metrics.lines(
                MODEL,
                List.of("restarts"),
                new Condition.Everything(),
                List.of(),
                HOUR,
                Duration.ofMinutes(10)))
        .singleElement()
        .satisfies(one -> assertThat(one.points()).containsExactly(at(4, 2)));
  }

  @Test
  void what_the_store_has_is_not_asked_for_twice() throws Exception {
    Line stored = new Line("restarts", Map.of(), List.of(at(3, 7)));
    Listed feed = Listed.of(line("restarts", "a", at(5, 4)));
    Metrics store = (model, metrics, where, by, window, step) -> List.of(stored);

    assertThat(ask(fed(store, feed), "restarts")).containsExactly(stored);
    assertThat(feed.asked()).hasValue(0);
  }

  @Test
  void a_feed_is_asked_once_for_all_times_and_not_for_metrics_that_it_never_has() throws Exception {
    Listed feed = Listed.of(line("restarts", "a", at(5, 4)));
    Metrics metrics = fed(NOTHING, feed);
    ask(metrics, "lag");
    assertThat(feed.asked()).hasValue(0);
    ask(metrics, "restarts");
    ask(metrics, "reason");
    assertThat(feed.asked()).hasValue(1);
  }

  @Test
  void a_silent_feed_is_told_to_whoever_asks_for_its_metrics_and_to_nobody_else() throws Exception {
    Metrics metrics =
        fed(
            NOTHING,
            new Listed(
                Set.of("restarts"),
                List.of(),
                Optional.of(new EvidenceException(Kind.DENIED, "Kubernetes refuses")),
                new AtomicInteger()));
    ask(metrics, "lag");
    assertThat(heard).isEmpty();
    assertThat(ask(metrics, "restarts")).isEmpty();
    assertThat(heard)
        .extracting(EvidenceException::getMessage)
        .containsExactly("Kubernetes refuses");
  }

  @Test
  void a_silent_store_does_not_hide_what_a_feed_shows_and_is_told() throws Exception {
    Metrics metrics = fed(SILENT, Listed.of(line("restarts", "a", at(5, 4))));
    assertThat(ask(metrics, "restarts")).hasSize(1);
    assertThat(heard)
        .extracting(EvidenceException::getMessage)
        .containsExactly("Prometheus can't be reached");
    assertThatThrownBy(() -> ask(metrics, "lag")).hasMessage("Prometheus can't be reached");
  }

  @Test
  void the_address_of_a_page_is_its_own_link() {
    assertThat(fed(NOTHING).link("https://flink/#/job/1", HOUR)).contains("https://flink/#/job/1");
    assertThat(fed(NOTHING).link("sum(x)", HOUR)).isEmpty();
  }
}
