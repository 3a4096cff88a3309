package dev.samovar.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samovar.evidence.Dataset;
import dev.samovar.evidence.Event;
import dev.samovar.evidence.EventFeed;
import dev.samovar.evidence.EvidenceException;
import dev.samovar.evidence.Model;
import dev.samovar.evidence.Window;
import dev.samovar.slack.SlackListener;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MeasuresTest {
  private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

  private final Measures measures = new Measures("1.2.3");

  @AfterEach
  void close() {
    measures.close();
  }

  private String scrape() {
    return measures.scrape(TEXT);
  }

  @Test
  void says_which_version_runs() {
    assertThat(scrape()).contains("samovar_build_info{version=\"1.2.3\"} 1");
  }

  @Test
  void a_source_rests_until_it_is_asked_again() {
    measures.asked("Airflow", Optional.of(EvidenceException.resting("left alone")), Duration.ZERO);
    assertThat(scrape())
        .contains("samovar_source_resting{source=\"Airflow\"} 1.0")
        .contains(
            "samovar_source_request_seconds_count{outcome=\"resting\",source=\"Airflow\"} 1\n");

    measures.asked("Airflow", Optional.empty(), Duration.ofMillis(3));
    assertThat(scrape())
        .contains("samovar_source_resting{source=\"Airflow\"} 0.0")
        .contains("samovar_source_request_seconds_count{outcome=\"ok\",source=\"Airflow\"} 1\n");
  }

  @Test
  void a_feed_is_heard_whether_or_not_it_answers() throws EvidenceException {
    Model model = Model.named("m");
    Window window = new Window(Instant.EPOCH, Instant.EPOCH.plusSeconds(60));
    EvidenceException late = new EvidenceException(EvidenceException.Kind.TIMEOUT, "late");
    EventFeed feed =
        new EventFeed() {
          @Override
          public String name() {
            return "MLflow";
          }

          @Override
          public Set<Dataset> datasets() {
            return Set.of(Dataset.RUN);
          }

          @Override
          public List<Event> events(Model asked, Dataset dataset, Window within, Duration budget)
              throws EvidenceException {
            if (budget.isZero()) {
              throw late;
            }
            return List.of();
          }
        };
    HeardFeed heard = new HeardFeed(feed, measures);

    assertThat(heard.events(model, Dataset.RUN, window, Duration.ofSeconds(1))).isEmpty();
    Assertions.assertThatThrownBy(() -> heard.events(model, Dataset.RUN, window, Duration.ZERO))
        .isSameAs(late);

    assertThat(scrape())
        .contains("samovar_source_request_seconds_count{outcome=\"ok\",source=\"MLflow\"} 1\n")
        .contains(
            "samovar_source_request_seconds_count{outcome=\"timeout\",source=\"MLflow\"} 1\n");
  }

  @Test
  void waits_are_added_up_by_why() {
    measures.waited("chat.update", SlackListener.Wait.ASKED, Duration.ofMillis(1500));
    measures.waited("chat.update", SlackListener.Wait.ASKED, Duration.ofSeconds(2));

    assertThat(scrape())
        .contains("samovar_slack_wait_seconds_sum{method=\"chat.update\",why=\"asked\"} 3.5")
        .contains("samovar_slack_wait_seconds_sum{method=\"chat.update\",why=\"pace\"} 0.0");
  }

  @Test
  void open_metrics_end_as_they_must() {
    assertThat(measures.scrape("application/openmetrics-text; version=1.0.0; charset=utf-8"))
        .endsWith("# EOF\n");
  }
}
