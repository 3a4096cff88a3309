package dev.samovar.evidence;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Another place than the metrics store where figures are, under the names that the field's
 * exporters use: what Kubernetes says of its containers, as kube-state-metrics would.
 */
public interface MetricFeed {
  /** As people know it: “Kubernetes”. */
  String name();

  /** The names of all the metrics that it may have; who asks for others need not wait for it. */
  Set<String> metrics();

  /**
   * All that it knows of the model in the window; points lie where the source says that things were
   * so, which for a present state is its time of asking. Where a person sees the like of a line,
   * its expression is the address of that page.
   *
   * @param budget the whole of it takes no longer
   */
  List<Metrics.Line> lines(Model model, Window window, Duration budget) throws EvidenceException;
}
