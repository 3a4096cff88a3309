package dev.samovar.slack;

import com.slack.api.model.Attachment;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All that a message says: alerting tools write into attachments, and what people forward arrives
 * as one.
 */
final class MessageText {
  private MessageText() {}

  /** Of another bot: its attachments are its own words. */
  static String ofBot(@Nullable String text, @Nullable List<Attachment> attachments) {
    return join(text, parts(attachments));
  }

  /** Of a person: an attachment is a quotation. */
  static String ofPerson(@Nullable String text, @Nullable List<Attachment> attachments) {
    return join(
        text, parts(attachments).stream().flatMap(String::lines).map(line -> "> " + line).toList());
  }

  private static String join(@Nullable String text, List<String> more) {
    return Stream.concat(Stream.of(text == null ? "" : text), more.stream())
        .filter(part -> !part.isBlank())
        .collect(Collectors.joining("\n"));
  }

  private static List<String> parts(@Nullable List<Attachment> attachments) {
    List<String> parts = new ArrayList<>();
    if (attachments != null) {
      for (Attachment attachment : attachments) {
        List<String> said =
            Stream.of(attachment.getPretext(), attachment.getTitle(), attachment.getText())
                .filter(Objects::nonNull)
                .filter(part -> !part.isBlank())
                .toList();
        parts.addAll(
            said.isEmpty() && attachment.getFallback() != null
                ? List.of(attachment.getFallback())
                : said);
      }
    }
    return parts;
  }
}
