package dev.samovar.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samovar.evidence.Condition;
import dev.samovar.evidence.Dataset;
import dev.samovar.evidence.Fields;
import dev.samovar.evidence.Model;
import dev.samovar.evidence.Query;
import dev.samovar.evidence.Window;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Character by character, in the form that Kibana 8 and 9 both open. */
class KibanaLinksTest {
  private static final Window WINDOW =
      new Window(Instant.parse("2026-05-20T13:00:00Z"), Instant.parse("2026-05-20T15:00:00Z"));
  private static final String GLOBALS =
      "/app/discover#/?_g=(filters:!(),refreshInterval:(pause:!t,value:0),"
          + "time:(from:'2026-05-20T13:00:00Z',to:'2026-05-20T15:00:00Z'))";

  private static Optional<String> link(String base, String model, Condition where) {
    return new KibanaLinks(Optional.of(base))
        .discover(Query.of(Model.named(model), Dataset.INFERENCE).and(where), WINDOW);
  }

  @Test
  void within_a_space() {
    assertThat(link("https://k.test/s/ml/", "m", Condition.is(Fields.OUTCOME, "failure")))
        .hasValueSatisfying(
            link ->
                assertThat(link)
                    .isEqualTo(
                        "https://k.test/s/ml"
                            + GLOBALS
                            + "&_a=(columns:!(),filters:!(),index:'"
                            + Model.named("m").index(Dataset.INFERENCE)
                            + "',interval:auto,query:(language:kuery,query:'ml.model.name%20:%20"
                            + "%22m%22%20and%20event.outcome%20:%20%22failure%22')"
                            + ",sort:!(!('%40timestamp',desc)))"));
  }

  @Test
  void what_rison_and_urls_give_a_meaning_is_escaped() {
    assertThat(link("https://k.test", "it's \"50 %\"!&#+", Condition.everything()))
        .hasValueSatisfying(
            link ->
                assertThat(link)
                    .contains(
                        "query:'ml.model.name%20:%20%22it!'s%20%5C%2250%20%25%5C%22!!%26%23%2B"));
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
