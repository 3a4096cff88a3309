package dev.samovar.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samovar.checks.Checks;
import dev.samovar.checks.Fact;
import dev.samovar.evidence.Model;
import dev.samovar.evidence.Window;
import dev.samovar.fixture.ElasticsearchFixture;
import dev.samovar.fixture.Shared;
import dev.samovar.fixture.TaxiTrips;
import dev.samovar.report.Format;
import dev.samovar.triage.Investigation;
import dev.samovar.triage.Progress;
import dev.samovar.triage.Report;
import dev.samovar.triage.Request;
import dev.samovar.triage.Verdict;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Real trips with real trouble at known dates; see the data's own README. */
class TaxiTest {
  private static final ExecutorService WORKERS = Executors.newFixedThreadPool(12);

  @BeforeAll
  static void load() throws IOException {
    Shared.file("data/taxi");
    TaxiTrips.load(ElasticsearchFixture.writer());
  }

  @AfterAll
  static void end() {
    WORKERS.shutdownNow();
  }

  @Test
  void february_is_not_like_december_and_the_fields_that_moved_are_named() {
    Report report = triage("2019-02-04T00:00:00Z", Duration.ofDays(2));

    assertThat(report.verdict()).isEqualTo(Verdict.CAUSE_FOUND);
    List<Fact> facts =
        report.causes().stream().flatMap(cause -> cause.evidence().stream()).toList();
    for (String field : List.of("extra", "passenger_count")) {
      assertThat(facts)
          .anySatisfy(
              fact -> {
                assertThat(fact.subject()).isEqualTo("ml.features." + field);
                assertThat(fact.now().isPresent() && fact.before().isPresent()).isTrue();
              });
    }
    assertThat(report.onset().orElseThrow().at())
        .isBetween(Instant.parse("2019-01-31T00:00:00Z"), Instant.parse("2019-02-03T00:00:00Z"));
  }

  @Test
  void the_middle_of_december_is_all_clear() {
    for (String day : List.of("2018-12-14", "2018-12-15", "2018-12-16", "2018-12-18")) {
      Report report = triage(day + "T00:00:00Z", Duration.ofDays(2));
      assertThat(report.verdict())
          .as(day + "\n" + Format.TEXT.render(report))
          .isEqualTo(Verdict.ALL_CLEAR);
    }
  }

  @Test
  void a_time_before_the_first_trip_cannot_be_judged() {
    assertThat(triage("2018-11-15T00:00:00Z", Duration.ofDays(2)).verdict())
        .isEqualTo(Verdict.CANNOT_TELL);
  }

  @Test
  void the_same_evidence_gives_the_same_bytes() {
    String first = json();
    assertThat(json()).isEqualTo(first);
  }

  private static String json() {
    return Format.JSON
        .render(triage("2019-02-04T00:00:00Z", Duration.ofDays(2)))
        .replaceAll("\"(took_ms)\" : \\d+", "")
        .replaceAll("\"id\" : \"test-\\d+\"", "");
  }

  private static Report triage(String at, Duration length) {
    Instant now = Instant.parse(at);
    Investigation investigation =
        new Investigation(
            ElasticsearchFixture.evidenceSource(),
            Checks.all(),
            WORKERS,
            Duration.ofSeconds(20),
            () -> "test-1");
    return investigation.investigate(
        new Request(Model.named(TaxiTrips.MODEL), new Window(now.minus(length), now), "", Set.of()),
        Progress.SILENT);
  }
}
