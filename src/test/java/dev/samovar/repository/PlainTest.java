package dev.samovar.repository;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class PlainTest {
  private static final Set<Integer> HIDDEN =
      Set.of(
          (int) Character.CONTROL,
          (int) Character.FORMAT,
          (int) Character.SURROGATE,
          (int) Character.LINE_SEPARATOR,
          (int) Character.PARAGRAPH_SEPARATOR);

  @Provide
  Arbitrary<String> hostile() {
    return Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(4, Arbitraries.strings().ofMaxLength(3000)),
            net.jqwik.api.Tuple.of(
                4,
                Arbitraries.of(
                        "\u202e",
                        "\u2066",
                        "\u200b",
                        "\u0000",
                        "\u001b[31m",
                        "\n",
                        "\r",
                        "\u2028",
                        "\u00ad",
                        "\ud83d",
                        "\ude00",
                        "\ud83d\ude00",
                        "\u00a0",
                        "\ue000",
                        "a",
                        "<!channel>",
                        "e\u0301")
                    .list()
                    .ofMaxSize(400)
                    .map(parts -> String.join("", parts))))
        .filter(text -> text != null);
  }

  @Property
  void whateverIsWrittenComesOutAsOneShortVisibleLine(
      @ForAll("hostile") String text, @ForAll @IntRange(min = 5, max = 120) int most) {
    String line = Plain.line(text, most);

    assertThat(line.length()).isLessThanOrEqualTo(most);
    assertThat(line.codePoints().filter(c -> HIDDEN.contains(Character.getType(c)))).isEmpty();
    assertThat(line).isEqualTo(line.strip());
    assertThat(Plain.line(line, most)).as("a second time").isEqualTo(line);
  }

  @Example
  void whatCanBeReadStays() {
    assertThat(Plain.line("\n\n  Größe\t “ok” \u202ekcab 日本 \ud83d\ude00\nbody", 80))
        .isEqualTo("Größe “ok” kcab 日本 \ud83d\ude00");
    assertThat(Plain.line("abcdefghij", 5)).isEqualTo("abcd…");
  }
}
