package dev.samovar.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samovar.evidence.Window;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Character by character: a browser gets exactly these. */
class PrometheusLinksTest {
  private static final Window WINDOW =
      new Window(Instant.parse("2026-05-20T13:00:00Z"), Instant.parse("2026-05-20T15:00:00Z"));
  private static final String EXPRESSION = "rate(a{b=\"c+d\"}[5m])";

  @Test
  void to_the_graph_of_the_server() {
    assertThat(
            new PrometheusLinks(
                    Optional.of("https://p.test/sub/"), Optional.empty(), Optional.empty())
                .to(EXPRESSION, WINDOW))
        .hasValue(
            "https://p.test/sub/graph?g0.expr=rate%28a%7Bb%3D%22c%2Bd%22%7D%5B5m%5D%29"
                + "&g0.tab=0&g0.range_input=7200s&g0.end_input=2026-05-20%2015%3A00%3A00");
  }

  @Test
  void to_explore_where_the_uid_is_known() {
    assertThat(
            new PrometheusLinks(
                    Optional.of("https://p.test"),
                    Optional.of("https://g.test/grafana"),
                    Optional.of("P1"))
                .to("up", WINDOW))
        .hasValue(
            "https://g.test/grafana/explore?schemaVersion=1&panes="
                + "%7B%22samovar%22%3A%7B%22datasource%22%3A%22P1%22%2C%22queries%22%3A%5B"
                + "%7B%22refId%22%3A%22A%22%2C%22expr%22%3A%22up%22%2C%22datasource%22%3A"
                + "%7B%22type%22%3A%22prometheus%22%2C%22uid%22%3A%22P1%22%7D%7D%5D%2C"
                + "%22range%22%3A%7B%22from%22%3A%221779282000000%22%2C"
                + "%22to%22%3A%221779289200000%22%7D%7D%7D&orgId=1");
  }

  @Test
  void none_to_grafana_without_the_uid() {
    assertThat(
            new PrometheusLinks(
                    Optional.empty(), Optional.of("https://g.test"), Optional.empty())
                .to("up", WINDOW))
        .isEmpty();
  }

  @Test
  void none_that_would_be_cut() {
    PrometheusLinks links =
        new PrometheusLinks(Optional.of("https://p.test"), Optional.empty(), Optional.empty());
    int rest = links.to("", WINDOW).orElseThrow().length();

    assertThat(links.to("a".repeat(2999 - rest), WINDOW)).isPresent();
    assertThat(links.to("a".repeat(3000 - rest), WINDOW)).isEmpty();
  }
}
