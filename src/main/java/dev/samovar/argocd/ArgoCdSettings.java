package dev.samovar.argocd;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where Argo CD is, and as whom to ask it.
 *
 * @param applications by the models' names; {@code name} or {@code namespace/name}
 */
public record ArgoCdSettings(
    String url,
    Optional<String> token,
    Optional<String> username,
    Optional<String> password,
    Optional<Path> caFile,
    Map<String, List<String>> applications) {
  public ArgoCdSettings {
    applications = Map.copyOf(applications);
  }

  /** Credentials are not for logs. */
  @Override
  public String toString() {
    return "Argo CD at " + url;
  }
}
