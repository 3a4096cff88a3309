package dev.samovar.evidence;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A change that somebody made, as a deploy pipeline reports it ({@code ml.change}).
 *
 * @param kind one of {@link #KINDS}
 * @param component what was changed
 * @param url where one can read about it
 * @param model the one it concerns; without, it concerns every model that has this component
 */
public record ChangeNote(
    Instant at,
    String kind,
    String component,
    Optional<String> from,
    Optional<String> to,
    Optional<String> author,
    Optional<String> url,
    Optional<String> summary,
    Optional<String> model) {
  public static final List<String> KINDS =
      List.of(
          "code",
          "config",
          "preprocessing",
          "model",
          "data",
          "dependency",
          "feature-flag",
          "infrastructure");
}
