package dev.samovar.scoreboard;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** The kinds of models that incidents happen to. */
enum Cast {
  CLASSIFIER("risk-scorer") {
    @Override
    Map<String, Object> features(Random random, double rhythm) {
      Map<String, Object> features = new LinkedHashMap<>();
      features.put("amount", round(Math.exp(3.2 + 1.1 * random.nextGaussian())));
      features.put("balance", round(500 + 220 * random.nextGaussian()));
      features.put("age_days", (double) random.nextInt(1500));
      features.put("items", (double) (1 + (int) Math.min(9, -Math.log(random.nextDouble()) * 2)));
      features.put("country", zipf(random, "US", "DE", "FR", "ES", "IT", "PL"));
      features.put("channel", random.nextDouble() < 0.4 + 0.2 * rhythm ? "app" : "web");
      features.put("is_new", random.nextDouble() < 0.2);
      if (random.nextDouble() > 0.06) {
        features.put("income", round(Math.exp(8 + 0.6 * random.nextGaussian())));
      }
      return features;
    }

    @Override
    double score(Map<String, Object> features, Random random) {
      return logistic(
          0.8 * (Math.log(1 + Math.abs(number(features, "amount"))) - 3.2)
              - 0.003 * (number(features, "balance") - 500)
              + (Boolean.TRUE.equals(features.get("is_new")) ? 0.7 : 0)
              + 0.5 * random.nextGaussian());
    }
  },
  REGRESSOR("eta-predictor") {
    @Override
    Map<String, Object> features(Random random, double rhythm) {
      Map<String, Object> features = new LinkedHashMap<>();
      features.put("distance_km", round(Math.exp(1.3 + 0.8 * random.nextGaussian())));
      features.put("speed", round(28 + 7 * random.nextGaussian() - 4 * rhythm));
      features.put("stops", (double) random.nextInt(6));
      features.put("temperature", round(14 + 6 * random.nextGaussian()));
      features.put("vehicle", zipf(random, "car", "van", "bike", "truck"));
      features.put("zone", zipf(random, "north", "south", "east", "west", "center"));
      if (random.nextDouble() > 0.1) {
        features.put("driver_rating", round(4 + 0.5 * random.nextGaussian()));
      }
      return features;
    }

    @Override
    double score(Map<String, Object> features, Random random) {
      return round(
          60 * number(features, "distance_km") / Math.max(5, number(features, "speed"))
              + 2 * number(features, "stops")
              + 2 * random.nextGaussian());
    }
  },
  RANKER("feed-ranker") {
    @Override
    Map<String, Object> features(Random random, double rhythm) {
      Map<String, Object> features = new LinkedHashMap<>();
      features.put("query_length", (double) (1 + random.nextInt(12)));
      features.put("price", round(Math.exp(2.7 + 0.8 * random.nextGaussian())));
      features.put("clicks_7d", (double) (int) Math.exp(2 + 1.2 * random.nextGaussian()));
      features.put("freshness_h", round(-Math.log(random.nextDouble()) * 20));
      features.put("similarity", round(0.5 + 0.15 * random.nextGaussian()));
      features.put("device", zipf(random, "ios", "android", "desktop"));
      features.put("language", zipf(random, "en", "es", "de", "fr", "pt"));
      features.put("logged_in", random.nextDouble() < 0.6 + 0.1 * rhythm);
      return features;
    }

    @Override
    double score(Map<String, Object> features, Random random) {
      return logistic(
          2 * (number(features, "similarity") - 0.5) * 3
              + 0.3 * Math.log(1 + Math.max(0, number(features, "clicks_7d")))
              - 0.2 * Math.log(1 + Math.abs(number(features, "price")))
              + 0.4 * random.nextGaussian());
    }
  },
  LLM("answer-llm") {
    @Override
    Map<String, Object> features(Random random, double rhythm) {
      Map<String, Object> features = new LinkedHashMap<>();
      features.put("prompt_tokens", (double) (int) Math.exp(5.5 + 0.7 * random.nextGaussian()));
      features.put("context_docs", (double) random.nextInt(8));
      features.put("temperature", round(0.2 + 0.1 * random.nextDouble()));
      features.put("history_turns", (double) (int) (-Math.log(random.nextDouble()) * 3));
      features.put("retrieval_score", round(0.7 + 0.1 * random.nextGaussian()));
      features.put("tenant", zipf(random, "acme", "globex", "initech", "umbrella"));
      features.put("language", zipf(random, "en", "de", "fr"));
      return features;
    }

    @Override
    double score(Map<String, Object> features, Random random) {
      return logistic(
          4 * (number(features, "retrieval_score") - 0.6)
              - 0.0005 * number(features, "prompt_tokens")
              + 0.6 * random.nextGaussian());
    }
  };

  private final String id;

  Cast(String id) {
    this.id = id;
  }

  String id() {
    return id;
  }

  /** The feature that faults of units and signs happen to. */
  String number() {
    return switch (this) {
      case CLASSIFIER -> "amount";
      case REGRESSOR -> "distance_km";
      case RANKER -> "price";
      case LLM -> "prompt_tokens";
    };
  }

  String otherNumber() {
    return switch (this) {
      case CLASSIFIER -> "balance";
      case REGRESSOR -> "speed";
      case RANKER -> "freshness_h";
      case LLM -> "retrieval_score";
    };
  }

  String category() {
    return switch (this) {
      case CLASSIFIER -> "country";
      case REGRESSOR -> "zone";
      case RANKER -> "language";
      case LLM -> "tenant";
    };
  }

  /** One that is now and then missing, or the number. */
  String optional() {
    return switch (this) {
      case CLASSIFIER -> "income";
      case REGRESSOR -> "driver_rating";
      case RANKER, LLM -> otherNumber();
    };
  }

  abstract Map<String, Object> features(Random random, double rhythm);

  abstract double score(Map<String, Object> features, Random random);

  static double number(Map<String, Object> features, String name) {
    return features.get(name) instanceof Number number ? number.doubleValue() : 0;
  }

  private static String zipf(Random random, String... values) {
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      sum += 1.0 / (i + 1);
    }
    double at = random.nextDouble() * sum;
    for (int i = 0; i < values.length; i++) {
      at -= 1.0 / (i + 1);
      if (at <= 0) {
        return values[i];
      }
    }
    return values[values.length - 1];
  }

  static double round(double value) {
    return Math.round(value * 1000) / 1000.0;
  }

  private static double logistic(double x) {
    return round(1 / (1 + Math.exp(-x)));
  }

  static List<Cast> all() {
    return List.of(values());
  }
}
