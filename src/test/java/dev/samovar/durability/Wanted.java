package dev.samovar.durability;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** How much of the costly tests the build asks for; what it does not ask for is skipped. */
final class Wanted {
  private Wanted() {}

  static int number(String property) {
    int number = Integer.getInteger(property, 0);
    skipUnless(number > 0, property);
    return number;
  }

  static void flag(String property) {
    skipUnless(Boolean.getBoolean(property), property);
  }

  private static void skipUnless(boolean isWanted, String property) {
    if (!isWanted) {
      System.out.println("Skipped: -D" + property + " asks for it.");
    }
    assumeTrue(isWanted, property + " is not set");
  }

  static long seed() {
    return Long.getLong("kills.seed", 11);
  }
}
