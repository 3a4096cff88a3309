package dev.samovar.evidence;

/** Everything a check may ask. */
public record Evidence(
    Events events, Metrics metrics, LockFiles lockFiles, TrainingProfiles profiles) {
  public Evidence(Events events, Metrics metrics) {
    this(events, metrics, LockFiles.NONE, TrainingProfiles.NONE);
  }

  /** The same with other events. */
  public Evidence with(Events others) {
    return new Evidence(others, metrics, lockFiles, profiles);
  }
}
