package dev.samovar.config;

import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.error.Mark;

/** Gathers what is wrong, so that one run names it all. */
final class Mistakes {
  private final String file;
  private final List<String> lines = new ArrayList<>();

  Mistakes(String file) {
    this.file = file;
  }

  void add(Mark mark, String path, String what) {
    lines.add(
        file
            + ":"
            + (mark.getLine() + 1)
            + ":"
            + (mark.getColumn() + 1)
            + ": "
            + path
            + ": "
            + what);
  }

  List<String> lines() {
    return List.copyOf(lines);
  }

  void end() throws ConfigurationException {
    if (!lines.isEmpty()) {
      throw new ConfigurationException(lines);
    }
  }
}
