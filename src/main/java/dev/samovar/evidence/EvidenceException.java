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
  private final boolean isResting;

  public EvidenceException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
    this.isResting = false;
  }

  public EvidenceException(Kind kind, String message) {
    this(kind, message, false);
  }

  private EvidenceException(Kind kind, String message, boolean isResting) {
    super(message);
    this.kind = kind;
    this.isResting = isResting;
  }

  /** The source was not asked, since it failed several times running. */
  public static EvidenceException resting(String message) {
    return new EvidenceException(Kind.UNREACHABLE, message, true);
  }

  @Override
  public String getMessage() {
    return Objects.requireNonNull(super.getMessage());
  }

  public Kind kind() {
    return kind;
  }

  /** Whether the source is left alone for a while, and was not asked. */
  public boolean isResting() {
    return isResting;
  }
}
