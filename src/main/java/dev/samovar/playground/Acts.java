package dev.samovar.playground;

import com.fasterxml.jackson.databind.JsonNode;
import dev.samovar.standin.Filled;
import dev.samovar.standin.Workspace;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What people do on the page. */
final class Acts {
  /** As the app's manifest names it. */
  private static final String SHORTCUT = "triage_this";

  private final Workspace workspace;
  private final Stage stage;

  Acts(Workspace workspace, Stage stage) {
    this.workspace = workspace;
    this.stage = stage;
  }

  /**
   * @return false where there is no such act
   */
  boolean act(String what, JsonNode given) {
    String user = given.path("as").asText();
    String place = given.path("place").asText();
    String ts = given.path("ts").asText();
    switch (what) {
      case "say" -> say(user, place, given);
      case "edit" -> workspace.edit(user, place, ts, given.path("text").asText());
      case "remove" -> workspace.remove(user, place, ts);
      case "triage" -> workspace.shortcut(user, SHORTCUT, place, ts);
      case "press" ->
          workspace.press(
              user,
              place,
              ts,
              given.path("block").asText(),
              given.path("action").asText(),
              given.path("chosen").asText());
      case "press-in-view" ->
          workspace.pressInView(
              user,
              given.path("view").asText(),
              given.path("block").asText(),
              given.path("action").asText(),
              given.path("chosen").asText());
      case "submit" -> workspace.submit(user, given.path("view").asText(), fields(given));
      case "close" -> workspace.closeModal(user);
      case "home" -> workspace.openHome(user);
      case "play" -> stage.play(given.path("scene").asText());
      case "leap" ->
          Stream.of(Stage.Leap.values())
              .filter(
                  leap -> leap.name().toLowerCase(Locale.ROOT).equals(given.path("leap").asText()))
              .findFirst()
              .ifPresent(stage::leap);
      case "repair" -> stage.repair();
      default -> {
        return false;
      }
    }
    return true;
  }

  private void say(String user, String place, JsonNode given) {
    String text = given.path("text").asText();
    String thread = given.path("thread").asText();
    if (!text.startsWith("/")) {
      workspace.say(user, place, Optional.of(thread).filter(ts -> !ts.isEmpty()), text);
      return;
    }
    String[] parts = text.strip().split("\\s+", 2);
    if (thread.isEmpty()) {
      workspace.command(user, place, parts[0], parts.length < 2 ? "" : parts[1]);
    } else {
      workspace.whisper(place, user, "Commands don't work in threads. Give it in the channel.");
    }
  }

  private static Map<Filled.Field, String> fields(JsonNode given) {
    Map<Filled.Field, String> fields = new HashMap<>();
    for (JsonNode one : given.path("fields")) {
      fields.put(
          new Filled.Field(one.path("block").asText(), one.path("action").asText()),
          one.path("value").asText());
    }
    return fields;
  }
}
