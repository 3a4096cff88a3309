package dev.samovar;

/** Whether a person is looking. */
final class Terminal {
  private Terminal() {}

  @SuppressWarnings("SystemConsoleNull") // From Java 22 on it answers isTerminal(); here null does.
  static boolean isAttached() {
    return System.console() != null;
  }
}
