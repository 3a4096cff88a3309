package dev.samovar.evidence;

/** Everything a check may ask. */
public record Evidence(Events events, Metrics metrics, LockFiles lockFiles) {
  public Evidence(Events events, Metrics metrics) {
    this(events, metrics, LockFiles.NONE);
  }
}
