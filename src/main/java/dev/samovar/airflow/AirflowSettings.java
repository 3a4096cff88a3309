package dev.samovar.airflow;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where Airflow is, and as whom to ask it.
 *
 * @param token sent as it is; else user name and password: to Airflow 2 as they are, to Airflow 3
 *     for a token
 */
public record AirflowSettings(
    String url,
    Optional<String> token,
    Optional<String> username,
    Optional<String> password,
    Optional<Path> caFile) {

  /** Credentials are not for logs. */
  @Override
  public String toString() {
    return "Airflow at " + url;
  }
}
