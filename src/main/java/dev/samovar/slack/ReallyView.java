package dev.samovar.slack;

import static com.slack.api.model.block.composition.BlockCompositions.plainText;

import com.slack.api.model.block.InputBlock;
import com.slack.api.model.block.composition.OptionObject;
import com.slack.api.model.block.element.PlainTextInputElement;
import com.slack.api.model.view.View;
import com.slack.api.model.view.ViewClose;
import com.slack.api.model.view.ViewState;
import com.slack.api.model.view.ViewSubmit;
import com.slack.api.model.view.ViewTitle;
import dev.samovar.checks.CheckId;
import dev.samovar.incidents.Incident;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What it really was: one of the causes, or words, or both. Pure. */
final class ReallyView {
  /** Where it is complained that nothing was said. */
  static final String WORDS = "really-words";

  private static final String CAUSE = "really-cause";
  private static final int MOST = 500;

  private ReallyView() {}

  static View of(Incident incident) {
    List<OptionObject> causes =
        Arrays.stream(CheckId.values())
            .filter(check -> check.role() == CheckId.Role.CAUSE)
            .map(check -> Layout.option(check.id(), check.id()))
            .toList();
    return View.builder()
        .type("modal")
        .callbackId(Act.REALLY.id())
        .title(ViewTitle.builder().type("plain_text").text("What was it really?").build())
        .submit(ViewSubmit.builder().type("plain_text").text("Keep it").build())
        .close(ViewClose.builder().type("plain_text").text("Not now").build())
        .privateMetadata(incident.id())
        .blocks(
            List.of(
                Layout.context(
                    "Shown when *"
                        + SlackText.cut(SlackText.escape(incident.opening().model()), 90)
                        + "* or another model looks like this again. It changes no verdict."),
                InputBlock.builder()
                    .blockId(CAUSE)
                    .optional(true)
                    .label(plainText("One of the causes I look for"))
                    .element(Layout.select("A cause", CAUSE, causes))
                    .build(),
                InputBlock.builder()
                    .blockId(WORDS)
                    .optional(true)
                    .label(plainText("In your words: what it was, what helped"))
                    .element(
                        PlainTextInputElement.builder()
                            .actionId(WORDS)
                            .multiline(true)
                            .maxLength(MOST)
                            .build())
                    .build()))
        .build();
  }

  /** What was said. */
  record Filled(Optional<CheckId> cause, String words) {}

  /** Empty where nothing was said. */
  static Optional<Filled> read(ViewState state) {
    String words =
        value(state, WORDS)
            .flatMap(value -> Optional.ofNullable(value.getValue()))
            .map(text -> text.substring(0, Math.min(MOST, text.length())).strip())
            .orElse("");
    Optional<CheckId> cause =
        value(state, CAUSE)
            .flatMap(value -> Optional.ofNullable(value.getSelectedOption()))
            .flatMap(option -> CheckId.of(option.getValue()));
    return cause.isEmpty() && words.isEmpty()
        ? Optional.empty()
        : Optional.of(new Filled(cause, words));
  }

  private static Optional<ViewState.Value> value(ViewState state, String id) {
    return Optional.ofNullable(state.getValues().getOrDefault(id, Map.of()).get(id));
  }
}
