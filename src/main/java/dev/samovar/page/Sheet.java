package dev.samovar.page;

import java.util.List;
import java.util.Optional;

/**
 * What the page says, in its order. All texts are plain: the template escapes them.
 *
 * @param tone the verdict as the style calls it; the words say it too
 * @param asked the words it was asked in; empty where none were said
 * @param facts what stands in the head: a term and what it is
 * @param causes most likely first
 * @param seen other findings, the worst first
 * @param earlierChanges how many changes are older than those among the moments
 * @param tally {@code 2 found, 14 clear, 1 not checked}
 * @param command repeats the investigation
 * @param course what became of it since; empty where nobody keeps it
 */
public record Sheet(
    String model,
    String tone,
    String verdict,
    String headline,
    String asked,
    List<Term> facts,
    Strip strip,
    List<CauseCard> causes,
    List<Picture> pictures,
    List<Moment> moments,
    int earlierChanges,
    List<CheckCard> seen,
    List<Unseen> unseen,
    List<String> ruledOut,
    List<CheckCard> checks,
    String tally,
    String command,
    RawJson json,
    Optional<Course> course,
    String id,
    String took) {
  public Sheet {
    facts = List.copyOf(facts);
    causes = List.copyOf(causes);
    pictures = List.copyOf(pictures);
    moments = List.copyOf(moments);
    seen = List.copyOf(seen);
    unseen = List.copyOf(unseen);
    ruledOut = List.copyOf(ruledOut);
    checks = List.copyOf(checks);
  }

  /** A term and what it is. */
  public record Term(String term, String says) {}

  /** Checks that could not look, why, and what to do about it. */
  public record Unseen(List<String> checks, String reason, List<Words> remedy) {
    public Unseen {
      checks = List.copyOf(checks);
      remedy = List.copyOf(remedy);
    }
  }

  /** For the browser's tab. */
  public String title() {
    return model + ": " + verdict;
  }
}
