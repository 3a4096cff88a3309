package dev.samovar.slack;

/** Slack refused or could not be reached; the message is one sentence. */
public final class SlackException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String code;

  SlackException(String code, String message) {
    super(message);
    this.code = code;
  }

  SlackException(String code, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  SlackException(String message, Throwable cause) {
    this("", message, cause);
  }

  /** Slack's own word, such as {@code not_in_channel}; empty where it gave none. */
  String code() {
    return code;
  }

  /** Whether Slack answered and said no, as to a wrong token; else it could not be reached. */
  public boolean isRefusal() {
    return !code.isEmpty();
  }
}
