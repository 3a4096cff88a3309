package dev.samovar;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.samovar.checks.CheckId;
import dev.samovar.incidents.Incident;
import dev.samovar.incidents.Opening;
import dev.samovar.incidents.Place;
import dev.samovar.slack.SampleReport;
import dev.samovar.store.Store;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeedbackCommandTest {
  private final Instant now = Instant.now();

  @TempDir private Path folder = Path.of("");

  @BeforeEach
  void keep() throws Exception {
    String url = "jdbc:h2:file:" + folder.resolve("samovar");
    Files.writeString(
        folder.resolve("samovar.yaml"),
        """
        elasticsearch: { url: "http://127.0.0.1:9" }
        store: { url: "%s" }
        models: [{ name: fraud-scorer }]
        """
            .formatted(url));
    Instant old = now.minus(Duration.ofDays(60));
    try (Store store = Store.open(url)) {
      store
          .incidents()
          .open(
              Incident.begin(
                      "i1",
                      new Place("C1", "1.1", "1.2", Optional.of("https://x.slack.com/p1")),
                      new Opening("fraud-scorer", old, Set.of(), "", "U1", Optional.empty(), old))
                  .reported(SampleReport.of("x"), old)
                  .judged(CheckId.PREPROCESSING_CHANGE, true, "U1", old)
                  .judged(CheckId.PREPROCESSING_CHANGE, false, "U2", now.minusSeconds(60))
                  .explained(Optional.empty(), "=HYPERLINK(\"x\"), a typo\nand more", "U2", now));
    }
  }

  private record Ended(int code, String out, String err) {}

  private Ended feedback(String... more) {
    String[] arguments = new String[more.length + 3];
    arguments[0] = "feedback";
    arguments[1] = "--config";
    arguments[2] = folder.resolve("samovar.yaml").toString();
    System.arraycopy(more, 0, arguments, 3, more.length);
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    ByteArrayOutputStream complained = new ByteArrayOutputStream();
    try {
      System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
      System.setErr(new PrintStream(complained, true, StandardCharsets.UTF_8));
      int code = Samovar.run(arguments);
      return new Ended(
          code, said.toString(StandardCharsets.UTF_8), complained.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }

  @Test
  void csv_has_a_row_an_opinion_and_no_formulas() {
    Ended ended = feedback("--format", "csv");
    assertThat(ended.code()).isZero();
    String[] rows = ended.out().split("\r\n", -1);
    assertThat(rows[0]).isEqualTo("at,incident,model,check,was_it,user,confidence,rank,words,link");
    assertThat(rows[1])
        .endsWith(",i1,fraud-scorer,preprocessing-change,true,U1,0.86,1,,https://x.slack.com/p1");
    assertThat(rows[2]).contains(",preprocessing-change,false,U2,0.86,1,,");
    assertThat(rows[3])
        .contains(",i1,fraud-scorer,,true,U2,,,\"'=HYPERLINK(\"\"x\"\"), a typo\nand more\",");
    assertThat(rows).hasSize(5);
    assertThat(rows[4]).isEmpty();
  }

  @Test
  void since_leaves_out_what_was_said_before() throws Exception {
    JsonNode rows =
        new ObjectMapper().readTree(feedback("--format", "json", "--since", "30d").out());
    assertThat(rows).hasSize(2);
    assertThat(rows.get(0).get("check").asText()).isEqualTo("preprocessing-change");
    assertThat(rows.get(0).get("was_it").asBoolean()).isFalse();
    assertThat(rows.get(0).get("confidence").asDouble()).isEqualTo(0.86);
    assertThat(rows.get(1).get("check").isNull()).isTrue();
    assertThat(rows.get(1).get("words").asText()).startsWith("=HYPERLINK");
  }

  @Test
  void text_counts_for_each_check() {
    assertThat(feedback().out())
        .contains("preprocessing-change was it, named 1. with 86 %, says U1")
        .containsPattern("preprocessing-change\\s+right 1 of 2");
  }

  @Test
  void a_time_that_cannot_be_read_is_said_in_a_sentence() {
    Ended ended = feedback("--since", "some day");
    assertThat(ended.code()).isEqualTo(Samovar.BAD_USAGE);
    assertThat(ended.err()).startsWith("--since").hasLineCount(1);
  }
}
