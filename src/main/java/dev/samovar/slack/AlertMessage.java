package dev.samovar.slack;

import com.slack.api.model.block.LayoutBlock;
import dev.samovar.alerts.Alert;
import java.util.ArrayList;
import java.util.List;

/** The message that a thread of alerts hangs on: the first alert, and how many there are by now. */
final class AlertMessage {
  private static final int SUMMARY = 600;

  private AlertMessage() {}

  static OutgoingMessage of(AlertHead head, AlertTally tally) {
    Alert alert = head.alert();
    String name = SlackText.escape(alert.name()).replace("*", "");
    String severity = SlackText.escape(alert.severity());
    String title =
        ":rotating_light: *"
            + name
            + "*"
            + (severity.isBlank() ? "" : " · " + severity)
            + (head.place().model().isEmpty()
                ? ""
                : " · " + SlackText.escape(head.place().model()));
    List<String> lines = new ArrayList<>();
    lines.add(title);
    if (!alert.summary().isBlank()) {
      lines.add(SlackText.cut(SlackText.escape(alert.summary()), SUMMARY));
    }
    lines.add("*" + tally.line().replace("*", "") + "*");
    List<LayoutBlock> blocks = new ArrayList<>();
    blocks.add(Layout.section(String.join("\n", lines)));
    blocks.add(Layout.context(details(alert)));
    return new OutgoingMessage(
        "Alert: " + name + (severity.isBlank() ? "" : " (" + severity + ")") + ". " + tally.line(),
        blocks,
        String.join("\n", lines) + "\n" + details(alert));
  }

  private static String details(Alert alert) {
    List<String> details = new ArrayList<>();
    alert.startsAt().ifPresent(at -> details.add("since " + SlackText.time(at)));
    alert.link().ifPresent(link -> details.add(SlackText.link(link, "open in " + alert.source())));
    alert.runbook().ifPresent(link -> details.add(SlackText.link(link, "runbook")));
    details.add("from " + SlackText.escape(alert.source()));
    return String.join(" · ", details);
  }
}
