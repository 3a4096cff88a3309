package dev.samovar.page;

import dev.samovar.report.Wording;
import dev.samovar.triage.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What to type to look at the same time again. */
final class Command {
  private static final Pattern BARE = Pattern.compile("[A-Za-z0-9_./:][A-Za-z0-9_./:-]*");

  private Command() {}

  static String of(Report report) {
    List<String> words = new ArrayList<>(List.of("java -jar samovar.jar triage"));
    words.add("--from=" + report.window().from());
    words.add("--at=" + report.window().to());
    if (!report.text().isBlank()) {
      words.add("--text=" + quoted(Wording.plain(report.text())));
    }
    String model = Wording.plain(report.model());
    // What begins with a hyphen would be taken for an option.
    words.add((model.startsWith("-") ? "-- " : "") + quoted(model));
    return String.join(" \\\n  ", words);
  }

  /** As a POSIX shell takes it for one word. */
  static String quoted(String text) {
    return BARE.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
  }
}
