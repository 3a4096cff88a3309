package dev.samovar.slack;

import java.time.Duration;

/** Hears how Samovar fares in Slack, for those who watch it. Called from any thread. */
public interface SlackListener {
  SlackListener NONE =
      new SlackListener() {
        @Override
        public void called(String method, String outcome, Duration took) {}

        @Override
        public void waited(String method, Wait why, Duration wait) {}

        @Override
        public void began(Duration after) {}

        @Override
        public void answered(Duration after) {}
      };

  /** Why a call was put off. */
  enum Wait {
    /** Slack said so, and how long. */
    ASKED,
    /** So that Slack need not. */
    PACE
  }

  /**
   * Slack was called.
   *
   * @param outcome {@code ok}, Slack's own word for what was wrong, {@code http_503}, or {@code
   *     unreachable}
   */
  void called(String method, String outcome, Duration took);

  /** A call of the method was put off. */
  void waited(String method, Wait why, Duration wait);

  /**
   * A look began, and its message is there.
   *
   * @param after since it was asked for
   */
  void began(Duration after);

  /**
   * A look's summary is there.
   *
   * @param after since it was asked for
   */
  void answered(Duration after);
}
