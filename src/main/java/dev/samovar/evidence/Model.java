package dev.samovar.evidence;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A model in production, and where its traces are.
 *
 * @param service {@code service.name} of its application logs
 * @param indices index expressions that differ from the defaults
 * @param fields the names that its events use instead of those in {@link Fields}: canonical name to
 *     actual name. A name that ends a path ({@code ml.features}) stands for all below it.
 * @param upstream pipelines, topics and tables it reads
 * @param metrics extra PromQL by name, each watched
 */
public record Model(
    String name,
    List<String> aliases,
    Optional<String> team,
    String service,
    Optional<String> channel,
    Map<Dataset, String> indices,
    Map<String, String> fields,
    Optional<Retraining> retraining,
    Optional<String> preprocessingPipeline,
    List<String> upstream,
    Optional<String> lockfile,
    Slo slo,
    Map<String, String> metrics) {

  /** How often the model should be trained anew, and by which pipeline. */
  public record Retraining(String pipeline, Duration every) {}

  /**
   * What its users were promised.
   *
   * @param errorRate share of failed requests, 0 to 1
   */
  public record Slo(Optional<Duration> latencyP99, OptionalDouble errorRate) {
    public static final Slo NONE = new Slo(Optional.empty(), OptionalDouble.empty());
  }

  public Model {
    aliases = List.copyOf(aliases);
    indices = Map.copyOf(indices);
    fields = Map.copyOf(fields);
    upstream = List.copyOf(upstream);
    metrics = Map.copyOf(metrics);
  }

  /** A model of which nothing but the name is known: all defaults of CONTRACT.md. */
  public static Model named(String name) {
    return new Model(
        name,
        List.of(),
        Optional.empty(),
        name,
        Optional.empty(),
        Map.of(),
        Map.of(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        Slo.NONE,
        Map.of());
  }

  /** The same with the events of a dataset elsewhere. */
  public Model with(Dataset dataset, String index) {
    Map<Dataset, String> others = new EnumMap<>(Dataset.class);
    others.putAll(indices);
    others.put(dataset, index);
    return new Model(
        name,
        aliases,
        team,
        service,
        channel,
        others,
        fields,
        retraining,
        preprocessingPipeline,
        upstream,
        lockfile,
        slo,
        metrics);
  }

  public String index(Dataset dataset) {
    return indices.getOrDefault(dataset, dataset.defaultIndex());
  }

  /** The name by which this model's events know a field of {@link Fields}. */
  public String fieldName(String canonical) {
    String exact = fields.get(canonical);
    if (exact != null) {
      return exact;
    }
    for (int dot = canonical.lastIndexOf('.'); dot > 0; dot = canonical.lastIndexOf('.', dot - 1)) {
      String parent = fields.get(canonical.substring(0, dot));
      if (parent != null) {
        return parent.isEmpty() ? canonical.substring(dot + 1) : parent + canonical.substring(dot);
      }
    }
    return canonical;
  }
}
