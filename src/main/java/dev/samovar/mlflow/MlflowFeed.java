package dev.samovar.mlflow;

import dev.samovar.evidence.Dataset;
import dev.samovar.evidence.Event;
import dev.samovar.evidence.EventFeed;
import dev.samovar.evidence.EvidenceException;
import dev.samovar.evidence.Fields;
import dev.samovar.evidence.Model;
import dev.samovar.evidence.Reach;
import dev.samovar.evidence.Window;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The versions of a registered model as changes, the runs that made them as training runs, and what
 * those measured as evaluations.
 */
public final class MlflowFeed implements EventFeed, AutoCloseable {
  /** Versions whose runs are looked at: one request each, the first time. */
  private static final int MOST_RUNS = 25;

  /** From the end of a run to its registration, or the other way round. */
  private static final Duration LEEWAY = Duration.ofDays(7);

  private final MlflowSettings settings;
  private final Registry registry;

  /**
   * @throws IOException where the certificates can't be read; the message says why
   */
  public MlflowFeed(MlflowSettings settings, Clock clock) throws IOException {
    this.settings = settings;
    this.registry = new Registry(settings, clock);
  }

  @Override
  public String name() {
    return "MLflow";
  }

  @Override
  public Optional<Reach> reach(Duration budget) throws EvidenceException {
    return Optional.of(new Reach(registry.presence(budget), List.of()));
  }

  @Override
  public Set<Dataset> datasets() {
    return Set.of(Dataset.CHANGE, Dataset.RUN, Dataset.QUALITY);
  }

  /** A version, and the run that made it. */
  private record Trained(ModelVersion version, TrainingRun run) {}

  @Override
  public Set<String> fields(Model model, Dataset dataset, Duration budget)
      throws EvidenceException {
    long end = System.nanoTime() + budget.toNanos();
    List<ModelVersion> versions = versions(model, end);
    if (versions.isEmpty()) {
      return Set.of();
    }
    if (dataset == Dataset.CHANGE) {
      return Fields.of(dataset);
    }
    List<Event> shown = new ArrayList<>();
    for (Trained one : trained(versions.subList(0, Math.min(MOST_RUNS, versions.size())), end)) {
      event(model, dataset, one).ifPresent(shown::add);
    }
    Set<String> fields = new TreeSet<>();
    shown.forEach(event -> fields.addAll(event.values().keySet()));
    return fields;
  }

  @Override
  public List<Event> events(Model model, Dataset dataset, Window window, Duration budget)
      throws EvidenceException {
    long end = System.nanoTime() + budget.toNanos();
    List<ModelVersion> versions = versions(model, end);
    List<Event> events = new ArrayList<>();
    if (dataset == Dataset.CHANGE) {
      for (int i = 0; i < versions.size(); i++) {
        ModelVersion version = versions.get(i);
        Optional<ModelVersion> before =
            i + 1 < versions.size() ? Optional.of(versions.get(i + 1)) : Optional.empty();
        events.add(version.registered(model.name(), page(version), before));
      }
    } else {
      for (Trained one : trained(about(versions, window), end)) {
        event(model, dataset, one).ifPresent(events::add);
      }
    }
    return events.stream()
        .filter(event -> window.contains(event.time()))
        .sorted(Comparator.comparing(Event::time).reversed())
        .toList();
  }

  /** The newest that can have been trained in the window. */
  private static List<ModelVersion> about(List<ModelVersion> versions, Window window) {
    Instant latest = window.to().plus(LEEWAY);
    Instant earliest = window.from().minus(LEEWAY);
    return versions.stream()
        .filter(version -> version.created().isBefore(latest))
        .filter(version -> version.created().isAfter(earliest))
        .limit(MOST_RUNS)
        .toList();
  }

  private static Optional<Event> event(Model model, Dataset dataset, Trained one) {
    String version = one.version().version();
    return dataset == Dataset.QUALITY
        ? one.run().quality(model.name(), version)
        : Optional.of(one.run().run(model.name(), pipeline(model, one.version()), version));
  }

  private static String pipeline(Model model, ModelVersion version) {
    return model.retraining().map(Model.Retraining::pipeline).orElse(version.model());
  }

  private List<ModelVersion> versions(Model model, long end) throws EvidenceException {
    for (String name : names(model)) {
      Optional<Map<String, List<String>>> aliases = registry.aliases(name, end);
      if (aliases.isPresent()) {
        return registry.versions(name, aliases.get(), end);
      }
    }
    registry.mustBeThere(end);
    return List.of();
  }

  private Set<String> names(Model model) {
    String given = settings.registered().get(model.name());
    if (given != null) {
      return Set.of(given);
    }
    Set<String> names = new LinkedHashSet<>(List.of(model.name()));
    names.addAll(model.aliases());
    return names;
  }

  /** Each run once: of several versions of one run, the newest. */
  private List<Trained> trained(List<ModelVersion> versions, long end) throws EvidenceException {
    Set<String> seen = new LinkedHashSet<>();
    List<Trained> trained = new ArrayList<>();
    for (ModelVersion version : versions) {
      if (!version.run().isEmpty() && seen.add(version.run())) {
        registry.run(version.run(), end).ifPresent(run -> trained.add(new Trained(version, run)));
      }
    }
    return trained;
  }

  private String page(ModelVersion version) {
    String base = settings.url().replaceAll("/+$", "");
    return base
        + "/#/models/"
        + URLEncoder.encode(version.model(), StandardCharsets.UTF_8).replace("+", "%20")
        + "/versions/"
        + version.version();
  }

  @Override
  public void close() {
    registry.close();
  }
}
