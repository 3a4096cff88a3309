package dev.samovar.prometheus;

import dev.samovar.evidence.Fields;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The labels in which exporters and scrapers write what {@link Fields} calls the host, the service
 * and the labels of a sample. Where a scraper's own label was in the way, Prometheus keeps the
 * exporter's as {@code exported_…}; that one says whose the sample is.
 */
final class Labels {
  private static final String EXPORTED = "exported_";
  private static final String INSTANCE = "instance";
  private static final String PORT = "(:[0-9]+)?";

  /** The likeliest to be the machine's name first; an instance is often only an address. */
  private static final List<String> HOSTS =
      List.of(
          "host_name",
          "hostname",
          "Hostname",
          "nodename",
          "exported_node",
          "node",
          "kubernetes_node",
          "host",
          "exported_instance",
          INSTANCE);

  private static final List<String> SERVICES =
      List.of("service_name", "exported_service", "service");

  private Labels() {}

  /** How a value is written in a label. */
  enum Form {
    PLAIN {
      @Override
      String pattern(String value) {
        return Matcher.literal(value);
      }
    },
    /** With the namespace in front, as OpenTelemetry fills {@code job}. */
    JOB {
      @Override
      String pattern(String value) {
        return "(.*/)?" + Matcher.literal(value);
      }
    },
    /** A machine may be known by its short name here and by its long one there. */
    HOST {
      @Override
      String pattern(String value) {
        return machine(value) + PORT;
      }
    };

    abstract String pattern(String value);

    private static String machine(String value) {
      boolean isAddress = value.matches("[0-9.]+|.*:.*");
      if (isAddress || value.isEmpty()) {
        return Matcher.literal(value);
      }
      int dot = value.indexOf('.');
      return dot < 0
          ? Matcher.literal(value) + "(\\..*)?"
          : Matcher.literal(value.substring(0, dot))
              + "("
              + Matcher.literal(value.substring(dot))
              + ")?";
    }
  }

  /** The labels that may hold a field, each with the way it is written there. */
  static Map<String, Form> of(String field) {
    Map<String, Form> labels = new LinkedHashMap<>();
    if (field.equals(Fields.HOST)) {
      HOSTS.forEach(label -> labels.put(label, Form.HOST));
    } else if (field.equals(Fields.SERVICE)) {
      SERVICES.forEach(label -> labels.put(label, Form.PLAIN));
      labels.put("job", Form.JOB);
    } else {
      String name =
          legal(
              field.startsWith(Fields.METRIC_LABELS + ".")
                  ? field.substring(Fields.METRIC_LABELS.length() + 1)
                  : field);
      labels.put(name, name.equals(INSTANCE) ? Form.HOST : Form.PLAIN);
      labels.put(EXPORTED + name, name.equals(INSTANCE) ? Form.HOST : Form.PLAIN);
    }
    return labels;
  }

  /** The labels that lines have to be grouped by so that {@link #named} can name them. */
  static List<String> asked(List<String> groupBy) {
    Map<String, Boolean> all = new LinkedHashMap<>();
    HOSTS.forEach(label -> all.put(label, true));
    written(groupBy).forEach(label -> all.put(label, true));
    return List.copyOf(all.keySet());
  }

  /** The ways in which these labels are written. */
  static List<String> written(List<String> groupBy) {
    return groupBy.stream()
        .flatMap(label -> Stream.of(legal(label), EXPORTED + legal(label)))
        .distinct()
        .toList();
  }

  /** The labels of a line as checks know them. */
  static Map<String, String> named(Map<String, String> labels, List<String> groupBy) {
    Map<String, String> named = new TreeMap<>();
    for (String label : groupBy) {
      Optional.ofNullable(labels.getOrDefault(EXPORTED + legal(label), labels.get(legal(label))))
          .filter(value -> !value.isEmpty())
          .ifPresent(value -> named.put(label, value));
    }
    HOSTS.stream()
        .filter(label -> !labels.getOrDefault(label, "").isEmpty())
        .findFirst()
        .ifPresent(
            label -> {
              String value = labels.getOrDefault(label, "");
              named.put(
                  Fields.HOST,
                  label.endsWith(INSTANCE) ? value.replaceFirst(":[0-9]+$", "") : value);
            });
    return named;
  }

  private static String legal(String label) {
    String legal = label.replaceAll("[^a-zA-Z0-9_]", "_");
    return legal.isEmpty() || Character.isDigit(legal.charAt(0)) ? "_" + legal : legal;
  }
}
