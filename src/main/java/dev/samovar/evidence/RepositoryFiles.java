package dev.samovar.evidence;

import java.time.Instant;
import java.util.Optional;

/** Files of the repositories that models are deployed from. */
public interface RepositoryFiles {
  /** No model's repository is known. */
  RepositoryFiles NONE = (model, path, at) -> Optional.empty();

  /**
   * A file's content.
   *
   * @param place where it was read: {@code GitHub at 99d03678b90d}
   */
  record Text(String content, String place) {}

  /**
   * A file as it is in the revision that was deployed last before the moment; empty where no
   * repository is known for the model.
   *
   * @param path from the root of the repository, or of one of the model's folders in it
   * @throws EvidenceException also where no deployment is recorded, or no such file is in it
   */
  Optional<Text> deployed(Model model, String path, Instant at) throws EvidenceException;
}
