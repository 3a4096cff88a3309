package dev.samovar.standin;

/** What has become different. */
public sealed interface Change {
  /** A message is new, or is another now. */
  record Said(Message message) implements Change {}

  /** A message is gone. */
  record Gone(Message message) implements Change {}

  /** A modal of a person was opened, changed or closed. */
  record Viewed(String user) implements Change {}

  /** Somebody's home of the app is another now. */
  record AtHome(String user) implements Change {}

  /** Everything is. */
  record Emptied() implements Change {}
}
