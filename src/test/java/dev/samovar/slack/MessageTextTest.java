package dev.samovar.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.slack.api.model.Attachment;
import java.util.List;
import org.junit.jupiter.api.Test;

class MessageTextTest {
  private static final Attachment ALERT =
      Attachment.builder().title("[FIRING] HighErrorRate").text("fraud-scorer\n5xx 12%").build();

  @Test
  void a_bot_speaks_by_its_attachments() {
    assertThat(MessageText.ofBot("", List.of(ALERT)))
        .isEqualTo("[FIRING] HighErrorRate\nfraud-scorer\n5xx 12%");
    assertThat(MessageText.ofBot("see", List.of(Attachment.builder().fallback("it fell").build())))
        .isEqualTo("see\nit fell");
    assertThat(MessageText.ofBot(null, null)).isEmpty();
  }

  @Test
  void a_person_quotes_what_they_forward() {
    assertThat(MessageText.ofPerson("pls look", List.of(ALERT)))
        .isEqualTo("pls look\n> [FIRING] HighErrorRate\n> fraud-scorer\n> 5xx 12%");
  }
}
