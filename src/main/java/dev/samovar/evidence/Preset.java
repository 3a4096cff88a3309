package dev.samovar.evidence;

import java.util.HashMap;
import java.util.Map;

/**
 * The names that a whole family of logs uses.
 *
 * @param meaning which family
 * @param fields canonical name to actual name, as in {@link Model#fields()}
 */
public record Preset(
    String name, String meaning, Map<Dataset, String> indices, Map<String, String> fields) {
  public Preset {
    indices = Map.copyOf(indices);
    fields = Map.copyOf(fields);
  }

  /** With the names of a model's own, which win, also over all that is below them. */
  public Map<String, String> fields(Map<String, String> own) {
    Map<String, String> all = new HashMap<>(fields);
    all.keySet()
        .removeIf(name -> own.keySet().stream().anyMatch(mine -> name.startsWith(mine + ".")));
    all.putAll(own);
    return all;
  }

  /** With the indices of a model's own, which win. */
  public Map<Dataset, String> indices(Map<Dataset, String> own) {
    Map<Dataset, String> all = new HashMap<>(indices);
    all.putAll(own);
    return all;
  }
}
