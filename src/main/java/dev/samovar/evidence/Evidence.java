package dev.samovar.evidence;

/** Everything a check may ask. */
public record Evidence(
    Events events,
    Metrics metrics,
    LockFiles lockFiles,
    TrainingProfiles profiles,
    ValidationRules rules) {
  public Evidence(Events events, Metrics metrics) {
    this(events, metrics, LockFiles.NONE, TrainingProfiles.NONE, ValidationRules.NONE);
  }

  /** The same with other events. */
  public Evidence with(Events others) {
    return new Evidence(others, metrics, lockFiles, profiles, rules);
  }

  /** The same with lock files. */
  public Evidence with(LockFiles files) {
    return new Evidence(events, metrics, files, profiles, rules);
  }

  /** The same with training profiles. */
  public Evidence with(TrainingProfiles stored) {
    return new Evidence(events, metrics, lockFiles, stored, rules);
  }

  /** The same with validation rules. */
  public Evidence with(ValidationRules known) {
    return new Evidence(events, metrics, lockFiles, profiles, known);
  }
}
