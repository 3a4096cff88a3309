package dev.samovar.slack;

import dev.samovar.conversation.AutoReply;
import dev.samovar.conversation.TriageConversation;
import dev.samovar.redaction.Redaction;
import dev.samovar.runbooks.Runbooks;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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

  /** The same where not everybody may do everything. */
  static SlackSettings closed(
      SlackSettings open, Map<String, SlackSettings.Access> access, List<String> admins) {
    return new SlackSettings(
        open.isHttp(),
        open.botToken(),
        open.appToken(),
        open.signingSecret(),
        open.apiUrl(),
        open.incidentChannels(),
        open.autoReply(),
        open.cooldown(),
        open.allowedBots(),
        open.channels(),
        open.alertChannel(),
        access,
        admins,
        open.redaction());
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
        Map.of(),
        List.of(),
        Redaction.usual()::of);
  }

  /** Everybody may ask about everything. */
  static Permissions permissions(Gateway gateway, Clock clock) {
    return new Permissions(
        new TriageConversation(List.of()),
        settings(false, "", "http://localhost/"),
        gateway,
        entry -> {},
        clock);
  }

  /** The real pages. */
  static Runbooks runbooks() {
    return new Runbooks(Optional.empty(), Optional.of("https://git.example.com"));
  }
}
