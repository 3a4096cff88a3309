package dev.samovar.slack;

import com.slack.api.app_backend.interactive_components.payload.BlockActionPayload;
import com.slack.api.app_backend.slash_commands.payload.SlashCommandPayload;
import com.slack.api.app_backend.views.payload.ViewSubmissionPayload;
import com.slack.api.bolt.App;
import com.slack.api.model.Message;
import com.slack.api.model.assistant.SuggestedPrompt;
import com.slack.api.model.event.AppHomeOpenedEvent;
import com.slack.api.model.event.AppMentionEvent;
import com.slack.api.model.event.AssistantThreadStartedEvent;
import com.slack.api.model.event.MessageBotEvent;
import com.slack.api.model.event.MessageEvent;
import com.slack.api.util.json.GsonFactory;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the app hears from Slack. Everything is kept, or handed to the workers, and acknowledged at
 * once: Slack waits three seconds, then says it again.
 */
final class Listeners {
  private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);
  private static final String SHORTCUT = "triage_this";

  /** What opens a view, which Slack allows for 3 s, or only takes away a message. */
  private static final Set<Act> AT_ONCE =
      EnumSet.of(
          Act.DETAILS,
          Act.PAGE,
          Act.UPDATE,
          Act.HAND_OVER,
          Act.NOTES,
          Act.MANNERS,
          Act.DISMISS,
          Act.LINK);

  /** What shows anew each time it is pressed, so that only a double click counts as one. */
  private static final Set<Act> AGAIN_AND_AGAIN = EnumSet.of(Act.RUNBOOK, Act.TIMELINE);

  private final Clicks clicks = new Clicks();
  private final Errands errands;
  private final Presses presses;
  private final Home home;
  private final Gateway gateway;
  private final Permissions permissions;
  private final Executor workers;

  Listeners(
      Errands errands,
      Presses presses,
      Home home,
      Gateway gateway,
      Permissions permissions,
      Executor workers) {
    this.errands = errands;
    this.presses = presses;
    this.home = home;
    this.gateway = gateway;
    this.permissions = permissions;
    this.workers = workers;
  }

  /**
   * @param self the bot's own user id, once it is known
   */
  void register(App app, Supplier<String> self) {
    app.command(
        "/triage",
        (request, context) -> {
          obey(request.getPayload());
          return context.ack();
        });
    app.command(
        "/handoff",
        (request, context) -> {
          obey(request.getPayload());
          return context.ack("Looking at the models …");
        });
    app.event(
        AppMentionEvent.class,
        (payload, context) -> {
          AppMentionEvent event = payload.getEvent();
          if (event.getEdited() == null) {
            hear(
                new Said(
                    payload.getEventId(),
                    event.getChannel(),
                    event.getTs(),
                    event.getThreadTs(),
                    event.getUser(),
                    null,
                    String.valueOf(event.getText()),
                    false,
                    true));
          }
          return context.ack();
        });
    app.event(
        MessageEvent.class,
        (payload, context) -> {
          MessageEvent event = payload.getEvent();
          String text =
              event.getBotId() == null
                  ? MessageText.ofPerson(event.getText(), event.getAttachments())
                  : MessageText.ofBot(event.getText(), event.getAttachments());
          if (!self.get().equals(event.getUser()) && event.getEdited() == null) {
            hear(
                new Said(
                    payload.getEventId(),
                    event.getChannel(),
                    event.getTs(),
                    event.getThreadTs(),
                    event.getBotId() == null ? event.getUser() : null,
                    event.getBotId(),
                    text,
                    "im".equals(event.getChannelType()) && event.getBotId() == null,
                    !self.get().isEmpty() && text.contains("<@" + self.get() + ">")));
          }
          return context.ack();
        });
    app.event(
        MessageBotEvent.class,
        (payload, context) -> {
          MessageBotEvent event = payload.getEvent();
          hear(
              new Said(
                  payload.getEventId(),
                  event.getChannel(),
                  event.getTs(),
                  event.getThreadTs(),
                  null,
                  event.getUsername() == null
                      ? String.valueOf(event.getBotId())
                      : event.getUsername(),
                  MessageText.ofBot(event.getText(), event.getAttachments()),
                  false,
                  false));
          return context.ack();
        });
    app.event(
        AppHomeOpenedEvent.class,
        (payload, context) -> {
          work(() -> home.show(payload.getEvent().getUser(), Optional.empty()));
          return context.ack();
        });
    app.event(
        AssistantThreadStartedEvent.class,
        (payload, context) -> {
          var thread = payload.getEvent().getAssistantThread();
          work(
              () ->
                  greet(
                      thread.getChannelId(),
                      thread.getThreadTs(),
                      String.valueOf(thread.getUserId())));
          return context.ack();
        });
    app.messageShortcut(
        SHORTCUT,
        (request, context) -> {
          var payload = request.getPayload();
          var message = payload.getMessage();
          hear(
              new Said(
                  String.valueOf(payload.getTriggerId()),
                  payload.getChannel().getId(),
                  message.getTs(),
                  message.getThreadTs(),
                  payload.getUser().getId(),
                  null,
                  MessageText.ofPerson(message.getText(), message.getAttachments()),
                  false,
                  true));
          return context.ack();
        });
    app.blockAction(
        Act.ANY,
        (request, context) -> {
          BlockActionPayload payload = request.getPayload();
          for (BlockActionPayload.Action action : payload.getActions()) {
            press(payload, action)
                .ifPresent(press -> press(press, clicks.moment(press.key(), action.getActionTs())));
          }
          return context.ack();
        });
    for (Act form : List.of(Act.UPDATE, Act.HAND_OVER, Act.NOTES)) {
      app.viewSubmission(
          form.id(),
          (request, context) -> {
            take(form, request.getPayload());
            return context.ack();
          });
    }
    app.viewSubmission(
        Act.REALLY.id(),
        (request, context) -> {
          ViewSubmissionPayload payload = request.getPayload();
          if (ReallyView.read(payload.getView().getState()).isEmpty()) {
            return context.ackWithErrors(
                Map.of(ReallyView.WORDS, "Choose a cause, or say it in your words."));
          }
          take(Act.REALLY, payload);
          return context.ack();
        });
    app.viewClosed(Act.ANY, (request, context) -> context.ack());
  }

  private interface Work {
    void run() throws SlackException;
  }

  /** For what is not worth keeping: it is asked for again where it fails. */
  private void work(Work work) {
    try {
      workers.execute(
          () -> {
            try {
              work.run();
            } catch (SlackException e) {
              LOG.error("Slack did not take an answer: {}", e.getMessage(), e);
            } catch (RuntimeException e) {
              LOG.error("Something broke", e);
            }
          });
    } catch (RejectedExecutionException e) {
      LOG.warn("Too busy", e);
    }
  }

  private void hear(Said said) {
    errands.accept(new Errand.Hear(said));
  }

  private void obey(SlashCommandPayload payload) {
    errands.accept(
        new Errand.Obey(
            String.valueOf(payload.getTriggerId()),
            payload.getCommand(),
            payload.getText() == null ? "" : payload.getText(),
            payload.getChannelId(),
            payload.getUserId(),
            payload.getResponseUrl()));
  }

  private void press(Press press, long moment) {
    if (AT_ONCE.contains(press.act())) {
      work(() -> presses.press(press));
    } else {
      errands.accept(new Errand.Feel(press, moment));
    }
  }

  private void take(Act form, ViewSubmissionPayload payload) {
    errands.accept(
        new Errand.Take(
            payload.getView().getId(),
            form,
            payload.getView().getPrivateMetadata(),
            GsonFactory.createSnakeCase().toJson(payload.getView().getState()),
            payload.getUser().getId()));
  }

  private void greet(String channel, String thread, String user) throws SlackException {
    String model =
        permissions.conversation(channel, user).models().stream()
            .map(one -> one.name())
            .findFirst()
            .orElse("MODEL");
    gateway.suggest(
        channel,
        thread,
        List.of(
            SuggestedPrompt.create("What is wrong with " + model + "?"),
            SuggestedPrompt.create(model + " since yesterday"),
            SuggestedPrompt.create("status"),
            SuggestedPrompt.create("help")));
  }

  /**
   * A second click on the same state of a message is the first one again; so is, where Slack tells
   * no state, one within a moment.
   */
  private String key(BlockActionPayload payload, BlockActionPayload.Action action, Act act) {
    Message message = payload.getMessage();
    String thing =
        String.join(
            " ",
            payload.getUser().getId(),
            String.valueOf(payload.getContainer().getChannelId()),
            String.valueOf(payload.getContainer().getMessageTs()),
            SlackText.cut(String.valueOf(action.getActionId()), 100),
            String.valueOf(String.valueOf(action.getValue()).hashCode()));
    boolean isKnown =
        message != null && message.getEdited() != null && !AGAIN_AND_AGAIN.contains(act);
    return thing
        + " "
        + (isKnown
            ? message.getEdited().getTs()
            : String.valueOf(clicks.moment(thing, action.getActionTs())));
  }

  private Optional<Press> press(BlockActionPayload payload, BlockActionPayload.Action action) {
    BlockActionPayload.Container container = payload.getContainer();
    String value =
        action.getSelectedOption() != null
            ? action.getSelectedOption().getValue()
            : action.getSelectedConversation() != null
                ? action.getSelectedConversation()
                : action.getValue();
    return Act.of(action.getActionId())
        .map(
            named ->
                new Press(
                    key(payload, action, named.act()),
                    named.act(),
                    named.detail(),
                    value == null ? "" : value,
                    action.getBlockId() == null ? "" : action.getBlockId(),
                    payload.getUser().getId(),
                    payload.getChannel() == null ? "" : payload.getChannel().getId(),
                    Optional.ofNullable(container.getMessageTs()),
                    Optional.ofNullable(container.getThreadTs()),
                    container.isEphemeral(),
                    String.valueOf(payload.getTriggerId()),
                    Optional.ofNullable(payload.getView()).map(view -> view.getId()),
                    payload.getView() == null
                        ? ""
                        : String.valueOf(payload.getView().getPrivateMetadata()),
                    Optional.ofNullable(payload.getResponseUrl())));
  }
}
