package dev.samovar.slack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SlackTextTest {

  @Property
  void nothing_of_outside_text_is_markup(@ForAll String text) {
    String escaped = SlackText.escape(text);

    assertThat(escaped).doesNotContain("<", ">", "`");
    assertThat(escaped.replaceAll("&(amp|lt|gt);", "")).doesNotContain("&");
    assertThat(escaped.chars()).noneMatch(Character::isISOControl);
  }

  @Property
  void cut_text_is_short_and_has_no_broken_entity(
      @ForAll String text, @ForAll @IntRange(min = 1, max = 60) int most) {
    String cut = SlackText.cut(SlackText.escape(text), most);

    assertThat(cut.length()).isLessThanOrEqualTo(most);
    assertThat(cut.replaceAll("&(amp|lt|gt);", "")).doesNotContain("&");
  }

  @Property
  void text_cut_to_bytes_fits(@ForAll String text, @ForAll @IntRange(min = 4, max = 60) int most) {
    assertThat(
            SlackText.cutBytes(SlackText.escape(text), most)
                .getBytes(StandardCharsets.UTF_8)
                .length)
        .isLessThanOrEqualTo(most);
  }

  @Test
  void commands_of_our_own_stay_commands() {
    assertThat(SlackText.escapeAroundCode("run `a <b>` now")).isEqualTo("run `a &lt;b&gt;` now");
    assertThat(SlackText.link("https://x/?a=1&b=2", "logs"))
        .isEqualTo("<https://x/?a=1&amp;b=2|logs>");
    assertThat(SlackText.link("javascript:alert(1)", "logs")).isEqualTo("logs");
  }

  @Test
  void times_of_our_own_texts_are_shown_in_the_readers_zone() {
    assertThat(SlackText.withTimes("changed at 2026-05-20 14:00 UTC (80 %)"))
        .isEqualTo(
            "changed <!date^1779285600^{date_short_pretty} at {time}|2026-05-20 14:00 UTC> (80 %)");
    assertThat(SlackText.withTimes("at 2026-05-20 25:00 UTC")).isEqualTo("at 2026-05-20 25:00 UTC");
    assertThat(SlackText.withTimes("2026-02-31 14:00 UTC")).contains("|2026-02-28 14:00 UTC>");
  }

  @Test
  void nobody_is_told_the_model_twice() {
    assertThat(AnswerMessage.withoutModel("eta: it moved", "eta")).isEqualTo("it moved");
    assertThat(AnswerMessage.withoutModel("eta is well", "eta")).isEqualTo("eta is well");
  }
}
