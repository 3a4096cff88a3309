package dev.samovar.store;

/**
 * Where a person was named, and is no more.
 *
 * @param opinions rows of what was said of causes; they still count
 * @param others rows of work that waits or was done
 */
public record Forgotten(int incidents, int handovers, int opinions, int others) {
  public boolean isNothing() {
    return incidents + handovers + opinions + others == 0;
  }
}
