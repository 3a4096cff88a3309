package dev.samovar.alerts;

/** What was sent can't be read. The message is one sentence for who sent it. */
public final class PayloadException extends Exception {
  private static final long serialVersionUID = 1L;

  PayloadException(String message) {
    super(message);
  }

  PayloadException(String message, Throwable cause) {
    super(message, cause);
  }
}
