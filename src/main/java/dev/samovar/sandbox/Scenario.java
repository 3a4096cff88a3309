package dev.samovar.sandbox;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What has gone wrong in the sandbox, and what somebody would say about it. */
public enum Scenario {
  STORY("several things at once, one a model", "the fraud model's acting weird since 2h"),
  RECENT_CHANGES("a feature flag, and errors right after", "ranker errors since 2h"),
  PREPROCESSING_CHANGE("somebody changed the unit of amount", "fraud scores look off since 2h"),
  TRAINING_SERVING_SKEW("trained on dollars, served cents", "search-ranker is bad since 2h"),
  DATA_DRIFT("a new market sends other queries", "search-ranker acts weird since 2h"),
  STALE_MODEL("the retraining fails for four days", "churn predictions look stale since 2h"),
  GPU_MEMORY("a bigger batch, and the GPU is full", "eta-model is throwing errors since 2h"),
  ERROR_BURST("the feature store does not answer", "search-ranker throws errors since 2h"),
  VALIDATION_GAP("free items pass validation, and fail", "ranker fails for some users since 2h"),
  BROKEN_PIPELINE("the feature pipeline fails", "search-ranker looks off since 2h"),
  HOST_RESOURCES("the kernel kills the server", "ranker errors since 2h"),
  DEPENDENCY_DRIFT("restarted on another PyTorch", "search-ranker scores look odd since 2h"),
  UNVERSIONED_ARTIFACTS("somebody deployed latest", "search-ranker acts weird since 2h"),
  TOO_GOOD_TO_BE_TRUE("the label leaked into training", "search-ranker AUC looks wrong since 2h"),
  SERVING_HEALTH("every request takes six times as long", "ranker is slow since 2h"),
  MODEL_QUALITY("labels say it got worse", "search-ranker got worse since 6h"),
  LOGGING_GAP("one replica no longer logs", "search-ranker looks broken since 2h"),
  PREDICTION_SHIFT("one score for most requests", "ranker returns the same score since 2h"),
  HEALTHY("nothing at all", "is search-ranker ok? it feels weird since 2h");

  private final String description;
  private final String question;

  Scenario(String description, String question) {
    this.description = description;
    this.question = question;
  }

  /** {@code gpu-memory}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public String description() {
    return description;
  }

  /** What to ask to see it. */
  public String question() {
    return question;
  }

  public static Optional<Scenario> of(String id) {
    return Stream.of(values()).filter(scenario -> scenario.id().equals(id)).findFirst();
  }

  boolean includes(Scenario trouble) {
    return this == trouble
        || (this == STORY
            && (trouble == PREPROCESSING_CHANGE
                || trouble == GPU_MEMORY
                || trouble == STALE_MODEL));
  }
}
