package dev.samovar.evidence;

import java.util.function.Consumer;

/** Everything a check may ask. */
public record Evidence(
    Events events,
    Metrics metrics,
    LockFiles lockFiles,
    TrainingProfiles profiles,
    RuleBooks ruleBooks) {
  public Evidence(Events events, Metrics metrics) {
    this(events, metrics, LockFiles.NONE, TrainingProfiles.NONE);
  }

  public Evidence(Events events, Metrics metrics, LockFiles lockFiles, TrainingProfiles profiles) {
    this(events, metrics, lockFiles, profiles, RuleBooks.NONE);
  }

  /** The same with other events. */
  public Evidence with(Events others) {
    return new Evidence(others, metrics, lockFiles, profiles, ruleBooks);
  }

  /** The same with other validation rules. */
  public Evidence with(RuleBooks others) {
    return new Evidence(events, metrics, lockFiles, profiles, others);
  }

  /**
   * The same; each place that stayed silent while others answered is told, see {@link
   * Events#noting}.
   */
  public Evidence noting(Consumer<EvidenceException> silence) {
    return new Evidence(
        events.noting(silence), metrics.noting(silence), lockFiles, profiles, ruleBooks);
  }
}
