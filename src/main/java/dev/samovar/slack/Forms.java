package dev.samovar.slack;

import com.slack.api.model.view.ViewState;
import dev.samovar.incidents.Incident;
import dev.samovar.incidents.Incidents;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does what was written into a form. Each is harmless when sent twice. */
final class Forms {
  private static final Logger LOG = LoggerFactory.getLogger(Forms.class);

  private final Gateway gateway;
  private final Desk desk;
  private final Incidents incidents;
  private final Permissions permissions;
  private final Clock clock;

  Forms(Gateway gateway, Desk desk, Incidents incidents, Permissions permissions, Clock clock) {
    this.gateway = gateway;
    this.permissions = permissions;
    this.desk = desk;
    this.incidents = incidents;
    this.clock = clock;
  }

  /** The owner said who takes over. */
  void handedOver(String key, String incidentId, ViewState state, String user)
      throws SlackException {
    Optional<HandOverView.Filled> filled = HandOverView.read(state);
    Optional<Incident> incident = incidents.find(incidentId);
    if (filled.isEmpty() || incident.isEmpty()) {
      LOG.warn("A handing over belongs to no known incident");
      return;
    }
    String channel = incident.get().place().channel();
    String thread = incident.get().place().thread();
    String to = filled.get().user();
    if (gateway.person(to).isBot()) {
      whisper(channel, thread, user, "Only a person can take it over; that was an app.");
      return;
    }
    Instant now = clock.instant();
    boolean isDone =
        incidents
            .change(
                incidentId,
                one -> one.once(key, same -> same.handedOver(user, to, filled.get().note(), now)))
            .filter(one -> one.handled().contains(key))
            .isPresent();
    if (!isDone) {
      whisper(
          channel,
          thread,
          user,
          "Nothing is handed over: only the owner can, to another, and while it is open.");
      return;
    }
    String note = filled.get().note().strip();
    gateway.postOnce(
        key + " over",
        channel,
        thread,
        OutgoingMessage.words(
            SlackText.mention(to)
                + ", "
                + SlackText.mention(user)
                + " hands this over to you"
                + (note.isEmpty() ? "." : ":\n" + SlackText.lines(note))));
    desk.refresh(incidentId);
  }

  private void whisper(String channel, String thread, String user, String words)
      throws SlackException {
    gateway.whisper(channel, user, thread, OutgoingMessage.words(words));
  }

  /** Somebody said what it really was. */
  void explained(String incidentId, ReallyView.Filled filled, String user) throws SlackException {
    Instant now = clock.instant();
    Optional<Incident> changed =
        incidents.change(
            incidentId, one -> one.explained(filled.cause(), filled.words(), user, now));
    if (changed.isPresent()) {
      desk.refresh(incidentId);
    } else {
      LOG.warn("What it was belongs to no known incident");
    }
  }

  /** The update for stakeholders was written. */
  void updated(String key, String incidentId, ViewState state, String user) throws SlackException {
    Optional<UpdateView.Filled> filled = UpdateView.read(state);
    Optional<Incident> incident = incidents.find(incidentId);
    if (filled.isEmpty() || incident.isEmpty()) {
      LOG.warn("An update for stakeholders belongs to no known incident");
      return;
    }
    String channel = incident.get().place().channel();
    String thread = incident.get().place().thread();
    String model = incident.get().opening().model();
    if (!permissions.maySee(model, filled.get().channel(), "")) {
      permissions.refused(user, filled.get().channel(), "update", incidentId);
      whisper(
          channel,
          thread,
          user,
          "Your update was not posted: this model may not be talked about in that channel. It"
              + " said:\n"
              + SlackText.lines(filled.get().text()));
      return;
    }
    try {
      String words = SlackText.lines(filled.get().text());
      gateway.postOnce(key + " update", filled.get().channel(), null, OutgoingMessage.words(words));
      Instant now = clock.instant();
      incidents.change(
          incidentId,
          one ->
              one.once(
                  key, same -> same.note(now, user, "told stakeholders: " + filled.get().text())));
      gateway.postOnce(
          key + " told",
          channel,
          thread,
          OutgoingMessage.words(
              SlackText.mention(user)
                  + " told stakeholders in <#"
                  + SlackText.escape(filled.get().channel())
                  + ">."));
    } catch (SlackException e) {
      if (!e.isRefusal()) {
        throw e;
      }
      LOG.error("An update could not be posted: {}", e.getMessage(), e);
      try {
        gateway.whisper(
            channel,
            user,
            thread,
            OutgoingMessage.words(
                "Your update was not posted: "
                    + SlackText.escape(String.valueOf(e.getMessage()))
                    + " It said:\n"
                    + SlackText.lines(filled.get().text())));
      } catch (SlackException again) {
        LOG.error("Nor could that be said: {}", again.getMessage());
      }
    }
  }
}
