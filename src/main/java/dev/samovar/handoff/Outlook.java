package dev.samovar.handoff;

import dev.samovar.checks.Case;
import dev.samovar.checks.Change;
import dev.samovar.checks.ChangeLog;
import dev.samovar.checks.Forecast;
import dev.samovar.checks.Forecasts;
import dev.samovar.evidence.Evidence;
import dev.samovar.evidence.EvidenceException;
import dev.samovar.evidence.EvidenceSource;
import dev.samovar.evidence.Model;
import dev.samovar.evidence.Window;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What changed and what will need attention: questions besides those of an investigation. */
public class Outlook {
  private static final Duration BUDGET = Duration.ofSeconds(20);

  private final EvidenceSource source;

  public Outlook(EvidenceSource source) {
    this.source = source;
  }

  List<Change> changes(Model model, Window shift) throws EvidenceException {
    Case subject = new Case(model, shift, List.of(), "", shift, Optional.empty());
    return ChangeLog.read(subject, evidence()).changes().stream()
        .filter(change -> shift.contains(change.at()))
        .toList();
  }

  List<Forecast> forecasts(Model model, Window shift) throws EvidenceException {
    return Forecasts.of(model, shift.to(), evidence());
  }

  private Evidence evidence() {
    return source.open("handoff", BUDGET);
  }
}
