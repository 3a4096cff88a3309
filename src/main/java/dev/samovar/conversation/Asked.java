package dev.samovar.conversation;

import dev.samovar.evidence.Model;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/**
 * What is known besides the words.
 *
 * @param zone of who speaks
 * @param usual the model that is meant where none is named, as in a model's own channel
 */
public record Asked(Instant now, ZoneId zone, Optional<Model> usual) {
  public static Asked at(Instant now, ZoneId zone) {
    return new Asked(now, zone, Optional.empty());
  }
}
