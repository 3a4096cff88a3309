package dev.samovar.flink;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What a job failed with, oldest first. Flink keeps the last sixteen unless told otherwise; each
 * but the last of a job that is over was followed by a restart.
 */
record Exceptions(List<Entry> all) {
  private static final int LONGEST = 200;

  /** One failure, in a line. */
  record Entry(Instant at, String text) {}

  Exceptions {
    all = List.copyOf(all);
  }

  static Exceptions read(JsonNode body) {
    List<Entry> all = new ArrayList<>();
    for (JsonNode entry : body.path("exceptionHistory").path("entries")) {
      long at = entry.path("timestamp").asLong();
      if (at > 0) {
        all.add(new Entry(Instant.ofEpochMilli(at), text(entry)));
      }
    }
    all.sort(Comparator.comparing(Entry::at));
    return new Exceptions(all);
  }

  private static String text(JsonNode entry) {
    String first = entry.path("stacktrace").asText().lines().findFirst().orElse("").strip();
    String said = first.isEmpty() ? entry.path("exceptionName").asText() : first;
    String task = entry.path("taskName").asText("");
    String line =
        (said + (task.isEmpty() || task.equals("null") ? "" : " in " + task))
            .replaceAll("[\\p{Cntrl}\\s]+", " ");
    return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
  }
}
