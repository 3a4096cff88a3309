package dev.samovar.slack;

import static com.slack.api.model.block.composition.BlockCompositions.markdownText;
import static com.slack.api.model.block.composition.BlockCompositions.plainText;

import com.slack.api.model.block.ActionsBlock;
import com.slack.api.model.block.ContextBlock;
import com.slack.api.model.block.HeaderBlock;
import com.slack.api.model.block.LayoutBlock;
import com.slack.api.model.block.SectionBlock;
import com.slack.api.model.block.composition.ConfirmationDialogObject;
import com.slack.api.model.block.composition.OptionObject;
import com.slack.api.model.block.element.BlockElement;
import com.slack.api.model.block.element.ButtonElement;
import com.slack.api.model.block.element.OverflowMenuElement;
import com.slack.api.model.block.element.StaticSelectElement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Slack's blocks, cut to Slack's limits (docs: reference/block-kit). */
final class Layout {
  static final int HEADER = 150;
  static final int SECTION = 3000;
  static final int BUTTON = 75;
  static final int OPTION = 75;
  static final int OPTIONS = 100;
  static final int PLACEHOLDER = 150;

  private Layout() {}

  static LayoutBlock header(String plain) {
    return HeaderBlock.builder().text(plainText(SlackText.cut(plain, HEADER), true)).build();
  }

  static LayoutBlock section(String mrkdwn) {
    return section(mrkdwn, null);
  }

  static LayoutBlock section(String mrkdwn, @Nullable BlockElement accessory) {
    return SectionBlock.builder()
        .text(markdownText(SlackText.cut(mrkdwn.isEmpty() ? " " : mrkdwn, SECTION)))
        .accessory(accessory)
        .build();
  }

  static LayoutBlock context(String mrkdwn) {
    return ContextBlock.builder()
        .elements(List.of(markdownText(SlackText.cut(mrkdwn.isEmpty() ? " " : mrkdwn, SECTION))))
        .build();
  }

  static LayoutBlock actions(List<BlockElement> elements) {
    return ActionsBlock.builder().elements(elements).build();
  }

  static LayoutBlock actions(String blockId, List<BlockElement> elements) {
    return ActionsBlock.builder().blockId(blockId).elements(elements).build();
  }

  static ButtonElement button(String words, String actionId, String value) {
    return ButtonElement.builder()
        .text(plainText(SlackText.cut(words, BUTTON), true))
        .actionId(actionId)
        .value(value)
        .build();
  }

  /** Asked back before it is done. */
  static ButtonElement button(
      String words, String actionId, String value, String question, String yes) {
    ButtonElement button = button(words, actionId, value);
    button.setConfirm(
        ConfirmationDialogObject.builder()
            .title(plainText("Sure?"))
            .text(plainText(SlackText.cut(question, 300)))
            .confirm(plainText(SlackText.cut(yes, 30)))
            .deny(plainText("No"))
            .build());
    return button;
  }

  /** Leads out of Slack; it tells of it all the same. */
  static ButtonElement way(String words, String url) {
    return ButtonElement.builder()
        .text(plainText(SlackText.cut(words, BUTTON), true))
        .actionId(Act.LINK.id("report"))
        .url(url)
        .build();
  }

  /** The three dots, with one thing behind them. */
  static BlockElement dots(String actionId, String words, String value) {
    return OverflowMenuElement.builder()
        .actionId(actionId)
        .options(List.of(option(words, value)))
        .build();
  }

  static OptionObject option(String words, String value) {
    return OptionObject.builder()
        .text(plainText(SlackText.cut(words.isEmpty() ? "?" : words, OPTION), false))
        .value(SlackText.cut(value, 150))
        .build();
  }

  static StaticSelectElement select(
      String placeholder, String actionId, List<OptionObject> options) {
    return StaticSelectElement.builder()
        .placeholder(plainText(SlackText.cut(placeholder, PLACEHOLDER), false))
        .actionId(actionId)
        .options(options.subList(0, Math.min(OPTIONS, options.size())))
        .build();
  }
}
