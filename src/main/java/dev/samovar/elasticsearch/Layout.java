package dev.samovar.elasticsearch;

import dev.samovar.evidence.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where the documents of one shipper have what checks call host, service and labels.
 *
 * @param names fields by canonical name, the likeliest first; a document has the first that is in
 *     it
 * @param parents under which every label lies by its own name
 */
record Layout(String name, Map<String, List<String>> names, List<String> parents) {
  private static final List<String> SERVICE = List.of("service.name");
  private static final List<String> HOST = List.of("host.name");

  /** An instance is an address, mostly with a port. */
  static final String INSTANCE = "instance";

  static final Layout SYSTEM =
      new Layout(
          "Metricbeat system",
          Map.of(
              Fields.HOST,
              HOST,
              Fields.SERVICE,
              SERVICE,
              Fields.label("mountpoint"),
              List.of("system.filesystem.mount_point"),
              Fields.label("device"),
              List.of("system.filesystem.device_name")),
          List.of());

  static final Layout DOCKER =
      new Layout(
          "Metricbeat docker",
          Map.of(
              Fields.HOST,
              HOST,
              Fields.SERVICE,
              SERVICE,
              Fields.label("container"),
              List.of("container.name")),
          List.of());

  /** Of what one agent asks for the whole cluster, the agent's host says nothing. */
  static final Layout KUBERNETES =
      new Layout(
          "Metricbeat kubernetes",
          Map.of(
              Fields.HOST,
              List.of("kubernetes.node.name"),
              Fields.label("node"),
              List.of("kubernetes.node.name"),
              Fields.label("namespace"),
              List.of("kubernetes.namespace"),
              Fields.label("pod"),
              List.of("kubernetes.pod.name"),
              Fields.label("container"),
              List.of("kubernetes.container.name"),
              Fields.label("deployment"),
              List.of("kubernetes.deployment.name"),
              Fields.label("app"),
              List.of("kubernetes.labels.app", "kubernetes.labels.app_kubernetes_io/name")),
          List.of());

  static final Layout KAFKA =
      new Layout(
          "Metricbeat kafka",
          Map.of(
              Fields.label("consumergroup"),
              List.of("kafka.consumergroup.id"),
              Fields.label("topic"),
              List.of("kafka.topic.name"),
              Fields.label("partition"),
              List.of("kafka.partition.id")),
          List.of());

  static final Layout PROMETHEUS =
      new Layout(
          "Metricbeat prometheus",
          Map.of(
              Fields.HOST,
              List.of(
                  "prometheus.labels.hostname",
                  "prometheus.labels.Hostname",
                  "prometheus.labels.node",
                  "prometheus.labels." + INSTANCE),
              Fields.SERVICE,
              List.of("prometheus.labels.service_name", "prometheus.labels.service"),
              Fields.label("pod"),
              List.of("prometheus.labels.pod", "kubernetes.pod.name"),
              Fields.label("container"),
              List.of("prometheus.labels.container", "kubernetes.container.name")),
          List.of("prometheus.labels"));

  static final Layout OTEL =
      new Layout(
          "OpenTelemetry",
          Map.of(
              Fields.HOST,
              List.of(
                  "attributes.Hostname",
                  "resource.attributes.host.name",
                  "resource.attributes.k8s.node.name",
                  "resource.attributes.service.instance.id"),
              Fields.SERVICE,
              List.of("resource.attributes.service.name"),
              Fields.label("node"),
              List.of("attributes.node", "resource.attributes.k8s.node.name"),
              Fields.label("namespace"),
              List.of("attributes.namespace", "resource.attributes.k8s.namespace.name"),
              Fields.label("pod"),
              List.of("attributes.pod", "resource.attributes.k8s.pod.name"),
              Fields.label("container"),
              List.of("attributes.container", "resource.attributes.k8s.container.name"),
              Fields.label("deployment"),
              List.of("attributes.deployment", "resource.attributes.k8s.deployment.name"),
              Fields.label("consumergroup"),
              List.of("attributes.consumergroup", "attributes.group")),
          List.of("attributes", "resource.attributes"));

  /** As OpenTelemetry's exporter and APM write in terms of ECS: metrics at the top. */
  static final Layout ECS =
      new Layout(
          "OpenTelemetry in ECS",
          Map.of(
              Fields.HOST,
              List.of("labels.Hostname", "host.name", "kubernetes.node.name"),
              Fields.SERVICE,
              SERVICE,
              Fields.label("node"),
              List.of("labels.node", "kubernetes.node.name"),
              Fields.label("namespace"),
              List.of("labels.namespace", "kubernetes.namespace"),
              Fields.label("pod"),
              List.of("labels.pod", "kubernetes.pod.name"),
              Fields.label("container"),
              List.of("labels.container", "kubernetes.container.name"),
              Fields.label("deployment"),
              List.of("labels.deployment", "kubernetes.deployment.name"),
              Fields.label("consumergroup"),
              List.of("labels.consumergroup", "labels.group")),
          List.of("labels"));

  Layout {
    names = Map.copyOf(names);
    parents = List.copyOf(parents);
  }

  /** The fields that may hold it, the likeliest first. */
  List<String> fields(String canonical) {
    Optional<List<String>> known = Optional.ofNullable(names.get(canonical));
    if (known.isPresent() || !canonical.startsWith(Fields.METRIC_LABELS + ".")) {
      return known.orElse(List.of());
    }
    String label = canonical.substring(Fields.METRIC_LABELS.length());
    List<String> fields = new ArrayList<>();
    parents.forEach(parent -> fields.add(parent + label));
    return fields;
  }
}
