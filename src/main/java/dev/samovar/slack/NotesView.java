package dev.samovar.slack;

import static com.slack.api.model.block.composition.BlockCompositions.plainText;

import com.slack.api.model.block.InputBlock;
import com.slack.api.model.block.element.PlainTextInputElement;
import com.slack.api.model.view.View;
import com.slack.api.model.view.ViewClose;
import com.slack.api.model.view.ViewState;
import com.slack.api.model.view.ViewSubmit;
import com.slack.api.model.view.ViewTitle;
import dev.samovar.handoff.Handover;
import dev.samovar.handoff.Note;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What somebody wants the next one to know; their own earlier words stand there to be changed. */
final class NotesView {
  private static final String TEXT = "notes-text";
  private static final int MOST = 2000;

  private NotesView() {}

  static View of(Handover handover, String user) {
    return View.builder()
        .type("modal")
        .callbackId(Act.NOTES.id())
        .title(ViewTitle.builder().type("plain_text").text("Notes for the next").build())
        .submit(ViewSubmit.builder().type("plain_text").text("Keep them").build())
        .close(ViewClose.builder().type("plain_text").text("Cancel").build())
        .privateMetadata(SlackText.cut(handover.id(), 3000))
        .blocks(
            List.of(
                Layout.context(
                    "For the handoff of "
                        + SlackText.escape(SlackText.cut(handover.team(), 200))
                        + ", "
                        + SlackText.time(handover.end())
                        + ". Empty takes your notes back."),
                InputBlock.builder()
                    .blockId(TEXT)
                    .optional(true)
                    .label(plainText("What should the next one know?"))
                    .element(
                        PlainTextInputElement.builder()
                            .actionId(TEXT)
                            .multiline(true)
                            .maxLength(MOST)
                            .initialValue(
                                SlackText.cut(
                                    handover.noteOf(user).map(Note::text).orElse(""), MOST))
                            .build())
                    .build()))
        .build();
  }

  /** Empty where the field was left empty. */
  static String read(ViewState state) {
    return Optional.ofNullable(state.getValues().getOrDefault(TEXT, Map.of()).get(TEXT))
        .flatMap(value -> Optional.ofNullable(value.getValue()))
        .orElse("");
  }
}
