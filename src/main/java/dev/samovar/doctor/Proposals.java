package dev.samovar.doctor;

import dev.samovar.evidence.Catalog;
import dev.samovar.evidence.Dataset;
import dev.samovar.evidence.Events;
import dev.samovar.evidence.EvidenceException;
import dev.samovar.evidence.Fields;
import dev.samovar.evidence.Model;
import dev.samovar.evidence.Preset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Tries the presets on what a model's index expressions match; where those match nothing, on what
 * else there is. The one that makes most fields visible wins, if they are more than now.
 */
final class Proposals {
  private static final int MOST_FAMILIES = 12;

  /** What a dataset is for; without the first ones it is none. */
  private static final Map<Dataset, List<String>> TELLING =
      Map.of(
          Dataset.INFERENCE,
          List.of(
              Fields.TIME,
              Fields.MODEL,
              Fields.MODEL_VERSION,
              Fields.TRACE,
              Fields.FEATURES,
              Fields.SCORE,
              Fields.LABEL),
          Dataset.APPLICATION,
          List.of(
              Fields.TIME,
              Fields.MESSAGE,
              Fields.LEVEL,
              Fields.SERVICE,
              Fields.ERROR_TYPE,
              Fields.STACK_TRACE));

  private static final Map<Dataset, Integer> NEEDED =
      Map.of(Dataset.INFERENCE, 2, Dataset.APPLICATION, 3);
  private static final int LEAST = 3;

  /** More than there are fields that tell. */
  private static final int PREDICTIONS_FIRST = 100;

  private static final Preset CUSTOMARY = new Preset("", "", Map.of(), Map.of());

  private final List<Preset> presets;
  private final List<String> families;

  /**
   * @param families what there is, as index expressions
   */
  Proposals(List<Preset> presets, List<String> families) {
    this.presets = new ArrayList<>(presets);
    this.presets.add(0, CUSTOMARY);
    this.families = families.subList(0, Math.min(MOST_FAMILIES, families.size()));
  }

  private record Fit(Preset preset, String index, Map<String, String> found) {}

  Optional<Proposal> of(Model model, Supplier<Events> events) throws EvidenceException {
    List<Fit> fits = new ArrayList<>();
    Map<Dataset, List<Fit>> byDataset = new EnumMap<>(Dataset.class);
    for (Dataset dataset : List.of(Dataset.INFERENCE, Dataset.APPLICATION)) {
      Map<String, String> now = seen(model, dataset, events);
      List<Fit> better = new ArrayList<>();
      for (String index : candidates(model, dataset, events)) {
        for (Preset preset : presets) {
          Map<String, String> found = seen(named(preset, dataset, index), dataset, events);
          if (found.size() > now.size() && found.size() >= LEAST) {
            better.add(new Fit(preset, index, found));
          }
        }
      }
      byDataset.put(dataset, better);
      fits.addAll(better);
    }
    Optional<Preset> best = best(fits, byDataset);
    return best.map(preset -> proposal(model, preset, byDataset));
  }

  /**
   * The one that makes most of the predictions visible, for they are what is asked about; of
   * several the one that makes most visible in both datasets together.
   */
  private Optional<Preset> best(List<Fit> fits, Map<Dataset, List<Fit>> byDataset) {
    Preset best = null;
    int most = 0;
    for (Preset preset : presets) {
      int sum = 0;
      for (Map.Entry<Dataset, List<Fit>> better : byDataset.entrySet()) {
        int weight = better.getKey() == Dataset.INFERENCE ? PREDICTIONS_FIRST : 1;
        sum += weight * fit(better.getValue(), preset).map(fit -> fit.found().size()).orElse(0);
      }
      if (sum > most) {
        most = sum;
        best = preset;
      }
    }
    return fits.isEmpty() ? Optional.empty() : Optional.ofNullable(best);
  }

  private static Optional<Fit> fit(List<Fit> fits, Preset preset) {
    Fit best = null;
    for (Fit fit : fits) {
      if (fit.preset().equals(preset)
          && (best == null || fit.found().size() > best.found().size())) {
        best = fit;
      }
    }
    return Optional.ofNullable(best);
  }

  private List<String> candidates(Model model, Dataset dataset, Supplier<Events> events)
      throws EvidenceException {
    return events.get().catalog(model, dataset).isEmpty()
        ? families
        : List.of(model.index(dataset));
  }

  private static Model named(Preset preset, Dataset dataset, String index) {
    Model plain = Model.named("?");
    return new Model(
        plain.name(),
        List.of(),
        Optional.empty(),
        plain.service(),
        Optional.empty(),
        Map.of(dataset, index),
        preset.fields(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        Model.Slo.NONE,
        Map.of());
  }

  private static Map<String, String> seen(Model model, Dataset dataset, Supplier<Events> events)
      throws EvidenceException {
    Catalog catalog = events.get().catalog(model, dataset);
    List<String> telling = TELLING.getOrDefault(dataset, List.of());
    Map<String, String> seen = new TreeMap<>();
    if (telling.subList(0, NEEDED.getOrDefault(dataset, 0)).stream()
        .allMatch(field -> Shelf.isThere(catalog, field))) {
      telling.stream()
          .filter(field -> Shelf.isThere(catalog, field))
          .forEach(field -> seen.put(field, model.fieldName(field)));
    }
    return seen;
  }

  private static Proposal proposal(Model model, Preset preset, Map<Dataset, List<Fit>> byDataset) {
    Map<Dataset, String> indices = new EnumMap<>(Dataset.class);
    Map<String, String> found = new TreeMap<>();
    byDataset.forEach(
        (dataset, better) ->
            fit(better, preset)
                .ifPresent(
                    fit -> {
                      found.putAll(fit.found());
                      indices.put(dataset, fit.index());
                    }));
    StringBuilder yaml = new StringBuilder("- name: " + model.name() + "\n");
    if (!preset.name().isEmpty()) {
      yaml.append("  preset: ").append(preset.name()).append('\n');
    }
    List<String> elsewhere = new ArrayList<>();
    Map<Dataset, String> withPreset = preset.indices(Map.of());
    indices.forEach(
        (dataset, index) -> {
          if (!index.equals(withPreset.getOrDefault(dataset, dataset.defaultIndex()))) {
            elsewhere.add(dataset.key() + ": \"" + index + "\"");
          }
        });
    if (!elsewhere.isEmpty()) {
      yaml.append("  indices: { ").append(String.join(", ", elsewhere)).append(" }\n");
    }
    return new Proposal(preset.name(), preset.meaning(), indices, found, yaml.toString());
  }
}
