package dev.samovar.slack;

import com.slack.api.Slack;
import com.slack.api.SlackConfig;
import com.slack.api.methods.MethodsClient;
import com.slack.api.methods.SlackApiException;
import com.slack.api.methods.response.users.UsersLookupByEmailResponse;
import dev.samovar.oncall.Directory;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds people of Slack by their e-mail, where the app was given the scope {@code
 * users:read.email}; without it nobody is found, and nobody is asked for again and again.
 */
public final class EmailBook implements Directory {
  private static final Logger LOG = LoggerFactory.getLogger(EmailBook.class);

  /** Who joined, and scopes that were added, are seen after so long. */
  private static final Duration KNOWN = Duration.ofHours(1);

  /** After an answer that was none. */
  private static final Duration AGAIN = Duration.ofMinutes(2);

  private final MethodsClient methods;
  private final Clock clock;
  private final Map<String, Found> found = new ConcurrentHashMap<>();
  private volatile Instant silentUntil = Instant.EPOCH;

  private record Found(Optional<String> id, Instant until) {}

  public EmailBook(SlackSettings settings, Clock clock) {
    SlackConfig config = new SlackConfig();
    config.setMethodsEndpointUrlPrefix(settings.apiUrl());
    config.setProxyUrl(null);
    config.setStatsEnabled(false);
    this.methods = Slack.getInstance(config).methods(settings.botToken());
    this.clock = clock;
  }

  @Override
  public Optional<String> idOf(String email) {
    String address = email.strip().toLowerCase(Locale.ROOT);
    Instant now = clock.instant();
    Found known = found.get(address);
    if (known != null && now.isBefore(known.until())) {
      return known.id();
    }
    if (now.isBefore(silentUntil)) {
      return known == null ? Optional.empty() : known.id();
    }
    return look(address, now);
  }

  private Optional<String> look(String address, Instant now) {
    try {
      UsersLookupByEmailResponse answer = methods.usersLookupByEmail(r -> r.email(address));
      if (answer.isOk() && answer.getUser() != null) {
        return keep(address, Optional.of(answer.getUser().getId()), now);
      }
      if ("users_not_found".equals(answer.getError())) {
        return keep(address, Optional.empty(), now);
      }
      LOG.info("People on call are not looked up in Slack: {}", answer.getError());
      silentUntil = now.plus(KNOWN);
    } catch (SlackApiException | IOException e) {
      LOG.warn("Somebody on call could not be looked up in Slack: {}", e.getMessage());
      silentUntil = now.plus(AGAIN);
    }
    return Optional.empty();
  }

  private Optional<String> keep(String address, Optional<String> id, Instant now) {
    found.put(address, new Found(id, now.plus(KNOWN)));
    return id;
  }
}
