package dev.samovar.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.samovar.checks.CheckId;
import dev.samovar.slack.SampleReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FormatTest {
  private static final Path GOLDEN = Path.of("src/test/resources/dev/samovar/report");

  /** With {@code SAMOVAR_GOLDEN=write} the files are written anew, to be read before committing. */
  @ParameterizedTest
  @EnumSource(names = {"TEXT", "JSON", "MARKDOWN"})
  void reports_look_as_they_did(Format format) throws IOException {
    Path file = GOLDEN.resolve("cause-found." + format.name().toLowerCase(Locale.ROOT));
    String rendered = format.render(SampleReport.of(SampleReport.HOSTILE));
    if ("write".equals(System.getenv("SAMOVAR_GOLDEN"))) {
      Files.createDirectories(GOLDEN);
      Files.writeString(file, rendered);
    }

    assertThat(rendered).isEqualTo(Files.readString(file));
  }

  @Property(tries = 100)
  void foreign_text_stays_text(@ForAll String outside) throws JsonProcessingException {
    JsonNode json = new ObjectMapper().readTree(Format.JSON.render(SampleReport.of(outside)));

    assertThat(json.get("schema").asText()).isEqualTo("samovar.report/1");
    assertThat(json.get("checks")).hasSize(CheckId.values().length);
    assertThat(Format.TEXT.render(SampleReport.of(outside)).chars())
        .allMatch(c -> c == '\n' || !Character.isISOControl(c));
  }
}
