package dev.samovar.elasticsearch;

import co.elastic.clients.elasticsearch._types.aggregations.Aggregate;
import co.elastic.clients.elasticsearch._types.aggregations.Aggregation;
import co.elastic.clients.elasticsearch._types.aggregations.SamplerAggregate;
import co.elastic.clients.json.JsonData;
import co.elastic.clients.json.JsonpMapper;
import co.elastic.clients.json.jackson.JacksonJsonpMapper;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.util.Map;

/**
 * Which share of the events is looked at where there are many, so that a distribution costs the
 * same however much traffic there is: Elasticsearch's {@code random_sampler}, with a fixed seed, so
 * that the same events give the same answer.
 *
 * @param wanted events of a window; twice as many at most are looked at, and all of four times as
 *     many
 */
record Sampling(long wanted) {
  /** A share of a window's events is then right to 0.5 points, 19 times in 20. */
  static final Sampling USUAL = new Sampling(40_000);

  /** Of the aggregation. */
  static final String NAME = "sampled";

  private static final JsonpMapper MAPPER = new JacksonJsonpMapper();
  private static final int SEED = 20_261_124;

  /** Below, it takes longer to choose events than to look at all of them. */
  private static final int WORTH_IT = 4;

  /** One, or one half to some power, so that windows of about the same size share a request. */
  double share(long events) {
    if (events < WORTH_IT * wanted) {
      return 1;
    }
    long times = events / wanted;
    return 1.0 / Long.highestOneBit(times);
  }

  static Aggregation of(double share, Map<String, Aggregation> below) {
    return Aggregation.of(
        a -> a.randomSampler(sampler -> sampler.probability(share).seed(SEED)).aggregations(below));
  }

  /** The client has no type for the answer; what it says of itself is left out. */
  static Map<String, Aggregate> below(Aggregate sampled) {
    JsonData raw = (JsonData) sampled._get();
    JsonObjectBuilder known = Json.createObjectBuilder();
    raw.toJson()
        .asJsonObject()
        .forEach(
            (key, value) -> {
              if (key.contains("#") || key.equals("doc_count")) {
                known.add(key, value);
              }
            });
    return JsonData.of(known.build())
        .deserialize(SamplerAggregate._DESERIALIZER, MAPPER)
        .aggregations();
  }

  /** How many were looked at: Elasticsearch answers what all would be. */
  static long lookedAt(long count, double share) {
    return Math.round(count * share);
  }
}
