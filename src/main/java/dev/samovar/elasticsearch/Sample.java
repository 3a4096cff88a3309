package dev.samovar.elasticsearch;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One way in which samples of a metric, by the name that an exporter gives it, lie in documents.
 *
 * @param field that holds the value
 * @param reading how the value there is to be read
 */
record Sample(String metric, Layout layout, String field, Reading reading) {

  /**
   * @param factor by which the value is multiplied, and then
   * @param offset added, to be in the exporter's unit
   * @param only values of another field that the document must have one of
   * @param isSummed whether the documents of one moment, one for each of those values, are parts of
   *     the whole
   * @param isPresence whether the field being there is what is told, as a one
   * @param label that the exporter has and the documents lack, with its value
   * @param naming the label whose value is that of the field itself
   */
  record Reading(
      double factor,
      double offset,
      Optional<Only> only,
      boolean isSummed,
      boolean isPresence,
      Map<String, String> label,
      Optional<String> naming) {
    static final Reading PLAIN =
        new Reading(1, 0, Optional.empty(), false, false, Map.of(), Optional.empty());
  }

  /** A field has one of some values. */
  record Only(String field, List<String> values) {
    Only {
      values = List.copyOf(values);
    }
  }

  static Sample of(String metric, Layout layout, String field) {
    return new Sample(metric, layout, field, Reading.PLAIN);
  }

  /** With the sum over the parts that the values of a field tell apart. */
  private Sample summed(String by, String... parts) {
    return with(
        new Reading(
            1,
            0,
            Optional.of(new Only(by, List.of(parts))),
            true,
            false,
            Map.of(),
            Optional.empty()));
  }

  /** A share in use, as what is left of one. */
  private Sample left(String by, String part) {
    return with(
        new Reading(
            -1,
            1,
            Optional.of(new Only(by, List.of(part))),
            false,
            false,
            Map.of(),
            Optional.empty()));
  }

  /** One, whatever the value: the whole of a share. */
  private Sample whole() {
    return with(new Reading(0, 1, Optional.empty(), false, false, Map.of(), Optional.empty()));
  }

  private Sample labelled(String label, String value) {
    return with(
        new Reading(1, 0, Optional.empty(), false, false, Map.of(label, value), Optional.empty()));
  }

  /** One, where the field has this value. */
  private Sample whereIs(String value, String label, String named) {
    return with(
        new Reading(
            1,
            0,
            Optional.of(new Only(field, List.of(value))),
            false,
            true,
            Map.of(label, named),
            Optional.empty()));
  }

  /** One, with the value of the field as a label. */
  private Sample naming(String label) {
    return with(new Reading(1, 0, Optional.empty(), false, true, Map.of(), Optional.of(label)));
  }

  private Sample with(Reading other) {
    return new Sample(metric, layout, field, other);
  }

  /** All the ways, the most exact first. */
  static List<Sample> of(String metric) {
    return Stream.concat(
            KNOWN.stream().filter(sample -> sample.metric().equals(metric)), byName(metric))
        .toList();
  }

  /** Shippers that keep the exporter's own names. */
  private static Stream<Sample> byName(String metric) {
    return Stream.of(
        of(metric, Layout.PROMETHEUS, "prometheus." + metric + ".counter"),
        of(metric, Layout.PROMETHEUS, "prometheus." + metric + ".value"),
        of(metric, Layout.PROMETHEUS, "prometheus.metrics." + metric),
        of(metric, Layout.OTEL, "metrics." + metric),
        of(metric, Layout.ECS, metric));
  }

  private static final String STATE = "attributes.state";
  private static final String CONDITION = "condition";

