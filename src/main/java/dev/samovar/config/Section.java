package dev.samovar.config;

import dev.samovar.evidence.Durations;
import dev.samovar.evidence.Nearest;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Keys and values. Every key that is asked for is known; {@link #end} complains of the others. */
final class Section {
  private final MappingNode node;
  private final String path;
  private final Mistakes mistakes;
  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private final Map<String, NodeTuple> tuples = new LinkedHashMap<>();
  private final Set<String> known = new TreeSet<>();

  Section(MappingNode node, String path, Map<String, String> environment, Mistakes mistakes) {
    this.node = node;
    this.path = path;
    this.mistakes = mistakes;
    for (NodeTuple tuple : node.getValue()) {
      String key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
      Entry entry = new Entry(tuple.getValueNode(), join(key), environment, mistakes);
      if (entries.putIfAbsent(key, entry) != null) {
        mistakes.add(tuple.getKeyNode().getStartMark(), join(key), "is here twice");
      }
      tuples.putIfAbsent(key, tuple);
    }
  }

  private String join(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  Optional<Entry> entry(String key) {
    known.add(key);
    return Optional.ofNullable(entries.get(key)).filter(entry -> !entry.isNothing());
  }

  Map<String, Entry> all() {
    known.addAll(entries.keySet());
    return entries;
  }

  /** Empty texts, as of {@code ${KEY:-}}, count as absent. */
  Optional<String> text(String key) {
    return entry(key).flatMap(Entry::text).filter(text -> !text.isBlank());
  }

  Optional<String> required(String key) {
    Optional<Entry> entry = entry(key);
    if (entry.isEmpty()) {
      mistakes.add(node.getStartMark(), join(key), "is missing");
    }
    return text(key);
  }

  Optional<Secret> secret(String key) {
    return text(key).map(Secret::new);
  }

  Optional<Section> section(String key) {
    return entry(key).flatMap(Entry::section);
  }

  List<Entry> items(String key) {
    return entry(key).map(Entry::items).orElse(List.of());
  }

  List<String> texts(String key) {
    return items(key).stream().flatMap(item -> item.text().stream()).toList();
  }

  Optional<Duration> duration(String key) {
    return parsed(key, Durations::parse, "is no duration; write 250ms, 90s, 90m, 2h, 3d or PT2H");
  }

  Optional<Integer> number(String key, int least, int most) {
    return parsed(
        key,
        text ->
            text.matches("\\d{1,9}")
                    && Integer.parseInt(text) >= least
                    && Integer.parseInt(text) <= most
                ? Optional.of(Integer.parseInt(text))
                : Optional.empty(),
        "is not a whole number from " + least + " to " + most);
  }

  Optional<Double> share(String key) {
    return parsed(
        key,
        text ->
            text.matches("0(\\.\\d+)?|1(\\.0+)?|\\.\\d+")
                ? Optional.of(Double.parseDouble(text))
                : Optional.empty(),
        "is not a share from 0 to 1, such as 0.01 for one per cent");
  }

  Optional<String> url(String key) {
    return parsed(key, Section::httpUrl, "is no http:// or https:// address");
  }

  /** Several addresses, as a list or as one text. */
  List<String> urls(String key) {
    Optional<Entry> entry = entry(key);
    if (entry.isPresent() && entry.get().node() instanceof ScalarNode) {
      return url(key).stream().toList();
    }
    List<String> urls = new ArrayList<>();
    for (Entry item : items(key)) {
      Optional<String> text = item.text();
      if (text.isPresent() && httpUrl(text.get()).isEmpty()) {
        item.wrong(item.shown() + " is no http:// or https:// address");
      }
      text.ifPresent(urls::add);
    }
    return urls;
  }

  private static Optional<String> httpUrl(String text) {
    try {
      URI uri = URI.create(text);
      boolean isHttp = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      return isHttp && uri.getHost() != null ? Optional.of(text) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  interface Parser<T> {
    Optional<T> parse(String text);
  }

  <T> Optional<T> parsed(String key, Parser<T> parser, String wrong) {
    Optional<String> text = text(key);
    Optional<T> value = text.flatMap(given -> parser.parse(given.strip()));
    if (text.isPresent() && value.isEmpty()) {
      entry(key).ifPresent(entry -> entry.wrong(entry.shown() + " " + wrong));
    }
    return value;
  }

  /** Complains of every key nobody asked for. */
  void end() {
    entries.forEach(
        (key, entry) -> {
          if (!known.contains(key)) {
            NodeTuple tuple = tuples.get(key);
            mistakes.add(
                tuple == null ? node.getStartMark() : tuple.getKeyNode().getStartMark(),
                entry.path(),
                "unknown key"
                    + Nearest.of(key, known)
                        .map(near -> "; did you mean \"" + near + "\"?")
                        .orElse("; known here are " + String.join(", ", known)));
          }
        });
  }
}
