package dev.samovar.doctor;

import java.util.List;
import java.util.Locale;

/**
 * Something Samovar depends on.
 *
 * @param details each in a sentence
 * @param next what to do, each in a sentence
 */
public record Station(
    String name, State state, String summary, List<String> details, List<String> next) {

  /** How it is with it. */
  public enum State {
    OK,
    /** It works, and something is not as it should be. */
    WARNING,
    BROKEN,
    /** Nobody configured it. */
    ABSENT;

    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public Station {
    details = List.copyOf(details);
    next = List.copyOf(next);
  }

  public static Station ok(String name, String summary) {
    return new Station(name, State.OK, summary, List.of(), List.of());
  }

  public static Station broken(String name, String summary, String next) {
    return new Station(name, State.BROKEN, summary, List.of(), List.of(next));
  }

  public static Station absent(String name, String summary) {
    return new Station(name, State.ABSENT, summary, List.of(), List.of());
  }
}
