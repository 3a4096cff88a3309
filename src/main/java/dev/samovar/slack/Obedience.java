package dev.samovar.slack;

import dev.samovar.conversation.Asked;
import dev.samovar.conversation.Reply;
import java.time.Clock;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does what a slash command says; what only its user needs to see goes to them alone. */
final class Obedience {
  private static final Logger LOG = LoggerFactory.getLogger(Obedience.class);

  private final Permissions permissions;
  private final Gateway gateway;
  private final Desk desk;
  private final Orders orders;
  private final ShiftDesk shiftDesk;
  private final Manners manners;
  private final Clock clock;

  Obedience(
      Permissions permissions,
      Gateway gateway,
      Desk desk,
      Orders orders,
      ShiftDesk shiftDesk,
      Manners manners,
      Clock clock) {
    this.permissions = permissions;
    this.gateway = gateway;
    this.desk = desk;
    this.orders = orders;
    this.shiftDesk = shiftDesk;
    this.manners = manners;
    this.clock = clock;
  }

  /**
   * @throws SlackException where Slack can't be reached, so that it is tried again
   */
  void obey(Errand.Obey order) throws SlackException {
    permissions.asked(order.user(), order.channel(), order.name(), order.text());
    try {
      if (order.name().equals("/handoff")) {
        for (OutgoingMessage part :
            shiftDesk.preview(order.text().strip(), order.channel(), order.user())) {
          gateway.respond(order.responseUrl(), part);
        }
      } else {
        triage(order);
      }
    } catch (SlackException e) {
      if (!e.isRefusal()) {
        throw e;
      }
      LOG.error("A command could not be answered: {}", e.getMessage(), e);
      apologise(
          order,
          "I can't write in this channel ("
              + SlackText.escape(String.valueOf(e.getMessage()))
              + ") Invite me with `/invite @Samovar` and ask again.");
    } catch (RuntimeException e) {
      LOG.error("A command broke", e);
      apologise(order, "Something in me broke; the operators find it in my log. Ask again.");
    }
  }

  private void triage(Errand.Obey order) throws SlackException {
    String channel = order.channel();
    Reply reply =
        permissions
            .conversation(channel, order.user())
            .command(
                order.text(),
                new Asked(
                    clock.instant(),
                    gateway.zone(order.user()),
                    manners
                        .model(channel, gateway.channelName(channel))
                        .filter(model -> permissions.maySee(model.name(), channel, order.user()))));
    if (reply instanceof Reply.Words words) {
      gateway.respond(order.responseUrl(), OutgoingMessage.words(Desk.words(words)));
    } else if (reply instanceof Reply.Doctor asked) {
      gateway.respond(order.responseUrl(), DiagnosisMessage.looking());
      gateway.respondInstead(order.responseUrl(), orders.carryOut(asked, channel, order.user()));
    } else if (reply instanceof Reply.Order asked) {
      gateway.respond(order.responseUrl(), orders.carryOut(asked, channel, order.user()));
    } else if (reply instanceof Reply.Which which) {
      gateway.respond(order.responseUrl(), Menu.of(which, Optional.empty(), Optional.empty()));
    } else {
      desk.answer(Origin.asked(order.key(), channel, Optional.empty(), order.user()), reply);
    }
  }

  private void apologise(Errand.Obey order, String words) {
    try {
      gateway.respond(order.responseUrl(), OutgoingMessage.words(words));
    } catch (SlackException | RuntimeException e) {
      LOG.error("Nor could that be said", e);
    }
  }
}
