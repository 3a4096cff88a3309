package dev.samovar.config;

import dev.samovar.redaction.RedactionSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Reads {@code redaction}. */
final class Redactions {
  private static final String UNNAMED = "custom pattern";

  private Redactions() {}

  static RedactionSettings read(Section root) {
    return root.section("redaction")
        .map(Redactions::settings)
        .orElseGet(() -> new RedactionSettings(false, List.of(), List.of()));
  }

  private static RedactionSettings settings(Section section) {
    boolean ips =
        section
            .parsed(
                "ips",
                text ->
                    text.equals("true") || text.equals("false")
                        ? Optional.of(Boolean.valueOf(text))
                        : Optional.empty(),
                "is neither true nor false")
            .orElse(false);
    List<RedactionSettings.Named> patterns = new ArrayList<>();
    for (Entry item : section.items("patterns")) {
      if (item.node() instanceof ScalarNode) {
        pattern(item, UNNAMED).ifPresent(patterns::add);
      } else {
        item.section().flatMap(Redactions::named).ifPresent(patterns::add);
      }
    }
    RedactionSettings settings = new RedactionSettings(ips, patterns, section.texts("allow"));
    section.end();
    return settings;
  }

  private static Optional<RedactionSettings.Named> named(Section section) {
    Optional<String> name = section.required("name");
    section.required("pattern");
    Optional<RedactionSettings.Named> named =
        section.entry("pattern").flatMap(entry -> pattern(entry, name.orElse(UNNAMED)));
    section.end();
    return named;
  }

  private static Optional<RedactionSettings.Named> pattern(Entry entry, String name) {
    Optional<String> text = entry.text();
    Optional<String> complaint = text.flatMap(RedactionSettings::complaint);
    complaint.ifPresent(what -> entry.wrong(entry.shown() + " " + what));
    return complaint.isPresent()
        ? Optional.empty()
        : text.map(pattern -> new RedactionSettings.Named(name, pattern));
  }
}
