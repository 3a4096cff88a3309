package dev.samovar.elasticsearch;

import co.elastic.clients.elasticsearch._types.aggregations.Aggregate;
import co.elastic.clients.elasticsearch._types.aggregations.Aggregation;
import co.elastic.clients.elasticsearch._types.aggregations.Buckets;
import co.elastic.clients.elasticsearch._types.aggregations.FiltersAggregate;
import co.elastic.clients.elasticsearch._types.aggregations.FiltersBucket;
import co.elastic.clients.elasticsearch._types.aggregations.MultiBucketBase;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import dev.samovar.evidence.Numbers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The aggregations that several questions share, and how their answers are read. */
final class Aggregations {
  private Aggregations() {}

  /** One bucket a query, each with the same aggregations below it. */
  static Aggregation filters(List<Query> queries, Map<String, Aggregation> below) {
    Map<String, Query> keyed = new LinkedHashMap<>();
    for (int i = 0; i < queries.size(); i++) {
      keyed.put(key(i), queries.get(i));
    }
    return Aggregation.of(
        a ->
            a.filters(filters -> filters.filters(Buckets.of(buckets -> buckets.keyed(keyed))))
                .aggregations(below));
  }

  static List<FiltersBucket> buckets(FiltersAggregate filters, int size) {
    Map<String, FiltersBucket> keyed = filters.buckets().keyed();
    List<FiltersBucket> ordered = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      FiltersBucket bucket = keyed.get(key(i));
      if (bucket == null) {
        throw new IllegalStateException("Elasticsearch left out the bucket " + key(i));
      }
      ordered.add(bucket);
    }
    return ordered;
  }

  private static String key(int index) {
    return String.format("%05d", index);
  }

  static Aggregate get(Map<String, Aggregate> aggregates, String name) {
    Aggregate aggregate = aggregates.get(name);
    if (aggregate == null) {
      throw new IllegalStateException("Elasticsearch left out the aggregation " + name);
    }
    return aggregate;
  }

  /** A value of a terms aggregation, in the form that {@link Numbers#text} gives numbers. */
  record Term(String value, MultiBucketBase bucket) {}

  record Terms(List<Term> terms, long others) {}

  static Terms terms(Aggregate aggregate) {
    List<Term> terms = new ArrayList<>();
    if (aggregate.isSterms()) {
      aggregate
          .sterms()
          .buckets()
          .array()
          .forEach(bucket -> terms.add(new Term(bucket.key()._toJsonString(), bucket)));
      return new Terms(terms, others(aggregate.sterms().sumOtherDocCount()));
    }
    if (aggregate.isLterms()) {
      aggregate
          .lterms()
          .buckets()
          .array()
          .forEach(
              bucket ->
                  terms.add(
                      new Term(
                          isBoolean(bucket.keyAsString())
                              ? String.valueOf(bucket.keyAsString())
                              : Numbers.text((double) bucket.key()),
                          bucket)));
      return new Terms(terms, others(aggregate.lterms().sumOtherDocCount()));
    }
    if (aggregate.isDterms()) {
      aggregate
          .dterms()
          .buckets()
          .array()
          .forEach(bucket -> terms.add(new Term(Numbers.text(bucket.key()), bucket)));
      return new Terms(terms, others(aggregate.dterms().sumOtherDocCount()));
    }
    // A field that no shard maps.
    return new Terms(List.of(), 0);
  }

  private static boolean isBoolean(@org.jspecify.annotations.Nullable String text) {
    return "true".equals(text) || "false".equals(text);
  }

  private static long others(@org.jspecify.annotations.Nullable Long count) {
    return Optional.ofNullable(count).orElse(0L);
  }
}
