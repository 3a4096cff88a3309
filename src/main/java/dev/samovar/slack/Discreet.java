package dev.samovar.slack;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.slack.api.model.block.LayoutBlock;
import com.slack.api.model.view.View;
import com.slack.api.util.json.GsonFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * The last look before something goes to Slack: what people would read there holds no secret,
 * whoever wrote it. Ids, values and addresses are left alone.
 */
final class Discreet {
  private static final Gson JSON = GsonFactory.createSnakeCase();

  /** What people read, in blocks of any kind. */
  private static final Set<String> READ = Set.of("text", "alt_text", "title_text");

  private final UnaryOperator<String> redaction;

  Discreet(UnaryOperator<String> redaction) {
    this.redaction = redaction;
  }

  OutgoingMessage of(OutgoingMessage message) {
    return new OutgoingMessage(
        redaction.apply(message.text()),
        message.blocks().stream().map(this::of).toList(),
        redaction.apply(message.plain()));
  }

  String of(String text) {
    return redaction.apply(text);
  }

  private LayoutBlock of(LayoutBlock block) {
    JsonElement tree = JSON.toJsonTree(block, LayoutBlock.class);
    return redact(tree) ? JSON.fromJson(tree, LayoutBlock.class) : block;
  }

  View of(View view) {
    JsonElement tree = JSON.toJsonTree(view);
    return redact(tree) ? JSON.fromJson(tree, View.class) : view;
  }

  /** Whether anything was changed. */
  private boolean redact(JsonElement tree) {
    boolean changed = false;
    if (tree instanceof JsonArray array) {
      for (JsonElement element : array) {
        changed |= redact(element);
      }
    } else if (tree instanceof JsonObject object) {
      List<Map.Entry<String, JsonElement>> entries = new ArrayList<>(object.entrySet());
      for (Map.Entry<String, JsonElement> entry : entries) {
        JsonElement value = entry.getValue();
        if (READ.contains(entry.getKey())
            && value.isJsonPrimitive()
            && value.getAsJsonPrimitive().isString()) {
          String redacted = redaction.apply(value.getAsString());
          if (!redacted.equals(value.getAsString())) {
            object.addProperty(entry.getKey(), redacted);
            changed = true;
          }
        } else {
          changed |= redact(value);
        }
      }
    }
    return changed;
  }
}
