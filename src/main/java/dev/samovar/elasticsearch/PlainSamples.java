package dev.samovar.elasticsearch;

import co.elastic.clients.elasticsearch._types.aggregations.Aggregate;
import co.elastic.clients.elasticsearch._types.aggregations.Aggregation;
import co.elastic.clients.elasticsearch._types.aggregations.DateHistogramBucket;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Metric samples that were shipped as events: {@code metric.name} and {@code metric.value}. */
final class PlainSamples implements Metrics {
  private static final int LINES = 200;

  private final Searcher searcher;

  PlainSamples(Searcher searcher) {
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
    Mappings mappings = Mappings.read(searcher, model, Dataset.METRICS);
    Optional<Mapping> name = mappings.of(Fields.METRIC_NAME);
    Optional<Mapping> value = mappings.of(Fields.METRIC_VALUE);
    if (name.isEmpty() || value.isEmpty()) {
      return List.of();
    }
    Conditions writer = new Conditions(mappings);
    List<Query> which = new ArrayList<>();
    which.add(writer.write(new Condition.Is(Fields.METRIC_NAME, metrics)));
    which.add(writer.within(window));
    which.add(writer.write(where));
    Map<String, Mapping> groups = new TreeMap<>();
    mappings.of(Fields.HOST).ifPresent(host -> groups.put(Fields.HOST, host));
    for (String label : groupBy) {
      mappings.of(Fields.METRIC_LABELS + "." + label).ifPresent(field -> groups.put(label, field));
    }
    groups.put("", name.get());
    Aggregation nested = overTime(mappings, value.get(), step);
    for (Mapping group : groups.values()) {
      nested = grouped(group, nested);
    }
    Map<String, Aggregate> answer =
        searcher.aggregate(model.index(Dataset.METRICS), topmost(which, nested)).aggregations();
    List<String> outermostFirst = new ArrayList<>(groups.keySet());
    java.util.Collections.reverse(outermostFirst);
    List<Line> lines = new ArrayList<>();
    read(answer, outermostFirst, new TreeMap<>(), lines);
    lines.sort(Comparator.comparing(Line::metric).thenComparing(line -> line.labels().toString()));
    return lines;
  }

  private static java.util.function.Consumer<
          co.elastic.clients.elasticsearch.core.SearchRequest.Builder>
      topmost(List<Query> which, Aggregation nested) {
    return request -> request.query(Conditions.all(which)).aggregations("group", nested);
  }

  private static Aggregation overTime(Mappings mappings, Mapping value, Duration step) {
    return Aggregation.of(
        a ->
            a.dateHistogram(
                    dates ->
                        dates
                            .field(mappings.time())
                            .fixedInterval(interval -> interval.time(step.toMillis() + "ms"))
                            .minDocCount(1))
                .aggregations("highest", h -> h.max(max -> max.field(value.countable()))));
  }

  private static Aggregation grouped(Mapping group, Aggregation below) {
    return Aggregation.of(
        a ->
            a.terms(
                    terms -> {
                      terms.field(group.countable()).size(LINES);
                      // Samples without the label are a line of their own.
                      return group.kind() == dev.samovar.evidence.Catalog.Kind.KEYWORD
                          ? terms.missing("")
                          : terms;
                    })
                .aggregations("group", below));
  }

  private static void read(
      Map<String, Aggregate> answer,
      List<String> groups,
      Map<String, String> labels,
      List<Line> lines) {
    Aggregate aggregate = Aggregations.get(answer, "group");
    if (groups.isEmpty()) {
      List<Point> points = new ArrayList<>();
      for (DateHistogramBucket bucket : aggregate.dateHistogram().buckets().array()) {
        Double highest = Aggregations.get(bucket.aggregations(), "highest").max().value();
        if (highest != null && Double.isFinite(highest)) {
          points.add(new Point(Instant.ofEpochMilli(bucket.key()), highest));
        }
      }
      Map<String, String> named = new TreeMap<>(labels);
      String metric = Optional.ofNullable(named.remove("")).orElse("");
      if (!points.isEmpty()) {
        lines.add(new Line(metric, named, points));
      }
      return;
    }
    String group = groups.get(0);
    for (Aggregations.Term term : Aggregations.terms(aggregate).terms()) {
      Map<String, String> with = new TreeMap<>(labels);
      if (!term.value().isEmpty()) {
        with.put(group, term.value());
      }
      read(term.bucket().aggregations(), groups.subList(1, groups.size()), with, lines);
    }
  }
}
