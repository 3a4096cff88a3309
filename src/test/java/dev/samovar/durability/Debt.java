package dev.samovar.durability;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/**
 * What Samovar owes for one thing it was handed: exactly one message, in its final state.
 *
 * @param thread where the message must stand; empty for the top of the channel
 * @param fits the message that is owed, at any stage of its life
 * @param isFinal its last stage
 * @param isRedelivered whether Slack would have handed it over again; else what was not
 *     acknowledged is not owed, since its user was told
 * @param taken whether it was acknowledged, in the end
 */
record Debt(
    Workspace workspace,
    String what,
    String channel,
    Optional<String> thread,
    Predicate<Message> fits,
    Predicate<Message> isFinal,
    boolean isRedelivered,
    CompletableFuture<Boolean> taken) {

  private long count() {
    return workspace.ofTheApp(channel, thread).stream().filter(fits).count();
  }

  /** Nothing is owed any more; more than once is settled, too, and wrong. */
  boolean isSettled() {
    if (!taken.isDone()) {
      return false;
    }
    boolean isOwed = isRedelivered || taken.getNow(false);
    return workspace.ofTheApp(channel, thread).stream().filter(fits).allMatch(isFinal)
        && (!isOwed || count() > 0);
  }

  boolean isLost() {
    return !isSettled();
  }

  boolean isDoubled() {
    return count() > 1;
  }

  @Override
  public String toString() {
    return what
        + " in "
        + channel
        + (taken.isDone() ? taken.getNow(false) ? " (taken)" : " (not taken)" : " (pending)")
        + ": "
        + workspace.ofTheApp(channel, thread).stream()
            .map(message -> message.text() + " [" + message.edits() + " edits]")
            .toList();
  }
}
