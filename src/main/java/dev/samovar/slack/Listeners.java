package dev.samovar.slack;

import com.slack.api.app_backend.interactive_components.payload.BlockActionPayload;
import com.slack.api.app_backend.slash_commands.payload.SlashCommandPayload;
import com.slack.api.bolt.App;
import com.slack.api.bolt.context.builtin.SlashCommandContext;
import com.slack.api.model.assistant.SuggestedPrompt;
import com.slack.api.model.event.AppHomeOpenedEvent;
import com.slack.api.model.event.AppMentionEvent;
import com.slack.api.model.event.AssistantThreadStartedEvent;
import com.slack.api.model.event.MessageBotEvent;
import com.slack.api.model.event.MessageEvent;
import dev.samovar.conversation.Asked;
import dev.samovar.conversation.Conversation;
import dev.samovar.conversation.Reply;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the app hears from Slack. Everything is acknowledged at once and done by the workers: Slack
 * waits three seconds, then says it again.
 */
final class Listeners {
  private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);
  private static final String SHORTCUT = "triage_this";
  private static final String BUSY =
      "I am looking into too many things at once; ask me again in a minute.";

  private final Ear ear;
  private final Desk desk;
  private final Orders orders;
  private final Presses presses;
  private final Forms forms;
  private final ShiftDesk shiftDesk;
  private final Home home;
  private final Gateway gateway;
  private final Conversation conversation;
  private final Manners manners;
  private final Executor workers;
  private final Clock clock;
  private final Seen seen = new Seen();

  Listeners(
      Ear ear,
      Desk desk,
      Orders orders,
      Presses presses,
      Forms forms,
      ShiftDesk shiftDesk,
      Home home,
      Gateway gateway,
      Conversation conversation,
      Manners manners,
      Executor workers,
      Clock clock) {
    this.ear = ear;
    this.desk = desk;
    this.orders = orders;
    this.presses = presses;
    this.forms = forms;
    this.shiftDesk = shiftDesk;
    this.home = home;
    this.gateway = gateway;
    this.conversation = conversation;
    this.manners = manners;
    this.workers = workers;
    this.clock = clock;
  }

  /**
   * @param self the bot's own user id, once it is known
   */
  void register(App app, java.util.function.Supplier<String> self) {
    app.command(
        "/triage",
        (request, context) -> {
          SlashCommandPayload payload = request.getPayload();
          return work(() -> obey(payload, context)) ? context.ack() : context.ack(BUSY);
        });
    app.command(
        "/handoff",
        (request, context) -> {
          SlashCommandPayload payload = request.getPayload();
          return work(() -> handOff(payload, context))
              ? context.ack("Looking at the models …")
              : context.ack(BUSY);
        });
    app.event(
        AppMentionEvent.class,
        (payload, context) -> {
          AppMentionEvent event = payload.getEvent();
          if (event.getEdited() == null) {
            hear(
                payload.getEventId(),
                new Said(
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
                payload.getEventId(),
                new Said(
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
              payload.getEventId(),
              new Said(
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
          work(() -> greet(thread.getChannelId(), thread.getThreadTs()));
          return context.ack();
        });
    app.messageShortcut(
        SHORTCUT,
        (request, context) -> {
          var payload = request.getPayload();
          var message = payload.getMessage();
          work(
              () ->
                  ear.hear(
                      new Said(
                          payload.getChannel().getId(),
                          message.getTs(),
                          message.getThreadTs(),
                          payload.getUser().getId(),
                          null,
                          MessageText.ofPerson(message.getText(), message.getAttachments()),
                          false,
                          true)));
          return context.ack();
        });
    app.blockAction(
        Act.ANY,
        (request, context) -> {
          BlockActionPayload payload = request.getPayload();
          for (BlockActionPayload.Action action : payload.getActions()) {
            press(payload, action).ifPresent(press -> work(() -> presses.press(press)));
          }
          return context.ack();
        });
    app.viewSubmission(
        Act.UPDATE.id(),
        (request, context) -> {
          var payload = request.getPayload();
          work(
              () ->
                  forms.updated(
                      payload.getView().getPrivateMetadata(),
                      payload.getView().getState(),
                      payload.getUser().getId()));
          return context.ack();
        });
    app.viewSubmission(
        Act.HAND_OVER.id(),
        (request, context) -> {
          var payload = request.getPayload();
          work(
              () ->
                  forms.handedOver(
                      payload.getView().getPrivateMetadata(),
                      payload.getView().getState(),
                      payload.getUser().getId()));
          return context.ack();
        });
    app.viewSubmission(
        Act.NOTES.id(),
        (request, context) -> {
          var payload = request.getPayload();
          work(
              () ->
                  shiftDesk.submitted(
                      payload.getView().getPrivateMetadata(),
                      payload.getView().getState(),
                      payload.getUser().getId()));
          return context.ack();
        });
    app.viewSubmission(
        Act.REALLY.id(),
        (request, context) -> {
          var payload = request.getPayload();
          Optional<ReallyView.Filled> filled = ReallyView.read(payload.getView().getState());
          if (filled.isEmpty()) {
            return context.ackWithErrors(
                Map.of(ReallyView.WORDS, "Choose a cause, or say it in your words."));
          }
          work(
              () ->
                  forms.explained(
                      payload.getView().getPrivateMetadata(),
                      filled.get(),
                      payload.getUser().getId()));
          return context.ack();
        });
    app.viewClosed(Act.ANY, (request, context) -> context.ack());
  }

  private interface Work {
    void run() throws SlackException;
  }

  /** Whether there was room for it. */
  private boolean work(Work work) {
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
      return true;
    } catch (RejectedExecutionException e) {
      LOG.warn("Too busy", e);
      return false;
    }
  }

  private void hear(String eventId, Said said) {
    if (seen.first(eventId)) {
      work(() -> ear.hear(said));
    }
  }

  private void greet(String channel, String thread) throws SlackException {
    String model =
        conversation.models().stream().map(one -> one.name()).findFirst().orElse("MODEL");
    gateway.suggest(
        channel,
        thread,
        List.of(
            SuggestedPrompt.create("What is wrong with " + model + "?"),
            SuggestedPrompt.create(model + " since yesterday"),
            SuggestedPrompt.create("status"),
            SuggestedPrompt.create("help")));
  }

  private static Optional<Press> press(
      BlockActionPayload payload, BlockActionPayload.Action action) {
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

  private void obey(SlashCommandPayload payload, SlashCommandContext context) {
    try {
      String channel = payload.getChannelId();
      Reply reply =
          conversation.command(
              payload.getText() == null ? "" : payload.getText(),
              new Asked(
                  clock.instant(),
                  gateway.zone(payload.getUserId()),
                  manners.model(channel, gateway.channelName(channel))));
      if (reply instanceof Reply.Words words) {
        tell(context, OutgoingMessage.words(Desk.words(words)));
      } else if (reply instanceof Reply.Order order) {
        tell(context, orders.carryOut(order, channel, payload.getUserId()));
      } else if (reply instanceof Reply.Which which) {
        tell(context, Menu.of(which, Optional.empty(), Optional.empty()));
      } else {
        desk.answer(Origin.asked(channel, Optional.empty(), payload.getUserId()), reply);
      }
    } catch (SlackException | IOException e) {
      LOG.error("A command could not be answered: {}", e.getMessage(), e);
      apologise(
          context,
          "I can't write in this channel ("
              + SlackText.escape(String.valueOf(e.getMessage()))
              + ") Invite me with `/invite @Samovar` and ask again.");
    } catch (RuntimeException e) {
      LOG.error("A command broke", e);
      apologise(context, "Something in me broke; the operators find it in my log. Ask again.");
    }
  }

  private void handOff(SlashCommandPayload payload, SlashCommandContext context) {
    try {
      String team = payload.getText() == null ? "" : payload.getText().strip();
      for (OutgoingMessage part : shiftDesk.preview(team, payload.getChannelId())) {
        tell(context, part);
      }
    } catch (IOException | RuntimeException e) {
      LOG.error("A handoff could not be shown", e);
      apologise(context, "Something in me broke; the operators find it in my log. Ask again.");
    }
  }

  private static void tell(SlashCommandContext context, OutgoingMessage message)
      throws IOException {
    context.respond(
        r ->
            r.responseType("ephemeral")
                .text(message.text())
                .blocks(message.blocks().isEmpty() ? null : message.blocks()));
  }

  private static void apologise(SlashCommandContext context, String words) {
    try {
      tell(context, OutgoingMessage.words(words));
    } catch (IOException | RuntimeException e) {
      LOG.error("Nor could that be said", e);
    }
  }
}
