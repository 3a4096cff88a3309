package dev.samovar;

import dev.samovar.checks.Checks;
import dev.samovar.config.Configuration;
import dev.samovar.config.ConfigurationException;
import dev.samovar.config.Secret;
import dev.samovar.elasticsearch.ElasticsearchSettings;
import dev.samovar.elasticsearch.ElasticsearchSource;
import dev.samovar.evidence.Evidence;
import dev.samovar.evidence.LockFiles;
import dev.samovar.lockfile.LockFileFolder;
import dev.samovar.triage.Investigation;
import dev.samovar.triage.Triage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The wiring, by hand, in one place. */
final class House implements AutoCloseable {
  private static final Duration DEADLINE = Duration.ofSeconds(20);
  private static final int WORKERS = 12;

  private final ElasticsearchSource source;
  private final ExecutorService workers;
  private final Triage triage;

  private House(ElasticsearchSource source, LockFiles lockFiles) {
    this.source = source;
    this.workers =
        Executors.newFixedThreadPool(
            WORKERS,
            task -> {
              Thread thread = new Thread(task, "check");
              thread.setDaemon(true);
              return thread;
            });
    this.triage =
        new Investigation(
            (id, budget) -> {
              Evidence evidence = source.open(id, budget);
              return new Evidence(evidence.events(), evidence.metrics(), lockFiles);
            },
            Checks.all(),
            workers,
            DEADLINE,
            () -> UUID.randomUUID().toString().substring(0, 8));
  }

  /**
   * @param file where the configuration is; the paths in it are relative to its folder
   */
  static House of(Configuration configuration, Path file) throws ConfigurationException {
    Path folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(Path.of("."));
    return of(settings(configuration.elasticsearch()), new LockFileFolder(folder));
  }

  static House of(ElasticsearchSettings settings, LockFiles lockFiles)
      throws ConfigurationException {
    try {
      return new House(new ElasticsearchSource(settings), lockFiles);
    } catch (IOException e) {
      throw new ConfigurationException(List.of("elasticsearch.ca_file: " + e.getMessage()));
    }
  }

  private static ElasticsearchSettings settings(Configuration.Cluster cluster) {
    return new ElasticsearchSettings(
        cluster.urls(),
        cluster.apiKey().map(Secret::value),
        cluster.username(),
        cluster.password().map(Secret::value),
        cluster.caFile(),
        cluster.kibana(),
        cluster.connectTimeout());
  }

  Triage triage() {
    return triage;
  }

  @Override
  public void close() {
    workers.shutdownNow();
    source.close();
  }
}
