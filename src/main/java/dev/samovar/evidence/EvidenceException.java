package dev.samovar.evidence;

import java.util.Objects;

/** A source could not answer. The message is one sentence a person can act on. */
public final class EvidenceException extends Exception {
  private static final long serialVersionUID = 1L;

  /** What kept the source from answering. */
  public enum Kind {
    /** Refused, unknown host, no route, connection lost. */
    UNREACHABLE,
    /** It did not answer in time. */
    TIMEOUT,
    /** 401 or 403. */
    DENIED,
    /** Some of its shards failed, so that a count would be a part of the truth. */
    PARTIAL,
    /** It answered with an error, or with something that is no answer. */
    BROKEN
  }

  private final Kind kind;

  public EvidenceException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  public EvidenceException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  @Override
  public String getMessage() {
    return Objects.requireNonNull(super.getMessage());
  }

  public Kind kind() {
    return kind;
  }
}
