package dev.samovar.slack;

import java.util.List;
import java.util.regex.Pattern;

/** Names of channels as people configure them: {@code #inc-*}, {@code fraud-oncall}, or an id. */
final class ChannelNames {
  private final List<Pattern> patterns;

  ChannelNames(List<String> names) {
    this.patterns = names.stream().map(ChannelNames::glob).toList();
  }

  private static Pattern glob(String name) {
    String bare = name.startsWith("#") ? name.substring(1) : name;
    return Pattern.compile(
        List.of(bare.split("\\*", -1)).stream()
            .map(Pattern::quote)
            .reduce((a, b) -> a + ".*" + b)
            .orElse(""));
  }

  boolean contains(String id, String name) {
    return patterns.stream()
        .anyMatch(pattern -> pattern.matcher(id).matches() || pattern.matcher(name).matches());
  }
}
