package dev.samovar.slack;

import com.slack.api.model.block.DividerBlock;
import com.slack.api.model.block.LayoutBlock;
import com.slack.api.model.block.composition.BlockCompositions;
import com.slack.api.model.block.element.ConversationsSelectElement;
import com.slack.api.model.block.element.StaticSelectElement;
import com.slack.api.model.view.View;
import dev.samovar.conversation.AutoReply;
import dev.samovar.evidence.Model;
import dev.samovar.incidents.Incident;
import dev.samovar.incidents.Incidents;
import dev.samovar.incidents.Precision;
import dev.samovar.incidents.Quiet;
import dev.samovar.incidents.Run;
import dev.samovar.report.Wording;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The app's home: what is open, how the models are, who is on call, how channels are answered.
 * Pure.
 */
final class HomeView {
  private static final int INCIDENTS = 15;
  private static final int MODELS = 40;
  private static final int CHANNELS = 10;
  private static final int TEAMS = 15;

  private HomeView() {}

  /**
   * @param isShown whether the person may read of it
   * @param onCall a line for each team
   * @param channels those whose manners somebody set or asked for
   */
  static View of(
      List<Model> models,
      Incidents incidents,
      Predicate<Incident> isShown,
      List<String> onCall,
      Map<String, AutoReply> channels) {
    List<LayoutBlock> blocks = new ArrayList<>();
    blocks.add(Layout.header("Open incidents"));
    List<Incident> open = incidents.open().stream().filter(isShown).toList();
    if (open.isEmpty()) {
      blocks.add(Layout.section("None. `/triage MODEL` looks at a model."));
    }
    for (Incident incident : open.subList(0, Math.min(INCIDENTS, open.size()))) {
      blocks.add(Layout.section(line(incident)));
    }
    if (open.size() > INCIDENTS) {
      blocks.add(Layout.context((open.size() - INCIDENTS) + " more; `/triage status` lists them."));
    }
    blocks.add(DividerBlock.builder().build());
    blocks.add(Layout.header("Models"));
    blocks.add(Layout.section(states(models, incidents)));
    Precision judged = Precision.overall(incidents.feedback(Instant.EPOCH));
    if (judged.judged() > 0) {
      blocks.add(
          Layout.context(
              "Of the causes that people judged: " + judged + "; `/triage checks` tells of each."));
    }
    if (!onCall.isEmpty()) {
      blocks.add(Layout.header("On call"));
      blocks.add(
          Layout.section(
              String.join("\n", onCall.stream().limit(TEAMS).map(line -> "• " + line).toList())));
    }
    blocks.add(DividerBlock.builder().build());
    blocks.addAll(settings(channels));
    return View.builder().type("home").blocks(blocks).build();
  }

  private static String line(Incident incident) {
    return "*"
        + SlackText.escape(incident.opening().model())
        + "* · "
        + incident.state().label()
        + incident.owner().map(owner -> " · " + SlackText.mention(owner)).orElse("")
        + (Quiet.isGivenUp(incident) ? " · :zzz: quiet" : "")
        + " · "
        + SlackText.time(incident.opening().at())
        + " · <#"
        + SlackText.escape(incident.place().channel())
        + ">\n"
        + AnswerMessage.told(
            AnswerMessage.withoutModel(incident.headline(), incident.opening().model()), 300);
  }

  private static String states(List<Model> models, Incidents incidents) {
    List<String> lines = new ArrayList<>();
    for (Model model : models.subList(0, Math.min(MODELS, models.size()))) {
      Optional<Run> last =
          incidents.ofModel(model.name(), 1).stream()
              .flatMap(incident -> incident.runs().stream())
              .reduce((a, b) -> b);
      lines.add(
          "• *"
              + SlackText.escape(SlackText.cut(model.name(), 60))
              + "* "
              + last.map(run -> Wording.verdict(run.verdict()) + ", " + SlackText.time(run.at()))
                  .orElse("not looked at yet"));
    }
    if (models.size() > MODELS) {
      lines.add((models.size() - MODELS) + " more; `/triage models` lists them.");
    }
    return lines.isEmpty() ? "None are configured." : String.join("\n", lines);
  }

  private static List<LayoutBlock> settings(Map<String, AutoReply> channels) {
    List<LayoutBlock> blocks = new ArrayList<>();
    blocks.add(Layout.header("How I answer in channels"));
    blocks.add(
        Layout.section(
            "Choose a channel to see and change how I answer reports in it.",
            ConversationsSelectElement.builder()
                .actionId(Act.MANNERS.id("channel"))
                .placeholder(BlockCompositions.plainText("Channel"))
                .build()));
    new TreeMap<>(channels)
        .entrySet().stream()
            .limit(CHANNELS)
            .forEach(
                entry ->
                    blocks.add(
                        Layout.section(
                            "<#"
                                + SlackText.escape(entry.getKey())
                                + "> "
                                + meaning(entry.getValue()),
                            select(entry.getKey(), entry.getValue()))));
    return blocks;
  }

  private static StaticSelectElement select(String channel, AutoReply now) {
    StaticSelectElement select =
        Layout.select(
            "Reports",
            Act.MANNERS.id(channel),
            Arrays.stream(AutoReply.values())
                .map(value -> Layout.option(value.label(), value.label()))
                .toList());
    select.setInitialOption(Layout.option(now.label(), now.label()));
    return select;
  }

  static String meaning(AutoReply autoReply) {
    return switch (autoReply) {
      case ON -> "I look at every report and answer in its thread.";
      case ASK -> "I offer to look, to the writer of a report alone.";
      case OFF -> "I stay silent until I am asked.";
    };
  }
}
