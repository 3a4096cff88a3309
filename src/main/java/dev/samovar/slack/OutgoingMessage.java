package dev.samovar.slack;

import com.slack.api.model.block.LayoutBlock;
import java.util.List;

/**
 * What is said.
 *
 * @param text carries the conclusion alone: notifications and screen readers know nothing else
 * @param blocks none for plain words
 * @param plain everything as text, for when Slack refuses the blocks
 */
record OutgoingMessage(String text, List<LayoutBlock> blocks, String plain) {
  OutgoingMessage {
    blocks = List.copyOf(blocks);
  }

  static OutgoingMessage words(String mrkdwn) {
    return new OutgoingMessage(mrkdwn, List.of(), mrkdwn);
  }

  static OutgoingMessage of(String text, List<LayoutBlock> blocks) {
    return new OutgoingMessage(text, blocks, text);
  }
}
