package dev.samovar.airflow;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Why a run failed, in a line: the task that failed first, and how often it was tried. */
final class Failure {
  private Failure() {}

  /**
   * @param tasks task instances, of any state
   */
  static Optional<String> of(List<JsonNode> tasks) {
    List<JsonNode> failed =
        tasks.stream()
            .filter(task -> task.path("state").asText().equals("failed"))
            .filter(task -> !task.path("task_id").asText().isEmpty())
            .sorted(
                Comparator.comparing((JsonNode task) -> task.path("end_date").asText())
                    .thenComparing(task -> task.path("task_id").asText()))
            .toList();
    return failed.stream()
        .findFirst()
        .map(
            first ->
                "task "
                    + first.path("task_id").asText()
                    + " failed"
                    + tries(first.path("try_number").asInt())
                    + (failed.size() == 1 ? "" : ", and " + (failed.size() - 1) + " more"));
  }

  private static String tries(int tries) {
    return tries < 1 ? "" : " after " + tries + (tries == 1 ? " try" : " tries");
  }
}
