package dev.samovar.evidence;

import java.util.List;
import java.util.Optional;

/**
 * Where a model's code is, and from where it is deployed.
 *
 * @param forge under which key that place is configured: {@code github}, {@code gitlab}
 * @param project its path there: {@code acme/fraud}
 * @param paths files and folders that concern the model; all of it where none is given
 * @param branch from which it is released; the project's own choice where none is given
 * @param environment to which it is deployed
 */
public record Repository(
    String forge, String project, List<String> paths, Optional<String> branch, String environment) {
  public Repository {
    paths = List.copyOf(paths);
  }

  /** Whether a changed file concerns the model. */
  public boolean has(String file) {
    return paths.isEmpty()
        || paths.stream().anyMatch(path -> file.equals(path) || file.startsWith(path + "/"));
  }
}
