package dev.samovar.kubernetes;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the API server is, and as whom to ask it.
 *
 * @param tokenFile read again and again: the kubelet replaces a service account's token every hour
 */
public record KubernetesSettings(
    String url, Optional<String> token, Optional<Path> tokenFile, Optional<Path> caFile) {

  /** Credentials are not for logs. */
  @Override
  public String toString() {
    return "Kubernetes at " + url;
  }
}
