package dev.samovar.grafanaoncall;

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
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The public API of Grafana OnCall, version 1: the final shifts, overrides and swaps included. */
public final class GrafanaOnCall implements ScheduleSource, AutoCloseable {
  private static final int MOST_PAGES = 10;

  private final JsonClient client;

  /**
   * @param url of the API, without {@code /api/v1}
   * @param token of OnCall, or of a service account of Grafana
   * @param stack Grafana's own address, which a service account's token needs
   * @throws IOException where the certificates can't be read
   */
  public GrafanaOnCall(
      String url, String token, Optional<String> stack, Optional<Path> caFile, Clock clock)
      throws IOException {
    Map<String, String> headers = new HashMap<>();
    headers.put("Authorization", token);
    stack.ifPresent(address -> headers.put("X-Grafana-URL", address));
    this.client =
        new JsonClient(
            HttpSettings.of("Grafana OnCall", "grafana_oncall", url, headers).trusting(caFile),
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
    List<Stint> stints = new ArrayList<>();
    boolean isMore = true;
    for (int page = 1; isMore; page++) {
      if (page > MOST_PAGES) {
        throw new EvidenceException(
            EvidenceException.Kind.BROKEN,
            "Grafana OnCall has more than "
                + MOST_PAGES
                + " pages of turns in ten days of schedule "
                + id);
      }
      Question question =
          Question.get("shifts of schedule " + id, "api", "v1", "schedules", id, "final_shifts")
              .with("start_date", day(from).toString())
              .with("end_date", day(to).toString())
              .with("page", String.valueOf(page));
      Optional<Answer> answer = client.find(question, left(end));
      if (answer.isEmpty()) {
        throw new EvidenceException(
            EvidenceException.Kind.BROKEN,
            "Grafana OnCall knows no schedule " + id + ", or the token may not see it");
      }
      JsonNode body = answer.get().body();
      List<JsonNode> items = client.list(question, body, "results");
      for (JsonNode item : items) {
        Stint stint = stint(item);
        if (stint.from().isBefore(to) && stint.to().isAfter(from)) {
          stints.add(stint);
        }
      }
      // Its address is another host's where somebody set it up so: pages are counted instead.
      isMore = !body.path("next").isNull() && body.has("next") && !items.isEmpty();
    }
    return stints.stream().sorted(Comparator.comparing(Stint::from)).toList();
  }

  /** Days are those of UTC. */
  private static LocalDate day(Instant moment) {
    return moment.atZone(ZoneOffset.UTC).toLocalDate();
  }

  private static Duration left(long end) {
    return Duration.ofNanos(Math.max(1, end - System.nanoTime()));
  }

  private static Stint stint(JsonNode item) throws EvidenceException {
    String email = item.path("user_email").asText("");
    String name = item.path("user_username").asText("");
    return new Stint(
        time(item, "shift_start"),
        time(item, "shift_end"),
        new Contact(
            name.isBlank() ? (email.isBlank() ? "somebody" : email) : name.strip(),
            Optional.of(email).filter(text -> text.contains("@")),
            Optional.empty()));
  }

  private static Instant time(JsonNode item, String key) throws EvidenceException {
    try {
      return OffsetDateTime.parse(item.path(key).asText()).toInstant();
    } catch (DateTimeException e) {
      throw new EvidenceException(
          EvidenceException.Kind.BROKEN,
          "Grafana OnCall's answer has a " + key + " that is no time: " + item.path(key).asText(),
          e);
    }
  }

  @Override
  public Presence presence(Duration budget) throws EvidenceException {
    return client.presence(
        Question.get("list of schedules", "api", "v1", "schedules").with("page", "1"),
        budget,
        answer -> "API v1");
  }

  @Override
  public void close() {
    client.close();
  }
}
