package dev.samovar.slack;

import com.slack.api.model.block.LayoutBlock;
import dev.samovar.conversation.Reply;
import dev.samovar.evidence.Model;
import dev.samovar.triage.Symptom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * “Which model?”. What was said stands in the block's id, so that nothing need be remembered. Pure.
 */
final class Menu {
  /** Slack's menus take 100; more are found by typing a name. */
  private static final int MODELS = 100;

  private Menu() {}

  /**
   * @param thread where the answer shall go; empty for a message of its own
   * @param because why Samovar asks unasked; empty where it was asked
   */
  static OutgoingMessage of(Reply.Which which, Optional<String> thread, Optional<String> because) {
    String text =
        which.models().size() <= MODELS
            ? "Which model?"
            : "Which model? These are the first "
                + MODELS
                + "; `/triage MODEL` takes any of the "
                + which.models().size()
                + ".";
    List<LayoutBlock> blocks = new ArrayList<>();
    blocks.addAll(
        List.of(
            Layout.section(text),
            Layout.actions(
                blockId(which, thread),
                List.of(
                    Layout.select(
                        "Model",
                        Act.CHOOSE.id(),
                        which.models().stream()
                            .limit(MODELS)
                            .map(Model::name)
                            .map(name -> Layout.option(name, name))
                            .toList())))));
    because.map(AnswerMessage::unasked).map(Layout::context).ifPresent(blocks::add);
    String names =
        which.models().stream()
            .limit(20)
            .map(model -> SlackText.escape(model.name()))
            .collect(Collectors.joining(", "));
    return new OutgoingMessage(text, blocks, text + " I know " + names + ".");
  }

  private static String blockId(Reply.Which which, Optional<String> thread) {
    return "which|"
        + which.from().getEpochSecond()
        + "|"
        + which.symptoms().stream().map(Symptom::label).sorted().collect(Collectors.joining(","))
        + "|"
        + thread.orElse("");
  }

  /** What was said when the menu was shown. */
  record Question(Instant from, Set<Symptom> symptoms, Optional<String> thread) {}

  static Optional<Question> read(String blockId) {
    String[] parts = blockId.split("\\|", -1);
    if (parts.length != 4 || !parts[0].equals("which") || !parts[1].matches("\\d{1,12}")) {
      return Optional.empty();
    }
    List<String> labels = Arrays.asList(parts[2].split(","));
    return Optional.of(
        new Question(
            Instant.ofEpochSecond(Long.parseLong(parts[1])),
            Stream.of(Symptom.values())
                .filter(symptom -> labels.contains(symptom.label().toLowerCase(Locale.ROOT)))
                .collect(Collectors.toSet()),
            Optional.of(parts[3]).filter(ts -> !ts.isEmpty())));
  }
}
