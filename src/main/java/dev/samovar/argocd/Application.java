package dev.samovar.argocd;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An application as it is.
 *
 * @param deployments that went through, oldest first
 * @param failure of the last sync, if it failed
 * @param state how it is now, where that is not as it should be; else empty
 */
record Application(
    String name,
    String namespace,
    List<Deployment> deployments,
    Optional<Failure> failure,
    String state) {
  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");
  private static final int SHORT = 10;
  private static final int LONGEST = 200;

  Application {
    deployments = List.copyOf(deployments);
  }

  /**
   * A sync that went through.
   *
   * @param at when it began, where that is told
   * @param revision of a commit or a chart, of each of its sources
   * @param isGit whether the revision is a commit
   * @param author empty where nobody did, or nobody knows
   */
  record Deployment(
      long id, Instant at, String revision, boolean isGit, String author, boolean isAutomated) {
    String shown() {
      return shortened(revision);
    }
  }

  /** A sync that did not go through. */
  record Failure(Instant at, String revision, String author, String message) {
    String shown() {
      return shortened(revision);
    }
  }

  static Application read(JsonNode body) {
    JsonNode status = body.path("status");
    List<Deployment> deployments = new ArrayList<>();
    for (JsonNode entry : status.path("history")) {
      deployment(entry).ifPresent(deployments::add);
    }
    deployments.sort(Comparator.comparing(Deployment::at).thenComparing(Deployment::id));
    return new Application(
        body.path("metadata").path("name").asText(),
        body.path("metadata").path("namespace").asText(),
        deployments,
        failure(status.path("operationState")),
        state(status));
  }

  private static Optional<Deployment> deployment(JsonNode entry) {
    Optional<Instant> at =
        instant(entry.path("deployStartedAt")).or(() -> instant(entry.path("deployedAt")));
    List<String> revisions = new ArrayList<>();
    entry.path("revisions").forEach(one -> revisions.add(one.asText()));
    if (revisions.isEmpty()) {
      revisions.add(entry.path("revision").asText());
    }
    String revision = String.join(", ", revisions);
    JsonNode by = entry.path("initiatedBy");
    boolean isChart = !entry.path("source").path("chart").asText().isEmpty();
    return at.map(
        when ->
            new Deployment(
                entry.path("id").asLong(),
                when,
                revision,
                !isChart && COMMIT.matcher(revision).matches(),
                line(by.path("username").asText()),
                by.path("automated").asBoolean()));
  }

  private static Optional<Failure> failure(JsonNode operation) {
    String phase = operation.path("phase").asText();
    Optional<Instant> at =
        instant(operation.path("finishedAt")).or(() -> instant(operation.path("startedAt")));
    return at.isPresent() && (phase.equals("Failed") || phase.equals("Error"))
        ? Optional.of(
            new Failure(
                at.get(),
                operation.path("operation").path("sync").path("revision").asText(),
                line(operation.path("operation").path("initiatedBy").path("username").asText()),
                line(operation.path("message").asText())))
        : Optional.empty();
  }

  private static String state(JsonNode status) {
    String health = status.path("health").path("status").asText();
    String sync = status.path("sync").path("status").asText();
    List<String> all = new ArrayList<>();
    if (!health.isEmpty() && !health.equals("Healthy")) {
      String message = line(status.path("health").path("message").asText());
      all.add(health + (message.isEmpty() ? "" : " (“" + message + "”)"));
    }
    if (sync.equals("OutOfSync")) {
      all.add("OutOfSync: what runs is not what is in Git");
    }
    return String.join(", ", all);
  }

  private static Optional<Instant> instant(JsonNode text) {
    try {
      return text.isTextual()
          ? Optional.of(OffsetDateTime.parse(text.textValue()).toInstant())
          : Optional.empty();
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /** Commits are cut as people cut them; versions of charts are not. */
  private static String shortened(String revision) {
    return COMMIT.matcher(revision).matches() ? revision.substring(0, SHORT) : line(revision);
  }

  static String line(String text) {
    String line = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
  }
}
