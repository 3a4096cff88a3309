package dev.samovar.slack;

import dev.samovar.conversation.AutoReply;
import dev.samovar.redaction.Redaction;
import dev.samovar.runbooks.Runbooks;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Settings that the tests of the bot share. */
final class Bots {
  private Bots() {}

  static SlackSettings settings(boolean isHttp, String secret, String apiUrl) {
    return settings(isHttp, "xoxb-1", "xapp-1", secret, apiUrl);
  }

  static SlackSettings settings(String botToken, String appToken, String apiUrl) {
    return settings(false, botToken, appToken, "", apiUrl);
  }

  /** Over HTTP. */
  static SlackSettings http(String botToken, String secret, String apiUrl) {
    return settings(true, botToken, "", secret, apiUrl);
  }

  private static SlackSettings settings(
      boolean isHttp, String botToken, String appToken, String secret, String apiUrl) {
    return new SlackSettings(
        isHttp,
        botToken,
        appToken,
        secret,
        apiUrl,
        List.of("inc-*"),
        AutoReply.ON,
        Duration.ofMinutes(15),
        List.of("B0ALERT"),
        List.of(
            new SlackSettings.Channel(
                "CASK", Optional.of(AutoReply.ASK), Optional.of("eta-model"), Optional.empty())),
        Optional.of("CALERTS"),
        Redaction.usual()::of);
  }

  /** The real pages. */
  static Runbooks runbooks() {
    return new Runbooks(Optional.empty(), Optional.of("https://git.example.com"));
  }
}
