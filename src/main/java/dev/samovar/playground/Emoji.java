package dev.samovar.playground;

import java.util.Map;
import java.util.Optional;

/** Slack's names of pictures that bots use; of the others the name is shown. */
final class Emoji {
  private static final Map<String, String> BY_NAME =
      Map.ofEntries(
          Map.entry("rotating_light", "🚨"),
          Map.entry("warning", "⚠️"),
          Map.entry("white_check_mark", "✅"),
          Map.entry("heavy_check_mark", "✔️"),
          Map.entry("grey_question", "❔"),
          Map.entry("question", "❓"),
          Map.entry("hourglass", "⌛"),
          Map.entry("hourglass_flowing_sand", "⏳"),
          Map.entry("handshake", "🤝"),
          Map.entry("zzz", "💤"),
          Map.entry("x", "❌"),
          Map.entry("eyes", "👀"),
          Map.entry("mag", "🔍"),
          Map.entry("bell", "🔔"),
          Map.entry("no_bell", "🔕"),
          Map.entry("fire", "🔥"),
          Map.entry("tea", "🍵"),
          Map.entry("thumbsup", "👍"),
          Map.entry("+1", "👍"),
          Map.entry("thumbsdown", "👎"),
          Map.entry("-1", "👎"),
          Map.entry("wave", "👋"),
          Map.entry("tada", "🎉"),
          Map.entry("pray", "🙏"),
          Map.entry("heart", "❤️"),
          Map.entry("smile", "😄"),
          Map.entry("sob", "😭"),
          Map.entry("thinking_face", "🤔"),
          Map.entry("memo", "📝"),
          Map.entry("link", "🔗"),
          Map.entry("bar_chart", "📊"),
          Map.entry("chart_with_upwards_trend", "📈"),
          Map.entry("chart_with_downwards_trend", "📉"),
          Map.entry("large_green_circle", "🟢"),
          Map.entry("large_yellow_circle", "🟡"),
          Map.entry("large_orange_circle", "🟠"),
          Map.entry("red_circle", "🔴"),
          Map.entry("information_source", "ℹ️"),
          Map.entry("arrow_right", "➡️"),
          Map.entry("rocket", "🚀"),
          Map.entry("lock", "🔒"));

  private Emoji() {}

  static Optional<String> of(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }

  static Node node(String name) {
    return of(name)
        .<Node>map(
            picture ->
                Node.element("span", "emoji")
                    .with("role", "img")
                    .with("aria-label", name.replace('_', ' '))
                    .with("title", ":" + name + ":")
                    .says(picture))
        .orElseGet(() -> Node.text(":" + name + ":"));
  }
}
