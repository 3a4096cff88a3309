package dev.samovar.checks;

import java.util.List;

/**
 * How far behind its stream a reader is, by the names of the field's exporters. A new exporter is a
 * new line.
 */
final class Lags {
  /** Where an exporter counts by partition and as a whole, the whole. */
  static final List<String> ALL =
      List.of(
          // kafka_exporter, which Strimzi and Bitnami bring along
          "kafka_consumergroup_lag",
          "kafka_consumergroup_lag_sum",
          // OpenTelemetry's receiver of Kafka metrics
          "kafka_consumer_group_lag",
          "kafka_consumer_group_lag_sum",
          // kafka-lag-exporter
          "kafka_consumergroup_group_max_lag",
          "kafka_consumergroup_group_max_lag_seconds",
          // KMinion, and Redpanda itself
          "kminion_kafka_consumer_group_topic_lag",
          "redpanda_kafka_consumer_group_lag_sum",
          // Burrow, and the older exporter of what it says
          "burrow_kafka_consumer_lag_total",
          "kafka_burrow_total_lag",
          // Confluent Cloud
          "confluent_kafka_server_consumer_lag_offsets",
          // the consumers' own figures, through JMX or Micrometer
          "kafka_consumer_records_lag_max",
          "kafka_consumer_fetch_manager_records_lag_max",
          "kafka_consumer_consumer_fetch_manager_metrics_records_lag_max",
          "flink_taskmanager_job_task_operator_KafkaSourceReader_KafkaConsumer_records_lag_max",
          "feast_feature_freshness_seconds");

  /** Labels that tell one reader from another; each exporter has words of its own. */
  static final List<String> LABELS =
      List.of(
          "consumergroup",
          "group",
          "group_id",
          "consumer_group",
          "consumer_group_id",
          "redpanda_group",
          "groupId",
          "topic",
          "topic_name",
          "redpanda_topic",
          "job_name",
          "task_name",
          "feature_view",
          "dag_id",
          "task_id");

  /** In the order in which they name the reader best. */
  static final List<String> READERS =
      List.of(
          "consumergroup",
          "group",
          "group_id",
          "consumer_group",
          "consumer_group_id",
          "redpanda_group",
          "groupId");

  private Lags() {}

  static List<String> inMessages() {
    return ALL.stream().filter(metric -> !isAge(metric)).toList();
  }

  /** Whether it is a time, rather than a number of messages. */
  static boolean isAge(String metric) {
    return metric.endsWith("_seconds");
  }
}
