package dev.samovar.operations;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import co.elastic.logging.logback.EcsEncoder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DiscreetEncoderTest {
  private final LoggerContext context = new LoggerContext();

  private String line(List<String> secrets, String message, @Nullable Throwable thrown) {
    EcsEncoder json = new EcsEncoder();
    json.setServiceName("samovar");
    json.setContext(context);
    DiscreetEncoder encoder = new DiscreetEncoder(json, secrets);
    encoder.setContext(context);
    encoder.start();
    LoggingEvent event =
        new LoggingEvent(
            "test", context.getLogger("dev.samovar.Test"), Level.WARN, message, thrown, null);
    event.setMDCPropertyMap(Map.of("trace.id", "abc"));
    return new String(encoder.encode((ILoggingEvent) event), StandardCharsets.UTF_8);
  }

  @Test
  void writes_ecs_with_the_trail() throws Exception {
    JsonNode json = new ObjectMapper().readTree(line(List.of(), "hello", null));

    assertThat(json.path("message").asText()).isEqualTo("hello");
    assertThat(json.path("log.level").asText().strip()).isEqualTo("WARN");
    assertThat(json.path("log.logger").asText()).isEqualTo("dev.samovar.Test");
    assertThat(json.path("trace.id").asText()).isEqualTo("abc");
  }

  @Test
  void secrets_are_left_out_of_messages_and_stack_traces() throws Exception {
    String line =
        line(
            List.of("xoxb-secret", "quo\"ted\\one", "xoxb-secret-and-longer"),
            "token xoxb-secret-and-longer and quo\"ted\\one",
            new IllegalStateException("refused xoxb-secret"));

    assertThat(line).doesNotContain("xoxb-secret", "and-longer", "quo\\\"ted", "ted\\\\one");
    JsonNode json = new ObjectMapper().readTree(line);
    assertThat(json.path("message").asText()).isEqualTo("token *** and ***");
    assertThat(json.path("error.message").asText()).isEqualTo("refused ***");
  }

  @Test
  void words_from_outside_are_redacted_and_the_line_stays_json() throws Exception {
    EcsEncoder ecs = new EcsEncoder();
    ecs.setContext(context);
    RedactedJson encoder =
        new RedactedJson(ecs, words -> words.replace("key=\"hunter2\"", "key=\"***\""));
    encoder.setContext(context);
    encoder.start();
    Throwable thrown = new IllegalStateException("key=\"hunter2\" is wrong");
    LoggingEvent event =
        new LoggingEvent(
            "test",
            context.getLogger("dev.samovar.Test"),
            Level.WARN,
            "said \"key=\"hunter2\"\nand more",
            thrown,
            null);
    event.setMDCPropertyMap(Map.of());
    String line = new String(encoder.encode(event), StandardCharsets.UTF_8);

    assertThat(line).doesNotContain("hunter2").endsWith("}\n").hasLineCount(1);
    JsonNode json = new ObjectMapper().readTree(line);
    assertThat(json.path("message").asText()).isEqualTo("said \"key=\"***\"\nand more");
    assertThat(json.path("error.message").asText()).isEqualTo("key=\"***\" is wrong");
    assertThat(json.path("error.stack_trace").asText()).contains("key=\"***\" is wrong");
  }

  @Test
  void a_secret_of_three_letters_would_be_found_in_every_word() {
    assertThat(line(List.of("war"), "a warning", null)).contains("a warning");
  }
}
