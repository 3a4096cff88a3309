package dev.samovar.changes;

import java.util.List;

/** A change that can't be taken as it was given; says what is wrong, and where. */
public final class ChangeException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<Mistake> mistakes;

  /**
   * One thing that is wrong.
   *
   * @param where the key; empty where it is about the whole
   * @param what in words that follow the key and a colon
   */
  public record Mistake(String where, String what) {
    @Override
    public String toString() {
      return where.isEmpty() ? what : where + ": " + what;
    }
  }

  ChangeException(List<Mistake> mistakes) {
    super(String.join("\n", mistakes.stream().map(Mistake::toString).toList()));
    this.mistakes = List.copyOf(mistakes);
  }

  ChangeException(String where, String what) {
    this(List.of(new Mistake(where, what)));
  }

  public List<Mistake> mistakes() {
    return mistakes;
  }
}
