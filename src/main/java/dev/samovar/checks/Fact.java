package dev.samovar.checks;

import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * One piece of evidence, with its figures.
 *
 * @param text a sentence that stands alone
 * @param now the figure in the window; empty where there is none
 * @param before the same figure in the reference
 * @param unit of both: {@code share}, {@code count}, {@code js-distance}, {@code psi}, {@code h}, …
 * @param subject what it is about: a field, host, pipeline or version
 * @param link where a person sees the same
 */
public record Fact(
    String text,
    OptionalDouble now,
    OptionalDouble before,
    String unit,
    String subject,
    Optional<String> link) {

  public static Fact of(String text, String subject) {
    return new Fact(
        text, OptionalDouble.empty(), OptionalDouble.empty(), "", subject, Optional.empty());
  }

  public static Fact of(String text, String subject, double now, double before, String unit) {
    return new Fact(
        text,
        Double.isFinite(now) ? OptionalDouble.of(now) : OptionalDouble.empty(),
        Double.isFinite(before) ? OptionalDouble.of(before) : OptionalDouble.empty(),
        unit,
        subject,
        Optional.empty());
  }

  public Fact linked(@Nullable String url) {
    return new Fact(text, now, before, unit, subject, Optional.ofNullable(url));
  }
}
