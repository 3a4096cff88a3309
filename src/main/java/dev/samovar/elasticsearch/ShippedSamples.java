package dev.samovar.elasticsearch;

import co.elastic.clients.elasticsearch._types.aggregations.Aggregate;
import co.elastic.clients.elasticsearch._types.aggregations.Aggregation;
import co.elastic.clients.elasticsearch._types.aggregations.DateHistogramBucket;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.elasticsearch.core.FieldCapsResponse;
import dev.samovar.evidence.Catalog.Kind;
import dev.samovar.evidence.Condition;
import dev.samovar.evidence.Dataset;
import dev.samovar.evidence.EvidenceException;
import dev.samovar.evidence.Fields;
import dev.samovar.evidence.Metrics;
import dev.samovar.evidence.Model;
import dev.samovar.evidence.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Metric samples as Metricbeat, Elastic Agent and OpenTelemetry's collector write them, under the
 * names that exporters use; see {@link Sample}. Only fields that exist are asked for.
 */
final class ShippedSamples implements Metrics {
  private static final int LINES = 200;

  /** More metrics than this are asked for in several searches. */
  private static final int AT_A_TIME = 20;

  private static final String PORT = ":[0-9]+$";

  private final Searcher searcher;
  private final Map<Set<String>, FieldCapsResponse> known = new ConcurrentHashMap<>();

  ShippedSamples(Searcher searcher) {
    this.searcher = searcher;
  }

  @Override
  public List<Line> lines(
      Model model,
      List<String> metrics,
      Condition where,
      List<String> groupBy,
      Window window,
      Duration step)
      throws EvidenceException {
    List<Sample> samples = metrics.stream().distinct().flatMap(m -> Sample.of(m).stream()).toList();
    Set<String> groups = new TreeSet<>(List.of(Fields.HOST));
    groupBy.forEach(label -> groups.add(Fields.label(label)));
    FieldCapsResponse caps = caps(model, samples, groups, where);
    if (caps.indices().isEmpty()) {
      return List.of();
    }
    Mappings mappings = Mappings.plain(model, caps);
    List<Part> parts = new ArrayList<>();
    for (Sample sample : samples) {
      Optional<Mapping> value = mappings.of(sample.field());
      Kind wanted = sample.reading().isPresence() ? Kind.KEYWORD : Kind.NUMBER;
      if (value.filter(mapping -> mapping.kind() == wanted).isPresent()) {
        parts.add(new Part(sample, mappings, groups, groupBy, where, step));
      }
    }
    Map<String, Line> lines = new LinkedHashMap<>();
    for (int from = 0; from < parts.size(); from += AT_A_TIME) {
      List<Part> some = parts.subList(from, Math.min(parts.size(), from + AT_A_TIME));
      for (Line line : ask(model, some, mappings, window)) {
        // Of two shippers that measure the same, the first one counts.
        lines.putIfAbsent(line.metric() + line.labels(), line);
      }
    }
    return lines.values().stream()
        .sorted(Comparator.comparing(Line::metric).thenComparing(line -> line.labels().toString()))
        .toList();
  }

  /** Which of the fields there are: those with values, those of the labels, and no others. */
  private FieldCapsResponse caps(
      Model model, List<Sample> samples, Set<String> groups, Condition where)
      throws EvidenceException {
    Set<String> canonical = new TreeSet<>(groups);
    collect(where, canonical);
    Set<String> fields = new TreeSet<>();
    for (Sample sample : samples) {
      fields.add(sample.field());
      sample.reading().only().ifPresent(only -> fields.add(only.field()));
    }
    samples.stream()
        .map(Sample::layout)
        .distinct()
        .forEach(layout -> canonical.forEach(name -> fields.addAll(layout.fields(name))));
    FieldCapsResponse caps = known.get(fields);
    if (caps == null) {
      caps = searcher.present(model.index(Dataset.METRICS), List.copyOf(fields));
      known.put(fields, caps);
    }
    return caps;
  }

  private static void collect(Condition condition, Set<String> into) {
    if (condition instanceof Condition.Is is) {
      into.add(is.field());
    } else if (condition instanceof Condition.StartsWith starts) {
      into.add(starts.field());
    } else if (condition instanceof Condition.Present present) {
      into.add(present.field());
    } else if (condition instanceof Condition.Not not) {
      collect(not.condition(), into);
    } else if (condition instanceof Condition.All all) {
      all.conditions().forEach(one -> collect(one, into));
    } else if (condition instanceof Condition.Any any) {
      any.conditions().forEach(one -> collect(one, into));
    }
  }

