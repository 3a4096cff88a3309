package dev.samovar.mlflow;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where MLflow is, and as whom to ask it.
 *
 * @param registered the name it knows a model by, for models that give one; others are looked for
 *     by their name and then by their aliases
 */
public record MlflowSettings(
    String url,
    Optional<String> token,
    Optional<String> username,
    Optional<String> password,
    Optional<Path> caFile,
    Map<String, String> registered) {
  public MlflowSettings {
    registered = Map.copyOf(registered);
  }

  /** Credentials are not for logs. */
  @Override
  public String toString() {
    return "MLflow at " + url;
  }
}
