package dev.samovar.work;

/** Who may do what only one may do. */
public interface Claims {
  /**
   * Asks to be the one.
   *
   * @param by a job's key: who asks again, after a crash, is answered as the first time
   * @return whether it is theirs
   */
  boolean claim(String what, String by);
}
