package dev.samovar.evidence;

import java.time.Duration;
import java.util.List;

/**
 * Another place than the metrics store where figures are, under the names that the field's
 * exporters use: what Kubernetes says of its containers, as kube-state-metrics would.
 */
public interface MetricFeed {
  /** As people know it: “Kubernetes”. */
  String name();

  /**
   * All that it knows of the model in the window; points lie where the source says that things were
   * so, which for a present state is its time of asking.
   *
   * @param budget the whole of it takes no longer
   */
  List<Metrics.Line> lines(Model model, Window window, Duration budget) throws EvidenceException;
}
