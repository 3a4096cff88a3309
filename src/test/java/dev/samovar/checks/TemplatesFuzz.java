package dev.samovar.checks;

import java.nio.charset.StandardCharsets;

/** Any bytes as the lines of a log: every line ends in a template. */
public final class TemplatesFuzz {
  private TemplatesFuzz() {}

  public static void eat(byte[] bytes) {
    LogTemplates templates = new LogTemplates();
    int lines = 0;
    for (String line : new String(bytes, StandardCharsets.UTF_8).lines().toList()) {
      templates.add(line);
      lines++;
    }
    int counted = 0;
    for (LogTemplates.Template template : templates.templates()) {
      counted += template.lines();
      if (template.words().size() > 8) {
        throw new AssertionError("More words than are asked for");
      }
    }
    if (counted != lines) {
      throw new AssertionError(lines + " lines, " + counted + " in templates");
    }
  }
}
