package dev.samovar.oncall;

import java.util.Optional;

/** Knows people of another program by their e-mail. */
public interface Directory {
  /** Nobody is known. */
  Directory EMPTY = email -> Optional.empty();

  /**
   * @return the id of the face; empty where nobody has that address, or where that can't be told
   */
  Optional<String> idOf(String email);
}
