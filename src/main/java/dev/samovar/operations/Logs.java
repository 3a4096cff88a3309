package dev.samovar.operations;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.Encoder;
import co.elastic.logging.logback.EcsEncoder;
import java.util.Collection;
import java.util.function.UnaryOperator;
import org.slf4j.ILoggerFactory;
import org.slf4j.LoggerFactory;

/** How the log is written: as text for people, or as JSON in the Elastic Common Schema. */
public final class Logs {
  /** The appender of logback.xml; who brings a logback.xml of their own is left alone. */
  private static final String APPENDER = "STDERR";

  private Logs() {}

  /**
   * @param version of Samovar
   * @param secrets that never stand in the log, whoever logs them
   * @param redaction of words in JSON; the text log has its own, by logback.xml
   */
  public static void write(
      boolean asJson, String version, Collection<String> secrets, UnaryOperator<String> redaction) {
    ILoggerFactory factory = LoggerFactory.getILoggerFactory();
    if (!(factory instanceof LoggerContext context)) {
      return;
    }
    Appender<ILoggingEvent> known =
        context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender(APPENDER);
    if (known instanceof OutputStreamAppender<ILoggingEvent> appender) {
      Encoder<ILoggingEvent> encoder =
          asJson ? json(context, version, redaction) : appender.getEncoder();
      appender.stop();
      Encoder<ILoggingEvent> discreet = new DiscreetEncoder(encoder, secrets);
      discreet.setContext(context);
      discreet.start();
      appender.setEncoder(discreet);
      appender.start();
    }
  }

  private static Encoder<ILoggingEvent> json(
      LoggerContext context, String version, UnaryOperator<String> redaction) {
    EcsEncoder encoder = new EcsEncoder();
    encoder.setServiceName("samovar");
    encoder.setServiceVersion(version);
    encoder.setEventDataset("samovar.log");
    encoder.setContext(context);
    return new RedactedJson(encoder, redaction);
  }
}
