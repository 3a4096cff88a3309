package dev.samovar.slack;

import dev.samovar.conversation.AutoReply;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * How Samovar meets Slack.
 *
 * @param appToken for Socket Mode; empty in HTTP mode
 * @param signingSecret for HTTP mode; empty in Socket Mode
 * @param apiUrl ends with a slash
 * @param incidentChannels names, with {@code *} for any letters, or ids
 * @param autoReply in incident channels
 * @param cooldown no second automatic answer about a model in a channel within this time
 * @param allowedBots bot ids or names whose messages count as reports
 * @param channels that differ; the first that fits a channel wins
 * @param alertChannel where alerts go that are about no model with a channel of its own; empty
 *     where none come
 * @param access by the name of each model that not everybody may ask about
 * @param admins who may change how channels are answered; everybody where none is named
 * @param redaction takes secrets out of a text
 */
public record SlackSettings(
    boolean isHttp,
    String botToken,
    String appToken,
    String signingSecret,
    String apiUrl,
    List<String> incidentChannels,
    AutoReply autoReply,
    Duration cooldown,
    List<String> allowedBots,
    List<Channel> channels,
    Optional<String> alertChannel,
    Map<String, Access> access,
    List<String> admins,
    UnaryOperator<String> redaction) {

  /**
   * Where a model may be talked about, and with whom alone.
   *
   * @param channels names or ids; what is said there is read by all who are in them
   * @param userGroups ids or handles; their members may ask by direct message
   */
  public record Access(List<String> channels, List<String> userGroups) {
    public Access {
      channels = List.copyOf(channels);
      userGroups = List.copyOf(userGroups);
    }
  }

  /**
   * @param name with {@code *} for any letters, or an id
   * @param model meant where none is named
   */
  public record Channel(
      String name,
      Optional<AutoReply> autoReply,
      Optional<String> model,
      Optional<Duration> cooldown) {}

  public SlackSettings {
    incidentChannels = List.copyOf(incidentChannels);
    allowedBots = List.copyOf(allowedBots);
    channels = List.copyOf(channels);
    access = Map.copyOf(access);
    admins = List.copyOf(admins);
    apiUrl = apiUrl.endsWith("/") ? apiUrl : apiUrl + "/";
  }

  /** Without the secrets. */
  @Override
  public String toString() {
    return "SlackSettings[" + (isHttp ? "http" : "socket") + " " + apiUrl + "]";
  }
}
