package dev.samovar.slack;

import dev.samovar.checks.CheckId;
import dev.samovar.conversation.Reply;
import dev.samovar.incidents.Feedback;
import dev.samovar.incidents.Incident;
import dev.samovar.incidents.Incidents;
import dev.samovar.incidents.Precision;
import dev.samovar.incidents.Quiet;
import dev.samovar.incidents.State;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Kept incidents, and what people said of the checks, as lists. */
final class Listing {
  private static final int LISTED = 10;

  private final Gateway gateway;
  private final Incidents incidents;
  private final Discretion discretion;
  private final Clock clock;

  Listing(Gateway gateway, Incidents incidents, Discretion discretion, Clock clock) {
    this.gateway = gateway;
    this.incidents = incidents;
    this.discretion = discretion;
    this.clock = clock;
  }

  private interface Line {
    String of(Incident incident);
  }

  /** Those that are open: own ones first, then the newest. */
  OutgoingMessage open(String channel, String user) {
    List<Incident> open = new ArrayList<>(incidents.open());
    open.sort(Comparator.comparing((Incident one) -> one.owner().filter(user::equals).isEmpty()));
    Instant now = clock.instant();
    return list("open", open, channel, user, incident -> status(incident, now));
  }

  OutgoingMessage ofModel(String model, String channel, String user) {
    return list("of " + model, incidents.ofModel(model, 3 * LISTED), channel, user, this::history);
  }

  private OutgoingMessage list(
      String which, List<Incident> all, String channel, String user, Line line) {
    List<Incident> found =
        all.stream().filter(incident -> discretion.mayShow(incident, channel, user)).toList();
    // Of what nobody here may know of, not even that it is hidden is told.
    long known =
        all.stream().filter(incident -> discretion.mayKnow(incident, channel, user)).count();
    long hidden = known - found.size();
    List<String> lines = new ArrayList<>();
    lines.add(
        "*"
            + (found.isEmpty() ? "No" : String.valueOf(found.size()))
            + (found.size() == 1 ? " incident " : " incidents ")
            + SlackText.escape(which)
            + (found.isEmpty() ? ".*" : "*"));
    for (Incident incident : found.subList(0, Math.min(LISTED, found.size()))) {
      lines.add("• " + line.of(incident));
    }
    if (found.size() > LISTED) {
      lines.add((found.size() - LISTED) + " more.");
    }
    if (hidden > 0) {
      lines.add("_What is talked about in private channels is listed there only._");
    }
    return OutgoingMessage.words(String.join("\n", lines));
  }

  private String named(Incident incident) {
    String model = incident.opening().model();
    return incident
        .place()
        .link()
        .or(() -> gateway.link(incident.place().channel(), incident.place().answer()))
        .map(link -> SlackText.link(link, model))
        .orElse(SlackText.escape(model));
  }

  private String status(Incident incident, Instant now) {
    return named(incident)
        + " · "
        + Age.words(Duration.between(incident.opening().at(), now))
        + " old, "
        + incident.state().label()
        + incident.owner().map(owner -> " by " + SlackText.mention(owner)).orElse(", nobody's")
        + " · last activity "
        + Age.words(Duration.between(incident.lastTouched(), now))
        + " ago"
        + (Quiet.isGivenUp(incident) ? " · :zzz: quiet" : "")
        + ": "
        + headline(incident);
  }

  private String history(Incident incident) {
    return named(incident)
        + " "
        + SlackText.time(incident.opening().at())
        + ", "
        + incident.state().label()
        + incident.owner().map(owner -> " by " + SlackText.mention(owner)).orElse("")
        + ": "
        + headline(incident)
        + (incident.isExplained() || incident.state() == State.RESOLVED
            ? " · " + Recollection.outcome(incident, user -> gateway.person(user).name())
            : "");
  }

  private static String headline(Incident incident) {
    return AnswerMessage.told(
        AnswerMessage.withoutModel(incident.headline(), incident.opening().model()), 200);
  }

  /** The questions, each with how often its answer was right as people say. */
  OutgoingMessage checks(Reply.Words questions) {
    List<Feedback> feedback = incidents.feedback(Instant.EPOCH);
    Map<CheckId, Precision> counted = Precision.byCheck(feedback);
    List<String> lines = new ArrayList<>();
    for (String line : questions.lines()) {
      String said =
          counted.entrySet().stream()
              .filter(one -> line.startsWith("`" + one.getKey().id() + "`"))
              .map(one -> " · `" + one.getValue() + "`")
              .findFirst()
              .orElse("");
      lines.add(line + said);
    }
    Precision overall = Precision.overall(feedback);
    lines.add(
        overall.judged() == 0
            ? "Nobody has pressed *This was it* or *Not it* yet; that is counted here."
            : "Of the causes that people judged: `"
                + overall
                + "`. That is counted and shown; it changes no verdict.");
    return OutgoingMessage.words(Desk.words(new Reply.Words(questions.title(), lines)));
  }
}
