package dev.samovar.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.slack.api.model.block.Blocks;
import com.slack.api.model.block.ContextBlock;
import com.slack.api.model.block.HeaderBlock;
import com.slack.api.model.block.LayoutBlock;
import com.slack.api.model.block.SectionBlock;
import com.slack.api.model.block.composition.BlockCompositions;
import com.slack.api.model.block.element.BlockElements;
import dev.samovar.redaction.Redaction;
import java.util.List;
import org.junit.jupiter.api.Test;

class DiscreetTest {
  private static final String KEY = "AK" + "IAQ3EGTXUFBZ7KD2YN";

  private final Discreet discreet = new Discreet(Redaction.usual()::of);

  @Test
  void what_people_read_holds_no_secret_and_ids_stay() {
    LayoutBlock section =
        SectionBlock.builder()
            .blockId("about-" + KEY)
            .text(BlockCompositions.markdownText("key " + KEY + " of <@U0BERLIN>"))
            .fields(List.of(BlockCompositions.markdownText("pwd=hunter2!")))
            .build();
    LayoutBlock actions =
        Blocks.actions(
            List.of(
                BlockElements.button(
                    b ->
                        b.text(BlockCompositions.plainText("use " + KEY))
                            .value(KEY)
                            .actionId("go"))));
    LayoutBlock header = HeaderBlock.builder().text(BlockCompositions.plainText(KEY)).build();
    LayoutBlock context =
        ContextBlock.builder().elements(List.of(BlockCompositions.markdownText(KEY))).build();
    OutgoingMessage sent =
        discreet.of(
            new OutgoingMessage(KEY, List.of(section, actions, header, context), "plain " + KEY));

    assertThat(sent.text()).isEqualTo("[redacted: AWS key]");
    assertThat(sent.plain()).isEqualTo("plain [redacted: AWS key]");
    SectionBlock told = (SectionBlock) sent.blocks().get(0);
    assertThat(told.getBlockId()).isEqualTo("about-" + KEY);
    assertThat(told.getText().getText()).isEqualTo("key [redacted: AWS key] of <@U0BERLIN>");
    assertThat(told.getFields().get(0).getText()).isEqualTo("pwd=[redacted: password]");
    assertThat(sent.blocks().get(1).toString()).contains("value=" + KEY).contains("use [redacted");
    assertThat(sent.blocks().get(2).toString()).doesNotContain(KEY);
    assertThat(sent.blocks().get(3).toString()).doesNotContain(KEY);
  }

  @Test
  void what_holds_none_stays_the_same_block() {
    LayoutBlock section =
        SectionBlock.builder().text(BlockCompositions.markdownText("amount drifted")).build();
    assertThat(discreet.of(OutgoingMessage.of("amount drifted", List.of(section))).blocks().get(0))
        .isSameAs(section);
  }
}
