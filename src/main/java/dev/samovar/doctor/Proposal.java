package dev.samovar.doctor;

import dev.samovar.evidence.Dataset;
import java.util.Map;
import java.util.TreeMap;

/**
 * Names that would fit a model's logs better.
 *
 * @param preset empty where the customary names fit, and only the indices are elsewhere
 * @param meaning of the preset
 * @param indices where such events are
 * @param found which fields would be seen, by canonical name
 * @param yaml to paste under {@code models:}
 */
public record Proposal(
    String preset,
    String meaning,
    Map<Dataset, String> indices,
    Map<String, String> found,
    String yaml) {
  public Proposal {
    indices = Map.copyOf(indices);
    found = java.util.Collections.unmodifiableMap(new TreeMap<>(found));
  }
}
