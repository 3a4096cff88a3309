package dev.samovar.checks;

import dev.samovar.evidence.Catalog;
import dev.samovar.evidence.Condition;
import dev.samovar.evidence.Dataset;
import dev.samovar.evidence.Event;
import dev.samovar.evidence.Evidence;
import dev.samovar.evidence.EvidenceException;
import dev.samovar.evidence.Fields;
import dev.samovar.evidence.Query;
import dev.samovar.evidence.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One evaluation of a version of a model.
 *
 * @param at when it was made
 * @param until to when its data reach; the time it was made where it does not say
 * @param rows it was made on; 0 where it does not say
 * @param metrics figure by name, without what says the split
 */
record Evaluation(
    Instant at,
    Instant until,
    String version,
    Split split,
    long rows,
    Map<String, Double> metrics) {
  private static final Duration MEMORY = Duration.ofDays(60);
  private static final int MOST = 1000;

  /** On what it was made. */
  @SuppressWarnings("ImmutableEnumChecker") // List.of can't be changed; the compiler cannot know.
  enum Split {
    TRAINING("train", "training", "fit", "insample"),
    VALIDATION("validation", "val", "valid", "test", "eval", "evaluation", "holdout", "dev", "oof"),
    PRODUCTION("production", "prod", "live", "online", "serving");

    private final List<String> words;

    Split(String... words) {
      this.words = List.of(words);
    }
  }

  Evaluation {
    metrics = java.util.Collections.unmodifiableMap(new TreeMap<>(metrics));
  }

  /** All that are known of the model, oldest first. */
  static List<Evaluation> read(Case subject, Evidence evidence) throws EvidenceException {
    List<Evaluation> all = new ArrayList<>();
    Catalog quality = evidence.events().catalog(subject.model(), Dataset.QUALITY);
    if (!quality.isEmpty()) {
      read(subject, evidence, Query.of(subject.model(), Dataset.QUALITY), quality, all);
    }
    Catalog runs = evidence.events().catalog(subject.model(), Dataset.RUN);
    if (!runs.isEmpty()) {
      read(
          subject,
          evidence,
          Query.of(subject.model(), Dataset.RUN)
              .and(Condition.is(Fields.MODEL, subject.model().name()))
              .and(Condition.is(Fields.OUTCOME, "failure").negate()),
          runs,
          all);
    }
    all.sort(Comparator.comparing(Evaluation::at).thenComparing(Evaluation::version));
    return all;
  }

  private static void read(
      Case subject, Evidence evidence, Query query, Catalog catalog, List<Evaluation> into)
      throws EvidenceException {
    List<String> figures =
        catalog.fields().keySet().stream()
            .filter(field -> field.startsWith(Fields.METRICS + "."))
            .toList();
    if (figures.isEmpty()) {
      return;
    }
    List<String> fields = new ArrayList<>(figures);
    fields.addAll(
        List.of(
            Fields.MODEL_VERSION,
            Fields.QUALITY_ON,
            Fields.QUALITY_ROWS,
            Fields.QUALITY_TO,
            Fields.PIPELINE_KIND));
    Window memory = new Window(subject.now().minus(MEMORY), subject.now());
    for (Event event : evidence.events().newest(query, memory, fields, MOST)) {
      Map<Split, Map<String, Double>> bySplit = new TreeMap<>();
      for (String figure : figures) {
        String name = figure.substring(Fields.METRICS.length() + 1);
        event
            .number(figure)
            .ifPresent(
                value ->
                    bySplit
                        .computeIfAbsent(split(event, name), unused -> new TreeMap<>())
                        .put(bare(name), value));
      }
      bySplit.forEach(
          (split, metrics) ->
              into.add(
                  new Evaluation(
                      event.time(),
                      event.instant(Fields.QUALITY_TO).orElse(event.time()),
                      event.text(Fields.MODEL_VERSION).orElse(""),
                      split,
                      (long) event.number(Fields.QUALITY_ROWS).orElse(0),
                      metrics)));
    }
  }

  private static Split split(Event event, String name) {
    Optional<Split> said = event.text(Fields.QUALITY_ON).flatMap(Evaluation::named);
    for (String word : name.toLowerCase(java.util.Locale.ROOT).split("[^a-z0-9]+", -1)) {
      Optional<Split> inName = named(word);
      if (inName.isPresent()) {
        return said.filter(Split.PRODUCTION::equals).orElse(inName.get());
      }
    }
    return said.orElse(Split.VALIDATION);
  }

  private static Optional<Split> named(String word) {
    for (Split split : Split.values()) {
      if (split.words.contains(word)) {
        return Optional.of(split);
      }
    }
    return Optional.empty();
  }

  /** {@code val_auc} → {@code auc}. */
  private static String bare(String name) {
    String lower = name.toLowerCase(java.util.Locale.ROOT);
    for (Split split : Split.values()) {
      for (String word : split.words) {
        if (lower.startsWith(word + "_") && lower.length() > word.length() + 1) {
          return name.substring(word.length() + 1);
        }
        if (lower.endsWith("_" + word)) {
          return name.substring(0, name.length() - word.length() - 1);
        }
      }
    }
    return name;
  }
}
