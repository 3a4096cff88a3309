package dev.samovar.slack;

import com.slack.api.model.block.LayoutBlock;
import dev.samovar.incidents.Incident;
import java.util.List;

/** After a day of silence: is it over? And what became of the question. Pure. */
final class QuietQuestion {
  private QuietQuestion() {}

  static OutgoingMessage of(Incident incident) {
    String text =
        incident.owner().map(owner -> SlackText.mention(owner) + ": n").orElse("N")
            + "obody has touched "
            + SlackText.cut(SlackText.escape(incident.opening().model()), 90)
            + " here for a day. Is it over?";
    List<LayoutBlock> blocks =
        List.of(
            Layout.section(text),
            Layout.actions(
                "quiet",
                List.of(
                    Layout.button("It is over", Act.OVER.id(), incident.id()),
                    Layout.button("Still open", Act.STILL_OPEN.id(), incident.id()))));
    return OutgoingMessage.of(text, blocks);
  }

  static OutgoingMessage answered(String user, boolean isOver) {
    String text =
        (isOver ? ":white_check_mark: " : "")
            + SlackText.mention(user)
            + (isOver ? " says it is over." : " says it is still open.");
    return OutgoingMessage.of(text, List.of(Layout.section(text)));
  }
}
