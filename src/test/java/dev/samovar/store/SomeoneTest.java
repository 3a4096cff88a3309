package dev.samovar.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class SomeoneTest {
  private static final String USER = "U0123";
  private static final ObjectMapper JSON = new ObjectMapper();
  private final Someone someone = new Someone(USER);

  /** What is written, and what is left of it. */
  private static final Map<String, String> PIECES =
      Map.of(
          "U0123", "someone",
          "<@U0123>", "someone",
          "<@U0123|ben>", "someone",
          "U01234", "U01234",
          "BU0123", "BU0123",
          "<@U9|ana>", "<@U9|ana>",
          "it is “weird”", "it is “weird”",
          "0.10", "0.10");

  @Provide
  Arbitrary<List<String>> pieces() {
    return Arbitraries.of(PIECES.keySet()).list().ofMaxSize(6);
  }

  private static String left(List<String> pieces, String between) {
    return String.join(
        between, pieces.stream().map(piece -> PIECES.getOrDefault(piece, "?")).toList());
  }

  @Property
  void every_word_of_a_document_is_rewritten_and_nothing_else(
      @ForAll("pieces") List<String> pieces, @ForAll("pieces") List<String> others)
      throws Exception {
    String kept = document(String.join(" ", pieces), String.join("\n", others));
    JsonNode expected = JSON.readTree(document(left(pieces, " "), left(others, "\n")));
    assertThat(JSON.readTree(someone.rewritten(kept))).isEqualTo(expected);
    assertThat(someone.rewritten(String.join("\n", others))).isEqualTo(left(others, "\n"));
    // A document in a text of another, as deliveries are.
    String nested = JSON.writeValueAsString(Map.of("payload", kept));
    assertThat(JSON.readTree(JSON.readTree(someone.rewritten(nested)).get("payload").asText()))
        .isEqualTo(expected);
  }

  private static String document(String one, String other) throws Exception {
    ObjectNode root = JSON.createObjectNode();
    root.put("text", one).put("n", 0.1).putNull("nothing").put("isOn", true);
    root.putObject("by").put(other, 1).putArray("list").add(other).addArray().add(one);
    return JSON.writeValueAsString(root);
  }

  @Example
  void a_person_loses_the_name_too() {
    assertThat(
            someone.rewritten(
                "[{\"id\":\"U0123\",\"name\":\"Ben\"},{\"id\":\"U9\",\"name\":\"Ana\"}]"))
        .isEqualTo("[{\"id\":\"someone\",\"name\":\"someone\"},{\"id\":\"U9\",\"name\":\"Ana\"}]");
  }

  @Example
  void words_that_begin_like_a_document_stay_words() {
    assertThat(someone.rewritten("[1] says U0123")).isEqualTo("[1] says someone");
    assertThat(someone.rewritten("user=%22U0123%22&x")).isEqualTo("user=%22someone%22&x");
  }

  @Example
  void who_sent_it_is_told_from_who_is_mentioned() {
    assertThat(someone.isNamedIn("{\"user\":\"U0123\"}")).isTrue();
    assertThat(someone.isNamedIn("{\"payload\":\"{\\\"user\\\":\\\"U0123\\\"}\"}")).isTrue();
    assertThat(someone.isNamedIn("team=T1&user_id=U0123&text=x")).isTrue();
    assertThat(someone.isNamedIn("{\"user\":\"U9\",\"text\":\"ask <@U0123>\"}")).isFalse();
    assertThat(someone.isNamedIn("{\"user\":\"U01234\"}")).isFalse();
  }
}
