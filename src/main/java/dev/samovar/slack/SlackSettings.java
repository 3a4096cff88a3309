package dev.samovar.slack;

import java.util.List;

/**
 * How Samovar meets Slack.
 *
 * @param appToken for Socket Mode; empty in HTTP mode
 * @param signingSecret for HTTP mode; empty in Socket Mode
 * @param apiUrl ends with a slash
 * @param incidentChannels names, with {@code *} for any letters, or ids
 * @param port of HTTP mode; 0 for any free one
 */
public record SlackSettings(
    boolean isHttp,
    String botToken,
    String appToken,
    String signingSecret,
    String apiUrl,
    List<String> incidentChannels,
    int port) {
  public SlackSettings {
    incidentChannels = List.copyOf(incidentChannels);
    apiUrl = apiUrl.endsWith("/") ? apiUrl : apiUrl + "/";
  }

  /** Without the secrets. */
  @Override
  public String toString() {
    return "SlackSettings[" + (isHttp ? "http" : "socket") + " " + apiUrl + "]";
  }
}
