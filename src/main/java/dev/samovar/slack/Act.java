package dev.samovar.slack;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What people can press or choose. The id in Slack is {@code samovar:own} or {@code
 * samovar:was-it:gpu-memory}.
 */
enum Act {
  /** “I'm on it”. */
  OWN,
  /** The owner gives it to another. */
  HAND_OVER,
  WAS_IT,
  NOT_IT,
  /** Run again. */
  AGAIN,
  /** Watch until well, or stop watching. */
  WATCH,
  DETAILS,
  /** Another check in the details. */
  PAGE,
  RUNBOOK,
  /** A step of the runbook is done. */
  STEP,
  /** Update for stakeholders. */
  UPDATE,
  TIMELINE,
  /** It is over, or not over after all. */
  CLOSE,
  /** “It is over”, when silence asked. */
  OVER,
  /** “Still open”. */
  STILL_OPEN,
  /** What it really was. */
  REALLY,
  /** A model from the menu. */
  CHOOSE,
  /** “Yes, look” to an offer only the writer sees. */
  LOOK,
  /** “No, thanks”. */
  DISMISS,
  /** “I take it”, of a handoff. */
  TAKE,
  /** What the next one should know. */
  NOTES,
  /** The handoff goes now, before the shift's end. */
  HAND_ON,
  /** Links to the report's page end. */
  UNPUBLISH,
  /** The report's page has a link again. */
  PUBLISH,
  /** How a channel is answered, from the app's home. */
  MANNERS,
  /** A link: Slack tells of it, and wants to hear “yes”. */
  LINK;

  private static final String PREFIX = "samovar:";

  /** All ids there are. */
  static final Pattern ANY = Pattern.compile("samovar:.*");

  String id() {
    return PREFIX + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * @param detail letters, digits and hyphens
   */
  String id(String detail) {
    return id() + ":" + detail;
  }

  /** An act and what its id says besides. */
  record Named(Act act, String detail) {}

  static Optional<Named> of(String id) {
    if (!id.startsWith(PREFIX)) {
      return Optional.empty();
    }
    String[] parts = id.substring(PREFIX.length()).split(":", 2);
    return Stream.of(values())
        .filter(act -> act.id().equals(PREFIX + parts[0]))
        .findFirst()
        .map(act -> new Named(act, parts.length > 1 ? parts[1] : ""));
  }
}
