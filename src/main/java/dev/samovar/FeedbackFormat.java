package dev.samovar;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.samovar.checks.CheckId;
import dev.samovar.incidents.Feedback;
import dev.samovar.incidents.Precision;
import dev.samovar.report.Wording;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** How opinions are exported: one row each. */
enum FeedbackFormat {
  CSV {
    @Override
    String render(List<Feedback> feedback) {
      StringBuilder csv = new StringBuilder(line(COLUMNS));
      feedback.forEach(one -> csv.append(line(cells(one))));
      return csv.toString();
    }
  },
  JSON {
    @Override
    String render(List<Feedback> feedback) {
      ArrayNode rows = MAPPER.createArrayNode();
      for (Feedback one : feedback) {
        ObjectNode row = rows.addObject();
        row.put("at", one.at().toString()).put("incident", one.incident());
        row.put("model", one.model()).put("check", one.check().map(CheckId::id).orElse(null));
        row.put("was_it", one.wasIt()).put("user", one.user());
        if (one.confidence().isPresent()) {
          row.put("confidence", one.confidence().getAsDouble());
        } else {
          row.putNull("confidence");
        }
        if (one.rank().isPresent()) {
          row.put("rank", one.rank().getAsInt());
        } else {
          row.putNull("rank");
        }
        row.put("words", one.words()).put("link", one.link().orElse(null));
      }
      try {
        return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(rows) + "\n";
      } catch (JsonProcessingException e) {
        throw new UncheckedIOException(e);
      }
    }
  },
  TEXT {
    @Override
    String render(List<Feedback> feedback) {
      if (feedback.isEmpty()) {
        return "Nobody has judged a cause in that time.\n";
      }
      StringBuilder text = new StringBuilder();
      for (Feedback one : feedback) {
        text.append(one.at()).append("  ").append(plain(one.model())).append("  ");
        text.append(
            one.check()
                .map(check -> check.id() + (one.wasIt() ? " was it" : " was not it"))
                .orElse("it was “" + plain(one.words()) + "”"));
        one.rank().ifPresent(rank -> text.append(", named ").append(rank).append(". with "));
        one.confidence()
            .ifPresent(sure -> text.append(String.format(Locale.ROOT, "%.0f %%", 100 * sure)));
        text.append(", says ").append(plain(one.user())).append('\n');
      }
      Map<CheckId, Precision> counted = Precision.byCheck(feedback);
      if (!counted.isEmpty()) {
        text.append("\nOf the causes that were named and judged\n");
        counted.forEach(
            (check, precision) ->
                text.append(String.format(Locale.ROOT, "  %-24s%s%n", check.id(), precision)));
        text.append(String.format(Locale.ROOT, "  %-24s%s%n", "all", Precision.overall(feedback)));
      }
      return text.toString();
    }
  };

  private static final List<String> COLUMNS =
      List.of(
          "at",
          "incident",
          "model",
          "check",
          "was_it",
          "user",
          "confidence",
          "rank",
          "words",
          "link");
  private static final ObjectMapper MAPPER = new ObjectMapper();

  abstract String render(List<Feedback> feedback);

  private static List<String> cells(Feedback one) {
    return List.of(
        one.at().toString(),
        one.incident(),
        one.model(),
        one.check().map(CheckId::id).orElse(""),
        String.valueOf(one.wasIt()),
        one.user(),
        one.confidence().isPresent() ? String.valueOf(one.confidence().getAsDouble()) : "",
        one.rank().isPresent() ? String.valueOf(one.rank().getAsInt()) : "",
        one.words(),
        one.link().orElse(""));
  }

  /** RFC 4180: quoted where it must be, lines end with CR LF. */
  private static String line(List<String> cells) {
    return cells.stream().map(FeedbackFormat::cell).collect(Collectors.joining(",")) + "\r\n";
  }

  /** What a spreadsheet would take for a formula becomes text, as OWASP advises. */
  private static String cell(String value) {
    String safe =
        !value.isEmpty() && "=+-@\t\r\n".indexOf(value.charAt(0)) >= 0 ? "'" + value : value;
    boolean isPlain = safe.chars().noneMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
    return isPlain && safe.equals(value) ? safe : '"' + safe.replace("\"", "\"\"") + '"';
  }

  /** Without what a terminal would obey. */
  private static String plain(String text) {
    return Wording.plain(text);
  }
}
