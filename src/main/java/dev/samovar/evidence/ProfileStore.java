package dev.samovar.evidence;

import java.util.Optional;

/** Where training profiles are kept. */
public interface ProfileStore extends TrainingProfiles {
  /**
   * Keeps a profile in place of the one that the version may have.
   *
   * @return the one it replaces
   */
  Optional<Version> store(TrainingProfile profile) throws EvidenceException;
}