  private List<Line> ask(Model model, List<Part> parts, Mappings mappings, Window window)
      throws EvidenceException {
    Map<String, Aggregation> questions = new TreeMap<>();
    for (int i = 0; i < parts.size(); i++) {
      questions.put(name(i), parts.get(i).question());
    }
    Map<String, Aggregate> answers =
        searcher
            .aggregate(
                model.index(Dataset.METRICS),
                request ->
                    request.query(new Conditions(mappings).within(window)).aggregations(questions))
            .aggregations();
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      lines.addAll(parts.get(i).lines(Aggregations.get(answers, name(i))));
    }
    return lines;
  }

  private static String name(int part) {
    return String.format("part%03d", part);
  }

  /** What is asked about one kind of samples, and how the answer is read. */
  private record Part(
      Sample sample,
      Mappings mappings,
      Set<String> groups,
      List<String> groupBy,
      Condition where,
      Duration step) {
    private static final String PARTS = "parts";

    /** The fields of each group that exist, in the order in which they are nested. */
    private List<Map.Entry<String, String>> nesting() {
      List<Map.Entry<String, String>> nesting = new ArrayList<>();
      for (String canonical : groups) {
        for (String field : there(canonical)) {
          nesting.add(Map.entry(canonical, field));
        }
      }
      sample
          .reading()
          .naming()
          .filter(groupBy::contains)
          .ifPresent(label -> nesting.add(Map.entry(Fields.label(label), sample.field())));
      if (sample.reading().isSummed()) {
        sample.reading().only().ifPresent(only -> nesting.add(Map.entry(PARTS, only.field())));
      }
      return nesting;
    }

    private List<String> there(String canonical) {
      return sample.layout().fields(canonical).stream()
          .filter(field -> mappings.of(field).isPresent())
          .toList();
    }

    Aggregation question() {
      Aggregation nested = overTime();
      for (Map.Entry<String, String> group : nesting()) {
        nested = grouped(mappings.of(group.getValue()).orElseThrow(), nested);
      }
      Conditions writer = new Conditions(mappings);
      List<Query> which = new ArrayList<>();
      which.add(writer.write(new Condition.Present(sample.field())));
      which.add(writer.write(placed(where)));
      sample
          .reading()
          .only()
          .ifPresent(
              only -> which.add(writer.write(new Condition.Is(only.field(), only.values()))));
      Aggregation below = nested;
      return Aggregation.of(a -> a.filter(Conditions.all(which)).aggregations("group", below));
    }

    private Aggregation overTime() {
      return Aggregation.of(
          a ->
              a.dateHistogram(
                      dates ->
                          dates
                              .field(mappings.time())
                              .fixedInterval(interval -> interval.time(step.toMillis() + "ms"))
                              .minDocCount(1))
                  .aggregations(
                      sample.reading().isPresence()
                          ? Map.of()
                          : Map.of("value", extreme(sample.reading().factor() < 0))));
    }

    /** The highest, in the exporter's terms. */
    private Aggregation extreme(boolean isLowest) {
      return isLowest
          ? Aggregation.of(a -> a.min(min -> min.field(sample.field())))
          : Aggregation.of(a -> a.max(max -> max.field(sample.field())));
    }

    private static Aggregation grouped(Mapping group, Aggregation below) {
      return Aggregation.of(
          a ->
              a.terms(
                      terms -> {
                        terms.field(group.countable()).size(LINES);
                        return group.kind() == Kind.KEYWORD ? terms.missing("") : terms;
                      })
                  .aggregations("group", below));
    }

    /** The same condition in terms of the fields that there are. */
    private Condition placed(Condition condition) {
      if (condition instanceof Condition.Is is) {
        List<Condition> any = new ArrayList<>();
        for (String field : there(is.field())) {
          any.add(new Condition.Is(field, is.values()));
          if (isAddress(is.field(), field)) {
            any.add(
                new Condition.StartsWith(
                    field, is.values().stream().map(host -> host + ":").toList()));
          }
        }
        return new Condition.Any(any);
      } else if (condition instanceof Condition.StartsWith starts) {
        return new Condition.Any(
            there(starts.field()).stream()
                .<Condition>map(field -> new Condition.StartsWith(field, starts.beginnings()))
                .toList());
      } else if (condition instanceof Condition.Present present) {
        return new Condition.Any(
            there(present.field()).stream().<Condition>map(Condition.Present::new).toList());
      } else if (condition instanceof Condition.Not not) {
        return placed(not.condition()).negate();
      } else if (condition instanceof Condition.All all) {
        return new Condition.All(all.conditions().stream().map(this::placed).toList());
      } else if (condition instanceof Condition.Any any) {
        return new Condition.Any(any.conditions().stream().map(this::placed).toList());
      }
      return condition;
    }

    private static boolean isAddress(String canonical, String field) {
      return canonical.equals(Fields.HOST) && field.endsWith("." + Layout.INSTANCE);
    }

    List<Line> lines(Aggregate answer) {
      List<Map.Entry<String, String>> outermostFirst = new ArrayList<>(nesting());
      java.util.Collections.reverse(outermostFirst);
      Map<Map<String, String>, List<List<Point>>> byLabels = new LinkedHashMap<>();
      read(answer.filter().aggregations(), outermostFirst, new TreeMap<>(), byLabels);
      List<Line> lines = new ArrayList<>();
      byLabels.forEach(
          (labels, parts) -> {
            List<Point> points = sample.reading().isSummed() ? sum(parts) : highest(parts);
            if (!points.isEmpty()) {
              lines.add(new Line(sample.metric(), labels, points));
            }
          });
      return lines;
    }

    private void read(
        Map<String, Aggregate> answer,
        List<Map.Entry<String, String>> nesting,
        Map<String, String> values,
        Map<Map<String, String>, List<List<Point>>> into) {
      Aggregate aggregate = Aggregations.get(answer, "group");
      if (nesting.isEmpty()) {
        List<Point> points = new ArrayList<>();
        for (DateHistogramBucket bucket : aggregate.dateHistogram().buckets().array()) {
          value(bucket)
              .ifPresent(value -> points.add(new Point(Instant.ofEpochMilli(bucket.key()), value)));
        }
        into.computeIfAbsent(labels(values), unused -> new ArrayList<>()).add(points);
        return;
      }
      for (Aggregations.Term term : Aggregations.terms(aggregate).terms()) {
        Map<String, String> with = new TreeMap<>(values);
        if (!term.value().isEmpty()) {
          with.put(nesting.get(0).getValue(), term.value());
        }
        read(term.bucket().aggregations(), nesting.subList(1, nesting.size()), with, into);
      }
    }

    private Optional<Double> value(DateHistogramBucket bucket) {
      if (sample.reading().isPresence()) {
        return Optional.of(1.0);
      }
      Aggregate extreme = Aggregations.get(bucket.aggregations(), "value");
      Double value = extreme.isMin() ? extreme.min().value() : extreme.max().value();
      return value == null || !Double.isFinite(value)
          ? Optional.empty()
          : Optional.of(value * sample.reading().factor() + sample.reading().offset());
    }

    /** By the names that checks use; of several fields for one, the first that has a value. */
    private Map<String, String> labels(Map<String, String> values) {
      Map<String, String> labels = new TreeMap<>();
      for (Map.Entry<String, String> group : nesting()) {
        String value = values.get(group.getValue());
        if (value != null && !group.getKey().equals(PARTS)) {
          boolean isHost = group.getKey().equals(Fields.HOST);
          labels.putIfAbsent(
              isHost ? Fields.HOST : group.getKey().substring(Fields.METRIC_LABELS.length() + 1),
              isAddress(group.getKey(), group.getValue()) ? value.replaceFirst(PORT, "") : value);
        }
      }
      sample
          .reading()
          .label()
          .forEach(
              (label, value) -> {
                if (groupBy.contains(label)) {
                  labels.put(label, value);
                }
              });
      return labels;
    }

    private static List<Point> highest(List<List<Point>> parts) {
      return together(parts, Math::max, 1);
    }

    /** A moment at which a part is missing has no sum. */
    private static List<Point> sum(List<List<Point>> parts) {
      return together(parts, Double::sum, parts.size());
    }

    private static List<Point> together(
        List<List<Point>> parts, java.util.function.DoubleBinaryOperator how, int least) {
      Map<Instant, Double> values = new TreeMap<>();
      Map<Instant, Integer> counts = new TreeMap<>();
      for (List<Point> part : parts) {
        for (Point point : part) {
          values.merge(point.time(), point.value(), how::applyAsDouble);
          counts.merge(point.time(), 1, Integer::sum);
        }
      }
      values.keySet().removeIf(time -> counts.getOrDefault(time, 0) < least);
      List<Point> points = new ArrayList<>();
      values.forEach((time, value) -> points.add(new Point(time, value)));
      return points;
    }
  }
}
