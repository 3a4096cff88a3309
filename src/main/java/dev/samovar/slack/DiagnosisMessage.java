package dev.samovar.slack;

import com.slack.api.model.block.LayoutBlock;
import dev.samovar.doctor.Diagnosis;
import dev.samovar.doctor.Patient;
import dev.samovar.doctor.Station;
import dev.samovar.report.Wording;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What {@code samovar doctor} prints, as far as it fits in a message: every source, what each
 * model's checks lack, and what to do next. What is to be pasted elsewhere stays with the command.
 * Pure.
 */
final class DiagnosisMessage {
  /** Slack takes 50 blocks, 3,000 characters in each and some 12,000 in all. */
  private static final int SOURCES = 3600;

  private static final int MODELS = 5000;
  private static final int NEXT = 1800;
  private static final int PART = 2600;
  private static final int DETAILS = 4;
  private static final int GROUPS = 6;
  private static final int STEPS = 8;
  private static final int DETAIL = 240;
  private static final int NAME = 60;

  private DiagnosisMessage() {}

  /** Said at once: the answer takes a while. */
  static OutgoingMessage looking() {
    return OutgoingMessage.words("Asking every source, and trying the checks of each model …");
  }

  static OutgoingMessage of(Diagnosis diagnosis) {
    String conclusion = conclusion(diagnosis);
    List<LayoutBlock> blocks = new ArrayList<>();
    blocks.add(Layout.header(":stethoscope: Samovar " + diagnosis.version()));
    blocks.add(Layout.section(conclusion));
    parts(blocks, diagnosis.stations().stream().map(DiagnosisMessage::line).toList(), SOURCES, "");
    parts(
        blocks,
        diagnosis.patients().stream().map(patient -> line(diagnosis, patient)).toList(),
        MODELS,
        "`/triage doctor MODEL` looks at one of the other %d.");
    List<String> next = diagnosis.next();
    if (!next.isEmpty()) {
      blocks.add(Layout.section(SlackText.cut("*Next*\n" + steps(next), NEXT)));
    }
    blocks.add(
        Layout.context(
            "`samovar doctor` prints all of it: fields, YAML and Python to paste, the least"
                + " privileges; `--format json` for a colleague."));
    return new OutgoingMessage(
        conclusion, blocks, SlackText.cut(conclusion + "\n" + steps(next), 3000));
  }

  private static String conclusion(Diagnosis diagnosis) {
    long broken = count(diagnosis, Station.State.BROKEN);
    long odd = count(diagnosis, Station.State.WARNING);
    String sources =
        broken == 0 && odd == 0
            ? "every source is well"
            : (broken == 0
                    ? ""
                    : broken + (broken == 1 ? " source is" : " sources are") + " broken")
                + (broken > 0 && odd > 0 ? ", " : "")
                + (odd == 0 ? "" : odd + (odd == 1 ? " is" : " are") + " not as it should be");
    String models =
        diagnosis.reached()
            ? diagnosis.patients().stream()
                .limit(5)
                .map(
                    one ->
                        SlackText.escape(SlackText.cut(one.model(), NAME))
                            + ": "
                            + diagnosis.canLook(one)
                            + " of "
                            + Diagnosis.checks()
                            + " checks can look")
                .collect(Collectors.joining("; "))
            : "no source of evidence answers, so no check was tried";
    return "*Doctor:* "
        + sources
        + ". "
        + (models.isEmpty() ? "I know no model yet" : models)
        + ".";
  }

  private static long count(Diagnosis diagnosis, Station.State state) {
    return diagnosis.stations().stream().filter(one -> one.state() == state).count();
  }

  private static String line(Station station) {
    StringBuilder line =
        new StringBuilder(icon(station.state()))
            .append(" *")
            .append(SlackText.escape(station.name()))
            .append("* ")
            .append(SlackText.cut(SlackText.escape(station.summary()), DETAIL));
    station.details().stream()
        .limit(DETAILS)
        .forEach(
            detail ->
                line.append("\n      ").append(SlackText.cut(SlackText.escape(detail), DETAIL)));
    return line.toString();
  }

  private static String icon(Station.State state) {
    return switch (state) {
      case OK -> ":white_check_mark:";
      case WARNING -> ":warning:";
      case BROKEN -> ":x:";
      case ABSENT -> ":heavy_minus_sign:";
    };
  }

  private static String line(Diagnosis diagnosis, Patient patient) {
    StringBuilder line =
        new StringBuilder("*")
            .append(SlackText.escape(SlackText.cut(patient.model(), NAME)))
            .append("*: ")
            .append(diagnosis.canLook(patient))
            .append(" of ")
            .append(Diagnosis.checks())
            .append(" checks can look.");
    List<Wording.Unchecked> groups = Wording.unchecked(patient.report());
    for (Wording.Unchecked group : groups.subList(0, Math.min(GROUPS, groups.size()))) {
      line.append("\n• Not ")
          .append(String.join(", ", group.checks()))
          .append(": ")
          .append(SlackText.cut(SlackText.escape(group.reason()), DETAIL));
      if (!group.remedy().isEmpty()) {
        line.append("; ").append(SlackText.cut(SlackText.escapeAroundCode(group.remedy()), DETAIL));
      }
    }
    if (groups.size() > GROUPS) {
      line.append("\n").append(groups.size() - GROUPS).append(" more reasons");
    }
    return line.toString();
  }

  private static String steps(List<String> next) {
    List<String> lines = new ArrayList<>();
    for (String step : next.subList(0, Math.min(STEPS, next.size()))) {
      lines.add(
          (lines.size() + 1) + ". " + SlackText.cut(SlackText.escapeAroundCode(step), DETAIL));
    }
    if (next.size() > STEPS) {
      lines.add((next.size() - STEPS) + " more");
    }
    return String.join("\n", lines);
  }

  /**
   * Lines in as few sections as they need, and no more than there is room for.
   *
   * @param rest said of those that are left out, with their number; empty for nothing
   */
  private static void parts(List<LayoutBlock> blocks, List<String> lines, int most, String rest) {
    StringBuilder part = new StringBuilder();
    int used = 0;
    int said = 0;
    for (String line : lines) {
      String fitting = SlackText.cut(line, PART);
      if (used + fitting.length() > most) {
        break;
      }
      if (part.length() + fitting.length() > PART) {
        blocks.add(Layout.section(part.toString().strip()));
        part.setLength(0);
      }
      part.append(fitting).append('\n');
      used += fitting.length();
      said++;
    }
    if (!part.isEmpty()) {
      blocks.add(Layout.section(part.toString().strip()));
    }
    if (said < lines.size()) {
      blocks.add(
          Layout.context(
              rest.isEmpty()
                  ? (lines.size() - said) + " more"
                  : rest.replace("%d", String.valueOf(lines.size() - said))));
    }
  }
}
