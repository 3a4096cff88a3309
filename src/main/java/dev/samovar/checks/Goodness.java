package dev.samovar.checks;

import java.util.List;
import java.util.Locale;

/** Which way a figure of merit is better, as its name says. */
enum Goodness {
  /** Better when higher, and usually within 0 and 1. */
  HIGHER,
  /** Better when lower; never below 0. */
  LOWER,
  UNKNOWN;

  private static final List<String> LOW =
      List.of(
          "loss",
          "rmse",
          "mse",
          "mae",
          "mape",
          "smape",
          "error",
          "err",
          "wer",
          "cer",
          "perplexity",
          "brier",
          "ece",
          "fpr",
          "fnr",
          "deviance",
          "crps",
          "pinball",
          "rmsle",
          "toxicity",
          "hallucination",
          "refusal",
          "bias");
  private static final List<String> HIGH =
      List.of(
          "auc",
          "auroc",
          "auprc",
          "accuracy",
          "acc",
          "f1",
          "fbeta",
          "precision",
          "recall",
          "r2",
          "ndcg",
          "map",
          "mrr",
          "hit",
          "hits",
          "kappa",
          "mcc",
          "gini",
          "ks",
          "sensitivity",
          "specificity",
          "bleu",
          "rouge",
          "iou",
          "dice",
          "ap",
          "tpr",
          "tnr",
          "faithfulness",
          "relevance",
          "win",
          "agreement",
          "exact",
          "pass",
          "coverage",
          "correlation",
          "spearman",
          "pearson",
          "score",
          "quality",
          "ctr",
          "conversion");

  /** The words of the name decide, those for worse first: {@code error_rate_at_recall}. */
  static Goodness of(String metric) {
    List<String> words =
        List.of(metric.toLowerCase(Locale.ROOT).replace("@", "_").split("[^a-z0-9]+", -1));
    if (words.stream().anyMatch(word -> LOW.contains(word) || word.endsWith("loss"))) {
      return LOWER;
    }
    return words.stream()
            .anyMatch(word -> HIGH.contains(word) || word.endsWith("auc") || word.startsWith("auc"))
        ? HIGHER
        : UNKNOWN;
  }

  /** How much worse the first is than the second; positive when worse. */
  double worsening(double now, double before) {
    return switch (this) {
      case HIGHER -> before - now;
      case LOWER -> now - before;
      case UNKNOWN -> Math.abs(now - before);
    };
  }
}
