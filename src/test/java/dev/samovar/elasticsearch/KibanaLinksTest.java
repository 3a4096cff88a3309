package dev.samovar.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.samovar.evidence.Condition;
import dev.samovar.evidence.Dataset;
import dev.samovar.evidence.Fields;
import dev.samovar.evidence.Model;
import dev.samovar.evidence.Query;
import dev.samovar.evidence.Window;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Character by character: the redirect endpoint and the locator's parameters of Kibana 8.5 to 9
 * (share's {@code parseSearchParams}: {@code l}, {@code v} and {@code p} as JSON; Discover's {@code
 * DiscoverAppLocatorParams}).
 */
class KibanaLinksTest {
  private static final Window WINDOW =
      new Window(Instant.parse("2026-05-20T13:00:00Z"), Instant.parse("2026-05-20T15:00:00Z"));
  private static final String ENDPOINT = "/app/r?l=DISCOVER_APP_LOCATOR&v=8.5.0&p=";

  /** Of the name is the UUID (version 3) that Python's hashlib gives, too. */
  private static final String VIEW =
      "%7B%22dataViewSpec%22:%7B%22id%22:%2294cde543-8b3a-3540-943b-e4f44078f41c%22,"
          + "%22title%22:%22logs-ml.inference-*%22,%22timeFieldName%22:%22@timestamp%22,"
          + "%22allowNoIndex%22:true%7D,"
          + "%22timeRange%22:%7B%22from%22:%222026-05-20T13:00:00Z%22,"
          + "%22to%22:%222026-05-20T15:00:00Z%22%7D,"
          + "%22query%22:%7B%22language%22:%22kuery%22,%22query%22:%22ml.model.name%20:%20";

  private static Optional<String> link(String base, String model, Condition where) {
    return new KibanaLinks(Optional.of(base))
        .discover(Query.of(Model.named(model), Dataset.INFERENCE).and(where), WINDOW);
  }

  /** What Kibana makes of it: the parameters as JSON. */
  private static JsonNode read(Optional<String> link) throws IOException {
    String parameters = link.orElseThrow().split("&p=", 2)[1];
    return new ObjectMapper().readTree(URLDecoder.decode(parameters, StandardCharsets.UTF_8));
  }

  private static String query(Condition where) throws IOException {
    return read(link("https://k.test", "m", where)).at("/query/query").asText();
  }

  @Test
  void within_a_space() {
    assertThat(link("https://k.test/s/ml/", "m", Condition.is(Fields.OUTCOME, "failure")))
        .contains(
            "https://k.test/s/ml"
                + ENDPOINT
                + VIEW
                + "%5C%22m%5C%22%20and%20event.outcome%20:%20%5C%22failure%5C%22%22%7D,"
                + "%22columns%22:%5B%22event.outcome%22%5D,"
                + "%22sort%22:%5B%5B%22@timestamp%22,%22desc%22%5D%5D%7D");
  }

  @Test
  void without_a_condition_the_columns_are_discovers_own() {
    assertThat(link("https://k.test", "m", Condition.everything()))
        .contains(
            "https://k.test"
                + ENDPOINT
                + VIEW
                + "%5C%22m%5C%22%22%7D,%22sort%22:%5B%5B%22@timestamp%22,%22desc%22%5D%5D%7D");
  }

  @Test
  void what_addresses_json_and_the_query_language_give_a_meaning_is_escaped() throws IOException {
    Optional<String> link = link("https://k.test", "it's (\"50 %\")!&#+", Condition.everything());

    assertThat(link.orElseThrow())
        .contains("it%27s%20%28%5C%5C%5C%2250%20%25%5C%5C%5C%22%29%21%26%23%2B");
    assertThat(read(link).at("/query/query").asText())
        .isEqualTo("ml.model.name : \"it's (\\\"50 %\\\")!&#+\"");
  }

  @Test
  void a_beginning_is_a_star_and_what_means_something_before_it_does_no_longer()
      throws IOException {
    assertThat(query(new Condition.StartsWith("service.name", List.of("a(b)*", "x and y"))))
        .isEqualTo(
            "ml.model.name : \"m\" and (service.name : a\\(b\\)\\** or service.name : x \\and y*)");
  }

  @Test
  void a_data_view_is_told_by_its_expression_and_time_field() throws IOException {
    Model odd =
        new Model(
            "m",
            List.of(),
            Optional.empty(),
            "m",
            Optional.empty(),
            Map.of(Dataset.INFERENCE, "a,b-*"),
            Map.of(Fields.TIME, "ts"),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Optional.empty(),
            Model.Slo.NONE,
            Map.of());
    JsonNode read =
        read(
            new KibanaLinks(Optional.of("https://k.test"))
                .discover(Query.of(odd, Dataset.INFERENCE), WINDOW));

    assertThat(read.at("/dataViewSpec/title").asText()).isEqualTo("a,b-*");
    assertThat(read.at("/dataViewSpec/timeFieldName").asText()).isEqualTo("ts");
    assertThat(read.at("/sort/0/0").asText()).isEqualTo("ts");
    assertThat(read.at("/dataViewSpec/id").asText())
        .isNotEqualTo("94cde543-8b3a-3540-943b-e4f44078f41c");
  }

  @Test
  void none_that_would_be_cut_and_none_without_kibana() {
    assertThat(link("https://k.test", "m".repeat(3000), Condition.everything())).isEmpty();
    assertThat(
            new KibanaLinks(Optional.empty())
                .discover(Query.of(Model.named("m"), Dataset.INFERENCE), WINDOW))
        .isEmpty();
  }
}
