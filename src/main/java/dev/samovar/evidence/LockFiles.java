package dev.samovar.evidence;

import java.util.Optional;

/** Where the lock files of the models are. */
public interface LockFiles {
  /** No model has one. */
  LockFiles NONE = model -> Optional.empty();

  /** Empty where none is configured for the model. */
  Optional<LockFile> of(Model model) throws EvidenceException;
}
