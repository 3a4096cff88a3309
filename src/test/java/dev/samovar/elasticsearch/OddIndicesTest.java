package dev.samovar.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samovar.checks.CheckId;
import dev.samovar.evidence.Catalog;
import dev.samovar.evidence.Dataset;
import dev.samovar.evidence.EvidenceException;
import dev.samovar.evidence.Model;
import dev.samovar.fixture.ElasticsearchFixture;
import dev.samovar.fixture.World;
import dev.samovar.triage.Report;
import dev.samovar.triage.Verdict;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Indices as they are found in the wild. */
class OddIndicesTest {

  private static Model with(Model model, Map<Dataset, String> indices, Map<String, String> fields) {
    Map<Dataset, String> all = new HashMap<>(model.indices());
    all.putAll(indices);
    return new Model(
        model.name(),
        model.aliases(),
        model.team(),
        model.service(),
        model.channel(),
        all,
        fields,
        model.retraining(),
        model.preprocessingPipeline(),
        model.upstream(),
        model.lockfile(),
        model.slo(),
        model.metrics());
  }

  @Test
  void a_missing_index_is_named() {
    Report report = new World().report();

    assertThat(report.verdict()).isEqualTo(Verdict.CANNOT_TELL);
    assertThat(report.row(CheckId.DATA_DRIFT).reason())
        .startsWith("no index matches logs-ml.world");
  }

  @Test
  void a_closed_index_is_named() throws IOException {
    World world = new World().predictions(5, event -> {});
    ElasticsearchFixture.writer()
        .send("POST", "/" + world.index(Dataset.INFERENCE) + "/_close", "");

    assertThat(world.ask(CheckId.DATA_DRIFT).reason())
        .isEqualTo("index " + world.index(Dataset.INFERENCE) + " is closed");
  }

  @Test
  void an_empty_index_is_no_all_clear() throws IOException {
    World world = new World();
    ElasticsearchFixture.writer()
        .send(
            "PUT",
            "/" + world.index(Dataset.INFERENCE),
            "{\"mappings\":{\"properties\":{\"ml.features.amount\":{\"type\":\"double\"}}}}");

    assertThat(world.report().verdict()).isEqualTo(Verdict.CANNOT_TELL);
  }

  @Test
  void renamed_fields_are_asked_by_their_own_names() {
    World world = new World();
    Model renamed =
        with(
            world.model(),
            Map.of(),
            Map.of("ml.features", "payload.inputs", "ml.prediction.score", "payload.out"));
    Report.Row row =
        world
            .model(renamed)
            .predictions(
                400,
                event -> {
                  Object amount = event.remove("ml.features.amount");
                  event.remove("ml.features.country");
                  event.put("payload.inputs.amount", amount);
                  event.put("payload.out", event.remove("ml.prediction.score"));
                  if (World.isTrouble(event)) {
                    event.put("payload.inputs.amount", -5.0);
                  }
                })
            .ask(CheckId.DATA_DRIFT);

    assertThat(row.state()).as(row.summary()).isEqualTo(Report.State.FOUND);
    assertThat(row.evidence().get(0).subject()).isEqualTo("payload.inputs.amount");
  }

  @Test
  void text_with_a_keyword_below_is_counted_by_the_keyword() throws IOException {
    World world = new World();
    String index = "dynamic-" + world.index(Dataset.INFERENCE);
    world.model(with(world.model(), Map.of(Dataset.INFERENCE, index), Map.of()));
    // No template matches this name: Elasticsearch guesses the mapping.
    ElasticsearchFixture.writer()
        .write(
            index,
            java.util.stream.IntStream.range(0, 10)
                .mapToObj(
                    i -> {
                      Map<String, Object> event = World.event(World.NOW.minusSeconds(60 + i));
                      event.put("ml.features.country", "DE");
                      return event;
                    }));
    ElasticsearchFixture.writer().refresh();

    Catalog catalog = catalog(world.model());

    assertThat(catalog.field("ml.features.country").orElseThrow().kind())
        .isEqualTo(Catalog.Kind.KEYWORD);
    assertThat(catalog.field("ml.features.country").orElseThrow().actual())
        .isEqualTo("ml.features.country.keyword");
  }

  @Test
  void a_field_that_changed_its_type_is_a_gap() throws IOException {
    World world = new World();
    String old = world.index(Dataset.INFERENCE);
    String rolled = old + "-000002";
    List<Map<String, Object>> today = new ArrayList<>();
    world.predictions(
        200,
        event -> {
          if (World.time(event).isAfter(World.NOW.minus(Duration.ofHours(10)))) {
            Map<String, Object> copy = new LinkedHashMap<>(event);
            copy.put("ml.features.amount", event.get("ml.features.amount") + " EUR");
            today.add(copy);
            event.clear();
            event.put("@timestamp", World.NOW.minus(Duration.ofDays(40)).toString());
          }
        });
    ElasticsearchFixture.writer().write(rolled, today.stream());
    ElasticsearchFixture.writer().refresh();
    world.model(with(world.model(), Map.of(Dataset.INFERENCE, old + "," + rolled), Map.of()));

    Report.Row row = world.ask(CheckId.LOGGING_GAP);

    assertThat(row.summary()).contains("amount changed its type: mapped as keyword");
  }

  @Test
  void a_field_mapped_in_two_ways_is_no_error_and_is_named() throws IOException {
    World world = new World();
    String index = world.index(Dataset.INFERENCE);
    for (String type : new String[] {"double", "keyword"}) {
      ElasticsearchFixture.writer()
          .send(
              "PUT",
              "/" + index + "-" + type,
              "{\"mappings\":{\"properties\":{\"ml\":{\"properties\":{\"features\":{\"properties\":{\"amount\":{\"type\":\""
                  + type
                  + "\"}}}}}}}}");
    }
    world.model(with(world.model(), Map.of(Dataset.INFERENCE, index + "-*"), Map.of()));

    Catalog.Field field = catalog(world.model()).field("ml.features.amount").orElseThrow();

    assertThat(field.kind()).isEqualTo(Catalog.Kind.CONFLICT);
    assertThat(field.note()).contains("double").contains("keyword");
  }

  private static Catalog catalog(Model model) {
    try {
      return ElasticsearchFixture.evidence().events().catalog(model, Dataset.INFERENCE);
    } catch (EvidenceException e) {
      throw new AssertionError(e);
    }
  }
}
