package dev.samovar.durability;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** Hands things over to Samovar, each in a channel of its own, and notes what it owes for them. */
final class Debts {
  private static final String TIMELINE = "Timeline of";
  private static final AtomicInteger CHANNELS = new AtomicInteger();

  private final Workspace workspace;
  private final Deliveries deliveries;

  Debts(Workspace workspace, Deliveries deliveries) {
    this.workspace = workspace;
    this.deliveries = deliveries;
  }

  /** Said in an incident channel. */
  Debt overheard() {
    Message message =
        workspace.say("CINC" + CHANNELS.incrementAndGet(), "fraud-scorer is acting weird");
    return answer("report", message, deliveries.event(deliveries.body("message", message)));
  }

  /** Handed over to two at once, as when Slack is unsure that it was taken. */
  Debt overheardTwice() {
    Message message =
        workspace.say("CINC" + CHANNELS.incrementAndGet(), "eta-model is acting weird");
    String body = deliveries.body("message", message);
    return answer(
        "report, twice",
        message,
        deliveries.event(body).thenCombine(deliveries.again(body), (first, second) -> first));
  }

  /** Slack tells of a mention twice, as a mention and as a message. */
  Debt mentioned() {
    Message message =
        workspace.say(
            "CINC" + CHANNELS.incrementAndGet(), "<@U0BOT> what is wrong with fraud-scorer?");
    return answer(
        "mention",
        message,
        deliveries
            .event(deliveries.body("app_mention", message))
            .thenCombine(
                deliveries.event(deliveries.body("message", message)),
                (first, second) -> first && second));
  }

  private Debt answer(String what, Message message, CompletableFuture<Boolean> taken) {
    return new Debt(
        workspace,
        what,
        message.channel(),
        Optional.of(message.ts()),
        one -> one.isOfTheApp() && !one.text().startsWith(TIMELINE),
        Message::isFinalAnswer,
        true,
        taken);
  }

  Debt command() {
    String channel = "CCMD" + CHANNELS.incrementAndGet();
    return new Debt(
        workspace,
        "command",
        channel,
        Optional.empty(),
        Message::isOfTheApp,
        Message::isFinalAnswer,
        false,
        deliveries.once(
            Carrier.Kind.COMMAND,
            Deliveries.command("fraud-scorer since 2h", channel, workspace.responseUrl(channel))));
  }

  /** A press on “Timeline” of a finished answer; one press an answer. */
  Debt pressed(Message answer) {
    return new Debt(
        workspace,
        "press",
        answer.channel(),
        Optional.of(answer.thread().orElse(answer.ts())),
        one -> one.text().startsWith(TIMELINE),
        one -> true,
        false,
        deliveries.once(
            Carrier.Kind.PRESS,
            Deliveries.press(answer.element("samovar:timeline").orElseThrow(), answer, "U1")));
  }
}
