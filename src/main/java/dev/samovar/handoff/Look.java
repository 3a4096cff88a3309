package dev.samovar.handoff;

import dev.samovar.checks.Change;
import dev.samovar.checks.Forecast;
import dev.samovar.evidence.Model;
import dev.samovar.triage.Report;
import java.util.List;
import java.util.Optional;

/**
 * What was seen of a model just now.
 *
 * @param report empty where it was not back in time
 * @param changes within the time that is told of
 * @param unseen what could not be asked, a sentence each
 */
public record Look(
    Model model,
    Optional<Report> report,
    List<Change> changes,
    List<Forecast> forecasts,
    List<String> unseen) {
  public Look {
    changes = List.copyOf(changes);
    forecasts = List.copyOf(forecasts);
    unseen = List.copyOf(unseen);
  }
}
