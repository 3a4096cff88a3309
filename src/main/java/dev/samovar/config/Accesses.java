package dev.samovar.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code models[].access}, which the faces ask for and no investigation does. */
final class Accesses {
  private Accesses() {}

  static Map<String, Configuration.Access> read(Section root) {
    Map<String, Configuration.Access> accesses = new HashMap<>();
    for (Entry item : root.items("models")) {
      Optional<Section> model = item.section();
      Optional<Entry> given = model.flatMap(one -> one.entry("access"));
      Optional<String> name = model.flatMap(one -> one.entry("name")).flatMap(Entry::text);
      if (given.isPresent() && name.isPresent()) {
        accesses.put(name.get(), access(given.get()));
      }
    }
    return accesses;
  }

  /** An access that names nobody would open what somebody meant to close, or close it for all. */
  private static Configuration.Access access(Entry given) {
    Optional<Section> section = given.section();
    Configuration.Access access =
        section
            .map(one -> new Configuration.Access(one.texts("channels"), one.texts("user_groups")))
            .orElseGet(() -> new Configuration.Access(List.of(), List.of()));
    section.ifPresent(Section::end);
    if (access.channels().isEmpty() && access.userGroups().isEmpty()) {
      given.wrong("names neither channels nor user_groups");
    }
    return access;
  }
}
