package dev.samovar.slack;

import static com.slack.api.model.block.composition.BlockCompositions.plainText;

import com.slack.api.model.block.InputBlock;
import com.slack.api.model.block.element.ConversationsSelectElement;
import com.slack.api.model.block.element.PlainTextInputElement;
import com.slack.api.model.view.View;
import com.slack.api.model.view.ViewClose;
import com.slack.api.model.view.ViewState;
import com.slack.api.model.view.ViewSubmit;
import com.slack.api.model.view.ViewTitle;
import dev.samovar.incidents.Incident;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The draft of an update for stakeholders: a person edits it, and chooses where it goes. Pure. */
final class UpdateView {
  private static final String TEXT = "update-text";
  private static final String WHERE = "update-where";
  private static final int MOST = 2900;

  private UpdateView() {}

  static View of(Incident incident, String draft) {
    return View.builder()
        .type("modal")
        .callbackId(Act.UPDATE.id())
        .title(ViewTitle.builder().type("plain_text").text("Stakeholder update").build())
        .submit(ViewSubmit.builder().type("plain_text").text("Post it").build())
        .close(ViewClose.builder().type("plain_text").text("Cancel").build())
        .privateMetadata(incident.id())
        .blocks(
            List.of(
                Layout.context("A draft in plain words. Read it, change it, choose where it goes."),
                InputBlock.builder()
                    .blockId(TEXT)
                    .label(plainText("What people are told"))
                    .element(
                        PlainTextInputElement.builder()
                            .actionId(TEXT)
                            .multiline(true)
                            .maxLength(MOST)
                            .initialValue(SlackText.cut(draft, MOST))
                            .build())
                    .build(),
                InputBlock.builder()
                    .blockId(WHERE)
                    .label(plainText("Where"))
                    .element(
                        ConversationsSelectElement.builder()
                            .actionId(WHERE)
                            .placeholder(plainText("A channel or a person"))
                            .build())
                    .build()))
        .build();
  }

  /** What was written, and where it shall go. */
  record Filled(String text, String channel) {}

  static Optional<Filled> read(ViewState state) {
    Optional<String> text =
        value(state, TEXT).flatMap(value -> Optional.ofNullable(value.getValue()));
    Optional<String> where =
        value(state, WHERE).flatMap(value -> Optional.ofNullable(value.getSelectedConversation()));
    return text.isPresent() && where.isPresent()
        ? Optional.of(new Filled(text.get(), where.get()))
        : Optional.empty();
  }

  private static Optional<ViewState.Value> value(ViewState state, String id) {
    return Optional.ofNullable(state.getValues().getOrDefault(id, Map.of()).get(id));
  }
}
