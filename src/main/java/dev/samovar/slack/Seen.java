package dev.samovar.slack;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The last few thousand things that were heard: Slack delivers an event again when unsure. */
final class Seen {
  private static final int MOST = 5000;

  private final Set<String> ids =
      Collections.synchronizedSet(
          Collections.newSetFromMap(
              new LinkedHashMap<String, Boolean>() {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
                  return size() > MOST;
                }
              }));

  /** Whether this is the first time. */
  boolean first(String id) {
    return ids.add(id);
  }
}
