package dev.samovar.doctor;

import dev.samovar.evidence.Dataset;
import dev.samovar.evidence.Events;
import dev.samovar.evidence.EvidenceException;
import dev.samovar.evidence.Model;
import dev.samovar.evidence.Preset;
import dev.samovar.evidence.Window;
import dev.samovar.triage.Progress;
import dev.samovar.triage.Report;
import dev.samovar.triage.Request;
import dev.samovar.triage.Triage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Looks at what can be seen of a model, by a dry investigation and by the mappings. */
public final class Doctor {
  private final Triage triage;
  private final Supplier<Events> events;
  private final Proposals proposals;

  /**
   * @param events anew for each question: they remember what the first model's indices hold
   * @param families index expressions for all there is
   */
  public Doctor(
      Triage triage, Supplier<Events> events, List<Preset> presets, List<String> families) {
    this.triage = triage;
    this.events = events;
    this.proposals = new Proposals(presets, families);
  }

  /**
   * @param window in which the checks are tried
   */
  public Patient examine(Model model, Window window, Progress progress) {
    Report report = triage.investigate(new Request(model, window, "", Set.of()), progress);
    List<Shelf> shelves = new ArrayList<>();
    for (Dataset dataset : Dataset.values()) {
      shelves.add(shelf(model, dataset));
    }
    return new Patient(model.name(), report, shelves, proposal(model), jsonIn(model, window));
  }

  private Shelf shelf(Model model, Dataset dataset) {
    try {
      return Shelf.of(dataset, events.get().catalog(model, dataset));
    } catch (EvidenceException e) {
      return new Shelf(dataset, model.index(dataset), 0, List.of(), List.of(), e.getMessage());
    }
  }

  private Optional<String> jsonIn(Model model, Window window) {
    try {
      return JsonInMessages.of(model, events.get(), window);
    } catch (EvidenceException e) {
      // The shelves say why nothing can be read.
      return Optional.empty();
    }
  }

  /** Where the mappings can't be read, the shelves say why. */
  private Optional<Proposal> proposal(Model model) {
    try {
      return proposals.of(model, events);
    } catch (EvidenceException e) {
      return Optional.empty();
    }
  }
}
