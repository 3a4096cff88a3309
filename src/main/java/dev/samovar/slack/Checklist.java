package dev.samovar.slack;

import com.slack.api.model.block.LayoutBlock;
import dev.samovar.checks.CheckId;
import dev.samovar.incidents.Incident;
import dev.samovar.incidents.Tick;
import dev.samovar.runbooks.Runbooks;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A runbook's steps in the thread, ticked by whoever does them. Pure. */
final class Checklist {
  /** Slack takes 50 blocks; each part has a heading. */
  private static final int STEPS = 18;

  private static final int TEXT = 250;
  private static final int COMMANDS = 200;

  private Checklist() {}

  static OutgoingMessage of(Incident incident, CheckId check, Runbooks runbooks) {
    List<Runbooks.Step> all = runbooks.steps(check);
    List<Runbooks.Step> steps = all.subList(0, Math.min(STEPS, all.size()));
    Optional<Incident.Checklist> list = incident.checklist(check);
    long done = list.map(ticks -> (long) ticks.done().size()).orElse(0L);
    String page =
        runbooks.link(check).map(link -> SlackText.link(link, check.id())).orElse(check.id());
    String text = "Runbook " + check.id() + ": " + done + " of " + steps.size() + " steps done";
    List<LayoutBlock> blocks = new ArrayList<>();
    blocks.add(
        Layout.section("*Runbook* " + page + " · " + done + " of " + steps.size() + " steps done"));
    String part = "";
    List<String> plain = new ArrayList<>(List.of(text));
    for (int i = 0; i < steps.size(); i++) {
      Runbooks.Step step = steps.get(i);
      if (!step.part().equals(part)) {
        part = step.part();
        blocks.add(Layout.context("*" + SlackText.escape(part) + "*"));
      }
      int number = i;
      Optional<Tick> tick = list.flatMap(ticks -> ticks.tick(number));
      String told = step(i, step, tick, incident.opening().model());
      plain.add(told);
      blocks.add(
          Layout.section(
              told,
              Layout.button(
                  tick.isPresent() ? "Undo" : "Done",
                  Act.STEP.id(check.id() + "-" + i),
                  incident.id())));
    }
    if (all.size() > steps.size()) {
      blocks.add(
          Layout.context((all.size() - steps.size()) + " more steps are on the page: " + page));
    }
    return new OutgoingMessage(text, blocks, String.join("\n", plain));
  }

  /** A step as it reads for that model. */
  static String words(String step, String model) {
    return SlackText.cut(SlackText.escape(step.replace("/triage MODEL", "/triage " + model)), TEXT);
  }

  private static String step(int index, Runbooks.Step step, Optional<Tick> tick, String model) {
    String words = words(step.text(), model);
    StringBuilder text = new StringBuilder();
    text.append(tick.isPresent() ? ":white_check_mark: " : "").append(index + 1).append(". ");
    text.append(tick.isPresent() ? "~" + words + "~" : words);
    tick.ifPresent(
        done ->
            text.append(" ")
                .append(SlackText.mention(done.user()))
                .append(" ")
                .append(SlackText.time(done.at())));
    if (tick.isEmpty() && !step.commands().isEmpty()) {
      text.append("\n```")
          .append(SlackText.cut(SlackText.lines(String.join("\n", step.commands())), COMMANDS))
          .append("```");
    }
    return text.toString();
  }

  /** {@code gpu-memory-3}: the check and the step. */
  static Optional<Step> step(String detail) {
    int dash = detail.lastIndexOf('-');
    if (dash < 0 || !detail.substring(dash + 1).matches("\\d{1,3}")) {
      return Optional.empty();
    }
    return CheckId.of(detail.substring(0, dash))
        .map(check -> new Step(check, Integer.parseInt(detail.substring(dash + 1))));
  }

  /** Which step of which page. */
  record Step(CheckId check, int index) {}
}
