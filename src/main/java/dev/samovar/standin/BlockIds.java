package dev.samovar.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Slack names the blocks that an app left without a name. */
final class BlockIds {
  private BlockIds() {}

  static JsonNode given(JsonNode blocks) {
    JsonNode named = blocks.deepCopy();
    int count = 0;
    for (JsonNode block : named) {
      count++;
      if (block instanceof ObjectNode object && !object.has("block_id")) {
        object.put("block_id", "b" + count);
      }
    }
    return named;
  }

  static JsonNode inView(JsonNode view) {
    JsonNode named = view.deepCopy();
    if (named instanceof ObjectNode object) {
      object.set("blocks", given(view.path("blocks")));
    }
    return named;
  }
}
