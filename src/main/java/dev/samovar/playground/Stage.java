package dev.samovar.playground;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What is around the workspace: a story that is told, and a time that can be moved. */
public interface Stage {
  /** A story that can be told. */
  record Scene(String id, String words, String question) {}

  /** How far time leaps. */
  enum Leap {
    FIVE_MINUTES,
    HOUR,
    SHIFT,
    DAY
  }

  /** Whether people can act. */
  enum State {
    PREPARING,
    READY,
    LEAPING,
    BROKEN
  }

  /**
   * How it is now.
   *
   * @param scene the story's id
   * @param steps what was done so far to prepare it, the last being under way
   * @param ahead of the real time
   * @param shift who is on call, and until when
   * @param isRepaired whether the trouble is over
   */
  record Situation(
      State state,
      String scene,
      List<String> steps,
      Instant now,
      Duration ahead,
      String shift,
      boolean isRepaired) {
    public Situation {
      steps = List.copyOf(steps);
    }
  }

  List<Scene> scenes();

  Situation situation();

  /** Tells another story, or the same one again, from its beginning. */
  void play(String scene);

  void leap(Leap leap);

  /** From now on nothing is wrong any more. */
  void repair();

  /** From now on hears whenever the situation is another. */
  void tell(Runnable onlooker);
}
