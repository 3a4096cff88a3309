package dev.samovar.alerts;

import java.util.Locale;
import java.util.Optional;

/** How one kind of sender puts it. */
interface Payload {
  Delivery read(Part body) throws PayloadException;

  /**
   * @param said as the sender calls it
   * @param where the path of the word, for who sent it
   */
  static Alert.State state(Optional<String> said, String where) throws PayloadException {
    String word = said.orElse("firing").toLowerCase(Locale.ROOT);
    return switch (word) {
      case "firing", "active", "alerting", "triggered", "open", "problem" -> Alert.State.FIRING;
      case "resolved", "recovered", "ok", "closed", "inactive", "normal" -> Alert.State.RESOLVED;
      default -> throw new PayloadException(where + " is neither \"firing\" nor \"resolved\".");
    };
  }
}
