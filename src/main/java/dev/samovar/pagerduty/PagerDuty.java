package dev.samovar.pagerduty;

import com.fasterxml.jackson.databind.JsonNode;
import dev.samovar.evidence.EvidenceException;
import dev.samovar.evidence.Presence;
import dev.samovar.http.Answer;
import dev.samovar.http.HttpSettings;
import dev.samovar.http.JsonClient;
import dev.samovar.http.Question;
import dev.samovar.oncall.Contact;
import dev.samovar.oncall.ScheduleSource;
import dev.samovar.oncall.Stint;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * PagerDuty's REST API, version 2. {@code /oncalls} tells people with their addresses, of schedules
 * that an escalation policy uses; of others {@code /schedules} tells the names.
 */
public final class PagerDuty implements ScheduleSource, AutoCloseable {
  private static final int A_PAGE = 100;
  private static final int MOST_PAGES = 10;

  private final JsonClient client;

  /**
   * @param url of the API
   * @throws IOException where the certificates can't be read
   */
  public PagerDuty(String url, String token, Optional<Path> caFile, Clock clock)
      throws IOException {
    this.client =
        new JsonClient(
            HttpSettings.of(
                    "PagerDuty",
                    "pagerduty",
                    url,
                    Map.of(
                        "Authorization",
                        "Token token=" + token,
                        "Accept",
                        "application/vnd.pagerduty+json;version=2"))
                .trusting(caFile),
            clock);
  }

  @Override
  public String name() {
    return client.name();
  }

  @Override
  public List<Stint> stints(String id, Instant from, Instant to, Duration budget)
      throws EvidenceException {
    long end = System.nanoTime() + budget.toNanos();
    // The same person is on call once for each policy that uses the schedule.
    Set<Stint> stints = new LinkedHashSet<>();
    boolean isMore = true;
    for (int page = 0; isMore; page++) {
      Question question =
          Question.get("list of who is on call", "oncalls")
              .with("schedule_ids[]", id)
              .with("include[]", "users")
              .with("since", from.toString())
              .with("until", to.toString())
              .with("time_zone", "UTC")
              .with("limit", String.valueOf(A_PAGE))
              .with("offset", String.valueOf(page * A_PAGE));
      if (page == MOST_PAGES) {
        throw tooMany(id);
      }
      JsonNode body = client.ask(question, left(end)).body();
      List<JsonNode> items = client.list(question, body, "oncalls");
      for (JsonNode item : items) {
        // Who is on call by a policy itself, or by another schedule, is none of this one's.
        if (item.path("schedule").path("id").asText().equals(id)) {
          stint(item).ifPresent(stints::add);
        }
      }
      isMore = body.path("more").asBoolean() && !items.isEmpty();
    }
    if (stints.isEmpty()) {
      stints.addAll(rendered(id, from, to, end));
    }
    return stints.stream().sorted(Comparator.comparing(Stint::from)).toList();
  }

  private List<Stint> rendered(String id, Instant from, Instant to, long end)
      throws EvidenceException {
    Question question =
        Question.get("schedule " + id, "schedules", id)
            .with("since", from.toString())
            .with("until", to.toString())
            .with("time_zone", "UTC");
    Optional<Answer> answer = client.find(question, left(end));
    if (answer.isEmpty()) {
      throw new EvidenceException(
          EvidenceException.Kind.BROKEN,
          "PagerDuty knows no schedule " + id + ", or the token may not see it");
    }
    JsonNode schedule = answer.get().body().path("schedule").path("final_schedule");
    List<Stint> stints = new ArrayList<>();
    for (JsonNode item : client.list(question, schedule, "rendered_schedule_entries")) {
      stint(item).ifPresent(stints::add);
    }
    return stints;
  }

  private static EvidenceException tooMany(String id) {
    return new EvidenceException(
        EvidenceException.Kind.BROKEN,
        "PagerDuty has more than " + A_PAGE * MOST_PAGES + " turns in ten days of schedule " + id);
  }

  private static Duration left(long end) {
    return Duration.ofNanos(Math.max(1, end - System.nanoTime()));
  }

  /** Of one without an end somebody is always on call. */
  private static Optional<Stint> stint(JsonNode item) throws EvidenceException {
    JsonNode user = item.path("user");
    String name =
        user.path("name").asText(user.path("summary").asText(user.path("id").asText())).strip();
    if (name.isEmpty()) {
      return Optional.empty();
    }
    Contact contact =
        new Contact(
            name,
            Optional.of(user.path("email").asText()).filter(text -> text.contains("@")),
            zone(user.path("time_zone").asText()));
    return Optional.of(
        new Stint(
            time(item, "start").orElse(Instant.EPOCH),
            time(item, "end").orElse(Instant.parse("9999-01-01T00:00:00Z")),
            contact));
  }

  private static Optional<Instant> time(JsonNode item, String key) throws EvidenceException {
    JsonNode text = item.path(key);
    if (text.isNull() || text.isMissingNode()) {
      return Optional.empty();
    }
    try {
      return Optional.of(OffsetDateTime.parse(text.asText()).toInstant());
    } catch (DateTimeException e) {
      throw new EvidenceException(
          EvidenceException.Kind.BROKEN,
          "PagerDuty's answer has a " + key + " that is no time: " + text.asText(),
          e);
    }
  }

  private static Optional<ZoneId> zone(String name) {
    return ZoneId.getAvailableZoneIds().contains(name)
        ? Optional.of(ZoneId.of(name))
        : Optional.empty();
  }

  @Override
  public Presence presence(Duration budget) throws EvidenceException {
    return client.presence(
        Question.get("list of who is on call", "oncalls").with("limit", "1"),
        budget,
        answer -> "REST API v2");
  }

  @Override
  public void close() {
    client.close();
  }
}
