package dev.samovar.sandbox;

import dev.samovar.evidence.Model;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;

/** The models of the sandbox, and what their days look like. */
@SuppressWarnings("ImmutableEnumChecker") // A model is immutable; the compiler cannot know.
enum Cast {
  FRAUD("fraud-scorer", "fraud model", "fraud") {
    @Override
    Map<String, Object> features(Random random) {
      Map<String, Object> features = new LinkedHashMap<>();
      features.put("amount", round(Math.exp(3.4 + 0.9 * random.nextGaussian())));
      features.put("card_age_days", (double) random.nextInt(2000));
      features.put(
          "merchant_category", pick(random, "grocery", "travel", "fuel", "online", "cash"));
      features.put("country", pick(random, "DE", "FR", "US", "US", "ES"));
      features.put("is_online", random.nextInt(3) == 0);
      return features;
    }

    @Override
    double score(Map<String, Object> features, Random random) {
      return logistic(Math.log(number(features, "amount")) - 4.5 + 0.5 * random.nextGaussian());
    }
  },
  ETA("eta-model", "ETA", "eta") {
    @Override
    Map<String, Object> features(Random random) {
      Map<String, Object> features = new LinkedHashMap<>();
      features.put("distance_km", round(Math.exp(1.2 + 0.7 * random.nextGaussian())));
      features.put("traffic_level", round(random.nextDouble()));
      features.put("vehicle", pick(random, "car", "car", "bike", "van"));
      return features;
    }

    @Override
    double score(Map<String, Object> features, Random random) {
      return round(
          2.2 * number(features, "distance_km") * (1 + number(features, "traffic_level"))
              + 3 * random.nextDouble());
    }
  },
  RANKER("search-ranker", "ranker", "ranking model") {
    @Override
    Map<String, Object> features(Random random) {
      Map<String, Object> features = new LinkedHashMap<>();
      features.put("query_length", (double) (1 + random.nextInt(7)));
      features.put("query_language", pick(random, "en", "en", "en", "de", "fr"));
      features.put("price", round(1000 * Math.exp(1 + 0.8 * random.nextGaussian())));
      features.put("in_stock", random.nextInt(10) > 0);
      return features;
    }

    @Override
    double score(Map<String, Object> features, Random random) {
      return logistic(0.3 * number(features, "query_length") - 1 + random.nextGaussian());
    }
  },
  CHURN("churn-predictor", "churn") {
    @Override
    Map<String, Object> features(Random random) {
      Map<String, Object> features = new LinkedHashMap<>();
      features.put("tenure_months", (double) random.nextInt(60));
      features.put("plan", pick(random, "free", "free", "basic", "pro"));
      features.put("logins_30d", (double) random.nextInt(30));
      return features;
    }

    @Override
    double score(Map<String, Object> features, Random random) {
      return logistic(-0.1 * number(features, "logins_30d") + 0.4 * random.nextGaussian());
    }
  };

  private final Model model;

  Cast(String name, String... aliases) {
    this.model =
        new Model(
            name,
            List.of(aliases),
            Optional.of("ml-platform"),
            name,
            Optional.empty(),
            Map.of(),
            Map.of(),
            Optional.of(new Model.Retraining(name + "-retrain", Duration.ofHours(24))),
            Optional.empty(),
            List.of(),
            Optional.empty(),
            new Model.Slo(Optional.of(Duration.ofMillis(250)), OptionalDouble.of(0.01)),
            Map.of());
  }

  Model model() {
    return model;
  }

  abstract Map<String, Object> features(Random random);

  abstract double score(Map<String, Object> features, Random random);

  static double number(Map<String, Object> features, String name) {
    return features.get(name) instanceof Number number ? number.doubleValue() : 0;
  }

  private static String pick(Random random, String... values) {
    return values[random.nextInt(values.length)];
  }

  static double round(double value) {
    return Math.round(value * 1000) / 1000.0;
  }

  private static double logistic(double x) {
    return round(1 / (1 + Math.exp(-x)));
  }
}
