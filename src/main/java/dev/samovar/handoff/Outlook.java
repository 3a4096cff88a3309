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
import java.util.function.Consumer;

/** What changed and what will need attention: questions besides those of an investigation. */
public class Outlook {
  private static final Duration BUDGET = Duration.ofSeconds(20);

  private final EvidenceSource source;

  public Outlook(EvidenceSource source) {
    this.source = source;
  }

  /**
   * @param silence told of each place that could not answer while others did
   */
  List<Change> changes(Model model, Window shift, Consumer<EvidenceException> silence)
      throws EvidenceException {
    Case subject = new Case(model, shift, List.of(), "", shift, Optional.empty());
    return ChangeLog.read(subject, evidence().noting(silence)).changes().stream()
        .filter(change -> shift.contains(change.at()))
        .toList();
  }

  List<Forecast> forecasts(Model model, Window shift, Consumer<EvidenceException> silence)
      throws EvidenceException {
    return Forecasts.of(model, shift.to(), evidence().noting(silence));
  }

  private Evidence evidence() {
    return source.open("handoff", BUDGET);
  }
}
