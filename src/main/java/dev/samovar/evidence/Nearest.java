package dev.samovar.evidence;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** What somebody may have meant. */
public final class Nearest {
  private Nearest() {}

  /** The known word nearest to the given one; empty where none is near. */
  public static Optional<String> of(String word, Collection<String> known) {
    String wanted = word.toLowerCase(Locale.ROOT);
    return known.stream()
        .filter(
            candidate -> distance(wanted, candidate.toLowerCase(Locale.ROOT)) <= tolerated(word))
        .min(
            Comparator.comparingInt(
                    (String candidate) -> distance(wanted, candidate.toLowerCase(Locale.ROOT)))
                .thenComparingInt(candidate -> Math.abs(candidate.length() - word.length()))
                .thenComparing(Comparator.naturalOrder()));
  }

  private static int tolerated(String word) {
    return Math.max(1, Math.min(4, word.length() / 3 + 1));
  }

  /** Levenshtein's, with a swap of neighbours as one edit; a beginning is two edits away. */
  static int distance(String a, String b) {
    if (a.length() > 2 && b.length() > 2 && (a.startsWith(b) || b.startsWith(a))) {
      return a.equals(b) ? 0 : 2;
    }
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        d[i][j] = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + change);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
