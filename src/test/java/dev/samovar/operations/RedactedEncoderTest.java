package dev.samovar.operations;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.joran.spi.JoranException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The very logback.xml of the jar. */
class RedactedEncoderTest {
  @Test
  void no_secret_of_a_message_or_an_exception_is_logged() throws JoranException {
    String key = "sk" + "_live_" + "4eC39HqLyjWDarjtT1zdp7dc";
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    PrintStream usual = System.err;
    System.setErr(new PrintStream(written, true, StandardCharsets.UTF_8));
    try {
      LoggerContext context = new LoggerContext();
      context.setMDCAdapter(new LogbackMDCAdapter());
      JoranConfigurator configurator = new JoranConfigurator();
      configurator.setContext(context);
      configurator.doConfigure(RedactedEncoderTest.class.getResource("/logback.xml"));
      Logger log = context.getLogger("dev.samovar.Some");
      log.setLevel(Level.INFO);
      log.info("refused with {}", key);
      log.error("failed", new IllegalStateException("postgres://u:hunter2!@db/x is down"));
      context.stop();
    } finally {
      System.setErr(usual);
    }
    assertThat(written.toString(StandardCharsets.UTF_8))
        .contains("INFO  Some: refused with [redacted: Stripe key]")
        .contains("IllegalStateException")
        .doesNotContain(key)
        .doesNotContain("hunter2!");
  }
}
