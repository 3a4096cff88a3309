package dev.samovar.baseline;

import java.util.Objects;

/** A file can't be profiled; the message is one sentence that names the file and the line. */
public final class BaselineException extends Exception {
  private static final long serialVersionUID = 1L;

  BaselineException(String message, Throwable cause) {
    super(message, cause);
  }

  BaselineException(String message) {
    super(message);
  }

  @Override
  public String getMessage() {
    return Objects.requireNonNull(super.getMessage());
  }
}
