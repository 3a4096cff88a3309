package dev.samovar.evidence;

import java.time.Instant;
import java.util.Optional;

/** Where the lock files of the models are. */
public interface LockFiles {
  /** No model has one. */
  LockFiles NONE = (model, at) -> Optional.empty();

  /**
   * Empty where none is configured for the model.
   *
   * @param at the moment as of which it is asked for, where there are several
   */
  Optional<LockFile> of(Model model, Instant at) throws EvidenceException;
}
