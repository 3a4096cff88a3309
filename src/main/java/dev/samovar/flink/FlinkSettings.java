package dev.samovar.flink;

import java.nio.file.Path;
import java.util.Optional;

/** Where the JobManager's REST API is, and as whom to ask what stands before it. */
public record FlinkSettings(
    String url,
    Optional<String> token,
    Optional<String> username,
    Optional<String> password,
    Optional<Path> caFile) {

  /** Credentials are not for logs. */
  @Override
  public String toString() {
    return "Flink at " + url;
  }
}
