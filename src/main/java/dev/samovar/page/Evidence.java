package dev.samovar.page;

import dev.samovar.checks.Fact;
import dev.samovar.report.Wording;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A fact with its figures as they are read.
 *
 * @param now empty where there is no figure
 * @param before empty where there is none
 * @param bars both figures to the same scale; empty where they can't be compared by length
 */
public record Evidence(
    String text,
    String subject,
    String now,
    String before,
    Optional<Bars> bars,
    Optional<Link> link) {

  /** Lengths in per cent of the longer one. */
  public record Bars(long now, long before) {}

  static Evidence of(Fact fact) {
    return new Evidence(
        Wording.plain(fact.text()),
        Wording.plain(fact.subject()),
        figure(fact.now(), fact.unit()),
        figure(fact.before(), fact.unit()),
        bars(fact),
        fact.link().flatMap(Link::of));
  }

  static List<Evidence> of(List<Fact> facts) {
    return facts.stream().map(Evidence::of).toList();
  }

  /** Whether there are figures at all. */
  public boolean isMeasured() {
    return !now.isEmpty() || !before.isEmpty();
  }

  private static String figure(OptionalDouble value, String unit) {
    return value.isPresent() ? Wording.plain(Wording.figure(value.getAsDouble(), unit)) : "";
  }

  private static Optional<Bars> bars(Fact fact) {
    if (fact.now().isEmpty() || fact.before().isEmpty()) {
      return Optional.empty();
    }
    double now = fact.now().getAsDouble();
    double before = fact.before().getAsDouble();
    double longest = Math.max(now, before);
    return now >= 0 && before >= 0 && longest > 0 && Double.isFinite(longest)
        ? Optional.of(new Bars(Math.round(100 * now / longest), Math.round(100 * before / longest)))
        : Optional.empty();
  }
}
