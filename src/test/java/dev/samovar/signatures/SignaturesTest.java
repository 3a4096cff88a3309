package dev.samovar.signatures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.samovar.fixture.Shared;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class SignaturesTest {
  private static final Signatures SIGNATURES = Signatures.load();
  private static final ObjectMapper JSON = new ObjectMapper();

  private static String cause(String line) {
    return SIGNATURES.match(line).map(match -> match.signature().cause()).orElse("none");
  }

  @Test
  void every_entry_knows_its_example_and_not_its_lookalikes() {
    List<String> wrong = new ArrayList<>();
    for (Signature signature : SIGNATURES.all()) {
      if (signature.match().stream().noneMatch(p -> p.matcher(signature.example()).find())) {
        wrong.add(signature.id() + " does not match its example");
      }
      if (!cause(signature.example()).equals(signature.cause())) {
        wrong.add(
            signature.id()
                + ": its example is taken for "
                + SIGNATURES.match(signature.example()).map(match -> match.signature().id()));
      }
      for (String lookalike : signature.lookalikes()) {
        if (!cause(lookalike).equals("none")) {
          wrong.add(signature.id() + " takes its lookalike for " + cause(lookalike));
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(SIGNATURES.all()).hasSizeGreaterThanOrEqualTo(200);
  }

  @Test
  void tells_the_shared_lines() throws IOException {
    Path cases = Shared.file("cases/signatures.jsonl");
    assertThat(share(Files.readAllLines(cases), "cause")).isGreaterThanOrEqualTo(0.97);
  }

  /** Written from memory of the software before the catalogue was tried on them. */
  @Test
  void tells_lines_that_the_catalogue_was_not_written_from() throws IOException {
    assertThat(share(resource("more.jsonl"), "cause")).isGreaterThanOrEqualTo(0.95);
  }

  /** From threads, documents and libraries; each line names its source. */
  @Test
  void tells_lines_that_were_found() throws IOException {
    List<String> lines = resource("found.jsonl");
    List<String> harmless = lines.stream().filter(l -> l.contains("\"cause\": \"none\"")).toList();

    assertThat(share(lines, "cause")).isGreaterThanOrEqualTo(0.97);
    assertThat(harmless).hasSizeGreaterThan(100);
    assertThat(share(harmless, "cause")).isGreaterThanOrEqualTo(0.98);
  }

  private static List<String> resource(String name) throws IOException {
    try (InputStream in = SignaturesTest.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .toList();
    }
  }

  private static double share(List<String> lines, String key) throws IOException {
    int right = 0;
    for (String line : lines) {
      JsonNode known = JSON.readTree(line);
      String got = cause(known.get("message").asText());
      if (got.equals(known.get(key).asText())) {
        right++;
      } else {
        System.out.println("signatures: " + got + " for " + line);
      }
    }
    return (double) right / lines.size();
  }

  @Test
  void reads_the_first_and_the_last_of_a_long_event() {
    String trace = "Traceback (most recent call last):\n" + "  File \"x.py\"\n".repeat(5000);

    assertThat(cause(trace + "RuntimeError: CUDA out of memory. Tried to allocate 2.00 GiB"))
        .isEqualTo("gpu-oom");
  }

  @Test
  void literals_are_what_a_match_must_hold() {
    assertThat(Literals.of("CUDA out of memory\\. ?Tried")).contains(Set.of("cuda out of memory."));
    assertThat(Literals.of("(?:one|three) of a kind")).contains(Set.of(" of a kind"));
    assertThat(Literals.of("(?:alpha|beta)+\\d")).contains(Set.of("alpha", "beta"));
    assertThat(Literals.of("(?!never)\\d+[abc]{2} then")).contains(Set.of(" then"));
    assertThat(Literals.of("\\d+.*")).isEqualTo(Optional.empty());
  }

  @Test
  void a_broken_entry_is_named() {
    assertThatThrownBy(
            () ->
                Signatures.read(
                    new ByteArrayInputStream(
                        "signatures: [{id: a, cause: b, software: c, match: ['(x'], example: d}]"
                            .getBytes(StandardCharsets.UTF_8))))
        .hasMessageContaining("a: ")
        .hasMessageContaining("(x");
  }

  @Property(tries = 300)
  void any_text_is_read(@ForAll String text) {
    assertThat(SIGNATURES.match(text)).isNotNull();
    assertThat(Map.of("text", SIGNATURES.match(text + "CUDA out of memory. Tried to allocate")))
        .isNotEmpty();
  }
}
