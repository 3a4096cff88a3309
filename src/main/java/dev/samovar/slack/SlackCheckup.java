package dev.samovar.slack;

import com.slack.api.Slack;
import com.slack.api.SlackConfig;
import com.slack.api.methods.SlackApiException;
import com.slack.api.methods.response.apps.connections.AppsConnectionsOpenResponse;
import com.slack.api.methods.response.auth.AuthTestResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.yaml.snakeyaml.Yaml;

/**
 * Whether Slack takes the tokens, and whether they may do what the manifest asks for.
 *
 * @param team where the app is installed; empty where the bot's token is refused
 * @param lacking scopes of the manifest that the token does not have
 * @param surplus scopes that nobody needs
 * @param findsPeople whether it may look people up by their e-mail, which the manifest does not ask
 *     for
 * @param troubles each in a sentence
 */
public record SlackCheckup(
    Optional<String> team,
    List<String> lacking,
    List<String> surplus,
    boolean findsPeople,
    List<String> troubles) {
  private static final String SCOPES = "x-oauth-scopes";

  private static final String EMAILS = "users:read.email";

  public SlackCheckup {
    lacking = List.copyOf(lacking);
    surplus = List.copyOf(surplus);
    troubles = List.copyOf(troubles);
  }

  /** Asks with the tokens that there are. */
  public static SlackCheckup of(SlackSettings settings) {
    SlackConfig config = new SlackConfig();
    config.setMethodsEndpointUrlPrefix(settings.apiUrl());
    config.setProxyUrl(null);
    config.setStatsEnabled(false);
    Slack slack = Slack.getInstance(config);
    List<String> troubles = new ArrayList<>();
    Optional<String> team = Optional.empty();
    Set<String> lacking = new TreeSet<>();
    Set<String> surplus = new TreeSet<>();
    boolean findsPeople = false;
    try {
      if (!settings.botToken().isEmpty()) {
        AuthTestResponse answer = slack.methods(settings.botToken()).authTest(r -> r);
        if (answer.isOk()) {
          team = Optional.of(String.valueOf(answer.getTeam()));
          Optional<Set<String>> granted = scopes(answer.getHttpResponseHeaders());
          compare(granted, lacking, surplus);
          findsPeople = granted.filter(scopes -> scopes.contains(EMAILS)).isPresent();
        } else {
          troubles.add("slack.bot_token is refused: " + answer.getError());
        }
      }
      if (!settings.isHttp() && !settings.appToken().isEmpty()) {
        AppsConnectionsOpenResponse answer =
            slack.methods(settings.appToken()).appsConnectionsOpen(r -> r);
        if (!answer.isOk()) {
          troubles.add(
              "slack.app_token is refused: "
                  + answer.getError()
                  + "; it needs the scope connections:write, and Socket Mode to be on");
        }
      }
    } catch (SlackApiException e) {
      troubles.add("Slack answers with status " + e.getResponse().code());
    } catch (IOException e) {
      troubles.add("Slack can't be reached at " + settings.apiUrl() + ": " + e.getMessage());
    }
    return new SlackCheckup(
        team, List.copyOf(lacking), List.copyOf(surplus), findsPeople, troubles);
  }

  private static void compare(
      Optional<Set<String>> granted, Set<String> lacking, Set<String> surplus) {
    if (granted.isPresent()) {
      lacking.addAll(wanted());
      lacking.removeAll(granted.get());
      surplus.addAll(granted.get());
      surplus.removeAll(wanted());
      surplus.remove(EMAILS);
    }
  }

  private static Optional<Set<String>> scopes(Map<String, List<String>> headers) {
    return headers.entrySet().stream()
        .filter(header -> SCOPES.equalsIgnoreCase(header.getKey()))
        .findFirst()
        .map(
            header -> {
              Set<String> scopes = new TreeSet<>();
              header.getValue().stream()
                  .flatMap(value -> Stream.of(value.split(",")))
                  .map(String::strip)
                  .filter(scope -> !scope.isEmpty())
                  .forEach(scopes::add);
              return scopes;
            });
  }

  /** What the manifest asks for. */
  static Set<String> wanted() {
    try (InputStream in = SlackCheckup.class.getResourceAsStream("/slack-manifest.yaml")) {
      Object scope =
          new Yaml()
              .load(new InputStreamReader(Objects.requireNonNull(in), StandardCharsets.UTF_8));
      for (String key : List.of("oauth_config", "scopes", "bot")) {
        scope = scope instanceof Map<?, ?> map ? map.get(key) : null;
      }
      Set<String> wanted = new TreeSet<>();
      if (scope instanceof List<?> list) {
        list.forEach(one -> wanted.add(String.valueOf(one)));
      }
      return wanted;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
