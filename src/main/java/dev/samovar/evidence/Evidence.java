package dev.samovar.evidence;

import java.util.function.Consumer;

/** Everything a check may ask. */
public record Evidence(Events events, Metrics metrics, LockFiles lockFiles) {
  public Evidence(Events events, Metrics metrics) {
    this(events, metrics, LockFiles.NONE);
  }

  /** The same; each place that stayed silent while others answered is told, see {@link Events#noting}. */
  public Evidence noting(Consumer<EvidenceException> silence) {
    return new Evidence(events.noting(silence), metrics.noting(silence), lockFiles);
  }
}
