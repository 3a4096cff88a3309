package dev.samovar.slack;

import dev.samovar.conversation.Reply;
import java.util.List;
import java.util.Optional;

/** “Shall I look?”, seen by the writer of a report alone. Pure. */
final class Offer {
  private Offer() {}

  static OutgoingMessage of(Reply reply, String because, String channel, String ts) {
    String what =
        reply instanceof Reply.Investigate investigate
            ? investigate.request().model().name()
            : "it";
    String text =
        "Shall I look into "
            + SlackText.escape(what)
            + "? I ask because "
            + SlackText.cut(SlackText.escape(because), 250)
            + ". Only you see this; `/triage auto off` ends these questions here.";
    return OutgoingMessage.of(
        text,
        List.of(
            Layout.section(text),
            Layout.actions(
                List.of(
                    Layout.button("Yes, look", Act.LOOK.id(), channel + "|" + ts),
                    Layout.button("No, thanks", Act.DISMISS.id(), ts)))));
  }

  /** The message that was offered to be looked into. */
  record Subject(String channel, String ts) {}

  static Optional<Subject> read(String value) {
    String[] parts = value.split("\\|", -1);
    return parts.length == 2 && parts[1].matches("\\d{1,12}\\.\\d{1,8}")
        ? Optional.of(new Subject(parts[0], parts[1]))
        : Optional.empty();
  }
}
