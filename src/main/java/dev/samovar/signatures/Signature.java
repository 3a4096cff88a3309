package dev.samovar.signatures;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A kind of line that is known.
 *
 * @param id stable, such as {@code torch-cuda-out-of-memory}
 * @param cause its class, such as {@code gpu-oom}
 * @param software that writes it, with versions where they differ
 * @param match any of them makes a line this one
 * @param unless any of them makes it none
 * @param example a whole line
 * @param lookalikes lines that are not meant
 */
public record Signature(
    String id,
    String cause,
    String software,
    List<Pattern> match,
    List<Pattern> unless,
    String example,
    List<String> lookalikes) {
  public Signature {
    match = List.copyOf(match);
    unless = List.copyOf(unless);
    lookalikes = List.copyOf(lookalikes);
  }
}
