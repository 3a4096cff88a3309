package dev.samovar.evidence;

import java.util.List;

/**
 * That a source answers, and what of it can't be seen all the same.
 *
 * @param troubles each in a sentence
 */
public record Reach(Presence presence, List<String> troubles) {
  public Reach {
    troubles = List.copyOf(troubles);
  }
}
