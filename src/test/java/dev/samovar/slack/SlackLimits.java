package dev.samovar.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.slack.api.model.block.LayoutBlock;
import com.slack.api.util.json.GsonFactory;
import dev.samovar.standin.Limits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What of a message or a view breaks Slack's limits. */
final class SlackLimits {
  private static final ObjectMapper JSON = new ObjectMapper();

  private SlackLimits() {}

  static List<String> brokenBy(OutgoingMessage message) {
    List<String> broken = new ArrayList<>(Limits.ofMessage(json(message.blocks())));
    int bytes = SlackText.cutBytes(message.text(), 3900).getBytes(StandardCharsets.UTF_8).length;
    if (bytes > 4000) {
      broken.add("the text has " + bytes + " bytes, over 4000");
    }
    if (message.text().isEmpty()) {
      broken.add("the text is empty");
    }
    return broken;
  }

  static List<String> brokenBy(com.slack.api.model.view.View view) {
    return Limits.ofView(read(GsonFactory.createSnakeCase().toJson(view)));
  }

  static JsonNode json(List<LayoutBlock> blocks) {
    return read(GsonFactory.createSnakeCase().toJson(blocks));
  }

  private static JsonNode read(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
