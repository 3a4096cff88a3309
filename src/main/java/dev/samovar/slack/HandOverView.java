package dev.samovar.slack;

import static com.slack.api.model.block.composition.BlockCompositions.plainText;

import com.slack.api.model.block.InputBlock;
import com.slack.api.model.block.element.PlainTextInputElement;
import com.slack.api.model.block.element.UsersSelectElement;
import com.slack.api.model.view.View;
import com.slack.api.model.view.ViewClose;
import com.slack.api.model.view.ViewState;
import com.slack.api.model.view.ViewSubmit;
import com.slack.api.model.view.ViewTitle;
import dev.samovar.incidents.Incident;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whom an owner hands an incident to, and what that person should know. Pure. */
final class HandOverView {
  private static final String WHO = "hand-over-who";
  private static final String NOTE = "hand-over-note";
  private static final int MOST = 500;

  private HandOverView() {}

  static View of(Incident incident) {
    return View.builder()
        .type("modal")
        .callbackId(Act.HAND_OVER.id())
        .title(ViewTitle.builder().type("plain_text").text("Hand over").build())
        .submit(ViewSubmit.builder().type("plain_text").text("Hand over").build())
        .close(ViewClose.builder().type("plain_text").text("Cancel").build())
        .privateMetadata(incident.id())
        .blocks(
            List.of(
                Layout.context(
                    "Who takes over *"
                        + SlackText.cut(SlackText.escape(incident.opening().model()), 90)
                        + "* is told in the thread."),
                InputBlock.builder()
                    .blockId(WHO)
                    .label(plainText("To whom"))
                    .element(
                        UsersSelectElement.builder()
                            .actionId(WHO)
                            .placeholder(plainText("A person"))
                            .build())
                    .build(),
                InputBlock.builder()
                    .blockId(NOTE)
                    .optional(true)
                    .label(plainText("What they should know"))
                    .element(
                        PlainTextInputElement.builder()
                            .actionId(NOTE)
                            .multiline(true)
                            .maxLength(MOST)
                            .build())
                    .build()))
        .build();
  }

  /**
   * What was written.
   *
   * @param note empty where there is none
   */
  record Filled(String user, String note) {}

  static Optional<Filled> read(ViewState state) {
    String note =
        value(state, NOTE)
            .flatMap(value -> Optional.ofNullable(value.getValue()))
            .map(text -> text.substring(0, Math.min(MOST, text.length())))
            .orElse("");
    return value(state, WHO)
        .flatMap(value -> Optional.ofNullable(value.getSelectedUser()))
        .map(user -> new Filled(user, note));
  }

  private static Optional<ViewState.Value> value(ViewState state, String id) {
    return Optional.ofNullable(state.getValues().getOrDefault(id, Map.of()).get(id));
  }
}
