package dev.samovar.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** A workload's selector, as lists of the API take it. */
final class Selector {
  private Selector() {}

  static String of(JsonNode selector) {
    List<String> parts = new ArrayList<>();
    selector
        .path("matchLabels")
        .properties()
        .forEach(label -> parts.add(label.getKey() + "=" + label.getValue().asText()));
    for (JsonNode expression : selector.path("matchExpressions")) {
      String key = expression.path("key").asText();
      List<String> values = new ArrayList<>();
      expression.path("values").forEach(value -> values.add(value.asText()));
      String all = "(" + String.join(",", values) + ")";
      switch (expression.path("operator").asText()) {
        case "In" -> parts.add(key + " in " + all);
        case "NotIn" -> parts.add(key + " notin " + all);
        case "Exists" -> parts.add(key);
        case "DoesNotExist" -> parts.add("!" + key);
        default -> {
          // There are no others; one left out finds a pod too many rather than none.
        }
      }
    }
    return String.join(",", parts);
  }
}
