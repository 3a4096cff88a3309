package dev.samovar.kubernetes;

import java.util.List;
import java.util.Optional;

/**
 * What serves a model.
 *
 * @param names of a Deployment, StatefulSet or InferenceService; the first that there is counts
 * @param selector of labels, which goes before any name
 * @param isNamed whether somebody said so, rather than that it would be called like the model
 */
public record Workload(
    String namespace, List<String> names, Optional<String> selector, boolean isNamed) {
  public Workload {
    names = List.copyOf(names);
  }

  /** For messages. */
  String shown() {
    return selector.map(labels -> "pods with " + labels).orElse(String.join(" or ", names))
        + " in namespace "
        + namespace;
  }
}
