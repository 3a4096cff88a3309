package dev.samovar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samovar.incidents.Incident;
import dev.samovar.incidents.Opening;
import dev.samovar.incidents.Place;
import dev.samovar.store.Store;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForgetCommandTest {
  @TempDir private Path folder = Path.of("");
  private String url = "";

  @BeforeEach
  void keep() throws Exception {
    url = "jdbc:h2:file:" + folder.resolve("samovar");
    Files.writeString(
        folder.resolve("samovar.yaml"),
        """
        elasticsearch: { url: "http://127.0.0.1:9" }
        store: { url: "%s" }
        models: [{ name: fraud-scorer }]
        """
            .formatted(url));
    Instant at = Instant.parse("2026-05-20T15:00:00Z");
    try (Store store = Store.open(url)) {
      Opening opening = new Opening("m", at, Set.of(), "odd", "U0123", Optional.empty(), at);
      store.incidents().open(Incident.begin("i1", new Place("C1", "1.1", "1.2"), opening));
    }
  }

  private record Ended(int code, String out, String err) {}

  private Ended forget(String user) {
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    ByteArrayOutputStream complained = new ByteArrayOutputStream();
    try {
      System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
      System.setErr(new PrintStream(complained, true, StandardCharsets.UTF_8));
      int code = Samovar.run("forget", "--config", folder.resolve("samovar.yaml").toString(), user);
      return new Ended(
          code, said.toString(StandardCharsets.UTF_8), complained.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }

  @Test
  void it_says_where_the_person_was() {
    assertThat(forget("U0123"))
        .isEqualTo(new Ended(0, "Forgot U0123 in 1 incident." + System.lineSeparator(), ""));
    try (Store store = Store.open(url)) {
      Incident incident = store.incidents().find("i1").orElseThrow();
      assertThat(incident.opening().asker()).isEqualTo("someone");
    }
    assertThat(forget("U0123"))
        .isEqualTo(new Ended(0, "Nothing was kept of U0123." + System.lineSeparator(), ""));
  }

  @Test
  void what_is_no_id_is_said_in_a_sentence() {
    for (String wrong : new String[] {"mira", "<@U0123>", "UTC", "WARNING", "U%", "u0123", ""}) {
      Ended ended = forget(wrong);
      assertThat(ended.code()).as(wrong).isEqualTo(Samovar.BAD_USAGE);
      assertThat(ended.err()).contains("\"" + wrong + "\" is no member id").hasLineCount(1);
    }
  }
}