  /** Where shippers measure the same by other names, in other units. */
  private static final List<Sample> KNOWN =
      List.of(
          // Metricbeat and Elastic Agent.
          of("node_memory_MemAvailable_bytes", Layout.SYSTEM, "system.memory.actual.free"),
          of("node_memory_MemTotal_bytes", Layout.SYSTEM, "system.memory.total"),
          of("node_filesystem_avail_bytes", Layout.SYSTEM, "system.filesystem.available"),
          of("node_filesystem_size_bytes", Layout.SYSTEM, "system.filesystem.total"),
          of("container_memory_working_set_bytes", Layout.DOCKER, "docker.memory.usage.total"),
          of("container_spec_memory_limit_bytes", Layout.DOCKER, "docker.memory.limit"),
          of(
              "container_memory_working_set_bytes",
              Layout.KUBERNETES,
              "kubernetes.container.memory.workingset.bytes"),
          of(
              "container_spec_memory_limit_bytes",
              Layout.KUBERNETES,
              "kubernetes.container.memory.limit.bytes"),
          of(
              "container_fs_usage_bytes",
              Layout.KUBERNETES,
              "kubernetes.container.rootfs.used.bytes"),
          of(
              "container_fs_limit_bytes",
              Layout.KUBERNETES,
              "kubernetes.container.rootfs.capacity.bytes"),
          of(
              "node_memory_MemAvailable_bytes",
              Layout.KUBERNETES,
              "kubernetes.node.memory.available.bytes"),
          of(
              "node_memory_MemTotal_bytes",
              Layout.KUBERNETES,
              "kubernetes.node.memory.capacity.bytes"),
          of(
              "node_filesystem_avail_bytes",
              Layout.KUBERNETES,
              "kubernetes.node.fs.available.bytes"),
          of("node_filesystem_size_bytes", Layout.KUBERNETES, "kubernetes.node.fs.capacity.bytes"),
          of(
              "kube_pod_container_status_restarts_total",
              Layout.KUBERNETES,
              "kubernetes.container.status.restarts"),
          of(
                  "kube_pod_container_status_last_terminated_reason",
                  Layout.KUBERNETES,
                  "kubernetes.container.status.last_terminated_reason")
              .naming("reason"),
          of(
                  "kube_pod_container_status_waiting_reason",
                  Layout.KUBERNETES,
                  "kubernetes.container.status.reason")
              .naming("reason"),
          of("kube_pod_status_reason", Layout.KUBERNETES, "kubernetes.pod.status.reason")
              .naming("reason"),
          of(
                  "kube_node_status_condition",
                  Layout.KUBERNETES,
                  "kubernetes.node.status.memory_pressure")
              .whereIs("true", CONDITION, "MemoryPressure"),
          of(
                  "kube_node_status_condition",
                  Layout.KUBERNETES,
                  "kubernetes.node.status.disk_pressure")
              .whereIs("true", CONDITION, "DiskPressure"),
          of("kube_node_status_condition", Layout.KUBERNETES, "kubernetes.node.status.pid_pressure")
              .whereIs("true", CONDITION, "PIDPressure"),
          of("kafka_consumergroup_lag", Layout.KAFKA, "kafka.consumergroup.consumer_lag"),
          // OpenTelemetry's receivers for hosts, kubelets, clusters and Kafka.
          of(
              "node_memory_MemAvailable_bytes",
              Layout.OTEL,
              "metrics.system.linux.memory.available"),
          of("node_memory_MemAvailable_bytes", Layout.OTEL, "metrics.system.memory.usage")
              .summed(STATE, "free", "cached", "buffered"),
          of("node_memory_MemTotal_bytes", Layout.OTEL, "metrics.system.memory.usage")
              .summed(STATE, "used", "free", "cached", "buffered"),
          of("node_memory_MemAvailable_bytes", Layout.OTEL, "metrics.system.memory.utilization")
              .left(STATE, "used"),
          of("node_memory_MemTotal_bytes", Layout.OTEL, "metrics.system.memory.utilization")
              .whole(),
          of("node_filesystem_avail_bytes", Layout.OTEL, "metrics.system.filesystem.usage")
              .summed(STATE, "free"),
          of("node_filesystem_size_bytes", Layout.OTEL, "metrics.system.filesystem.usage")
              .summed(STATE, "used", "free", "reserved"),
          of(
              "container_memory_working_set_bytes",
              Layout.OTEL,
              "metrics.container.memory.working_set"),
          of(
              "container_spec_memory_limit_bytes",
              Layout.OTEL,
              "metrics.k8s.container.memory_limit"),
          of("container_fs_usage_bytes", Layout.OTEL, "metrics.container.filesystem.usage"),
          of("container_fs_limit_bytes", Layout.OTEL, "metrics.container.filesystem.capacity"),
          of(
              "kube_pod_container_status_restarts_total",
              Layout.OTEL,
              "metrics.k8s.container.restarts"),
          of(
                  "kube_pod_container_status_last_terminated_reason",
                  Layout.OTEL,
                  "resource.attributes.k8s.container.status.last_terminated_reason")
              .naming("reason"),
          of(
                  "kube_node_status_condition",
                  Layout.OTEL,
                  "metrics.k8s.node.condition_memory_pressure")
              .labelled(CONDITION, "MemoryPressure"),
          of("kube_node_status_condition", Layout.OTEL, "metrics.k8s.node.condition_disk_pressure")
              .labelled(CONDITION, "DiskPressure"),
          of("kafka_consumergroup_lag", Layout.OTEL, "metrics.kafka.consumer_group.lag"));
}
