package dev.samovar.evidence;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a model's dependencies should be.
 *
 * @param name of the file
 * @param pinned version by package, names as PEP 503 has them
 * @param unpinned packages without one exact version, sorted
 */
public record LockFile(String name, Map<String, String> pinned, List<String> unpinned) {
  public LockFile {
    pinned = java.util.Collections.unmodifiableMap(new TreeMap<>(pinned));
    unpinned = List.copyOf(unpinned);
  }
}
