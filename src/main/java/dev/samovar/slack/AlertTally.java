package dev.samovar.slack;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How many alerts of a thread fire and how many are over, in a line.
 *
 * @param firing their names, one for each alert, in a steady order
 * @param leftOut how many the sender left out
 */
record AlertTally(List<String> firing, int resolved, long leftOut) {
  private static final int NAMED = 3;
  private static final int NAME = 80;

  AlertTally {
    firing = List.copyOf(firing);
  }

  String line() {
    int all = firing.size() + resolved;
    String line;
    if (firing.isEmpty()) {
      line =
          all == 1 ? ":white_check_mark: resolved" : ":white_check_mark: all " + all + " resolved";
    } else if (resolved == 0) {
      line = all + (all == 1 ? " alert firing: " : " alerts firing: ") + names();
    } else {
      line = resolved + " of " + all + " resolved; firing: " + names();
    }
    return leftOut == 0
        ? line
        : line + " (and " + leftOut + " more that the sender left out of its message)";
  }

  private String names() {
    Map<String, Integer> counts = new LinkedHashMap<>();
    firing.forEach(name -> counts.merge(name, 1, Integer::sum));
    StringBuilder names = new StringBuilder();
    int shown = 0;
    for (Map.Entry<String, Integer> one : counts.entrySet().stream().limit(NAMED).toList()) {
      names
          .append(names.isEmpty() ? "" : ", ")
          .append(SlackText.cut(SlackText.escape(one.getKey()), NAME))
          .append(one.getValue() > 1 ? " (" + one.getValue() + ")" : "");
      shown += one.getValue();
    }
    return shown == firing.size()
        ? names.toString()
        : names + ", …(+" + (firing.size() - shown) + ")";
  }
}
