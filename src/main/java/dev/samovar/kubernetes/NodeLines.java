package dev.samovar.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import dev.samovar.evidence.Fields;
import dev.samovar.evidence.Metrics.Line;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How a node says it is. */
final class NodeLines {
  static final String CONDITION = "kube_node_status_condition";

  private NodeLines() {}

  static List<Line> of(JsonNode node, Instant seen) {
    String name = node.path("metadata").path("name").asText();
    List<Line> lines = new ArrayList<>();
    for (JsonNode condition : node.path("status").path("conditions")) {
      String type = condition.path("type").asText();
      String status = condition.path("status").asText().toLowerCase(java.util.Locale.ROOT);
      Instant since =
          Times.read(condition.path("lastTransitionTime"))
              .filter(at -> !at.isAfter(seen))
              .orElse(seen);
      if (!type.isEmpty() && !status.isEmpty()) {
        lines.add(
            new Line(
                CONDITION,
                Map.of(Fields.HOST, name, "node", name, "condition", type, "status", status),
                Times.during(since, seen)));
      }
    }
    return lines;
  }
}
