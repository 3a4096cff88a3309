package dev.samovar;

import dev.samovar.checks.Checks;
import dev.samovar.config.Configuration;
import dev.samovar.config.ConfigurationException;
import dev.samovar.config.Secret;
import dev.samovar.elasticsearch.ElasticsearchSettings;
import dev.samovar.elasticsearch.ElasticsearchSource;
import dev.samovar.evidence.Evidence;
import dev.samovar.evidence.EvidenceSource;
import dev.samovar.evidence.LockFiles;
import dev.samovar.handoff.Gathering;
import dev.samovar.handoff.Handoffs;
import dev.samovar.handoff.Outlook;
import dev.samovar.incidents.Incidents;
import dev.samovar.lockfile.LockFileFolder;
import dev.samovar.runbooks.Runbooks;
import dev.samovar.triage.Investigation;
import dev.samovar.triage.Report;
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

  /** Models looked at side by side for a handoff; each look runs its checks side by side itself. */
  private static final int LOOKS = 4;

  private static final Duration HANDOFF_DEADLINE = Duration.ofSeconds(90);

  private final ElasticsearchSource source;
  private final EvidenceSource evidence;
  private final ExecutorService workers;
  private final ExecutorService lookers;
  private final Triage triage;
  private volatile boolean reached;

  private House(ElasticsearchSource source, LockFiles lockFiles) {
    this.source = source;
    this.workers = threads(WORKERS, "check");
    this.lookers = threads(LOOKS, "look");
    this.evidence =
        (id, budget) -> {
          Evidence opened = source.open(id, budget);
          return opened.with(lockFiles);
        };
    this.triage =
        new Investigation(
            evidence,
            Checks.all(),
            workers,
            DEADLINE,
            () -> UUID.randomUUID().toString().substring(0, 8));
  }

  private static ExecutorService threads(int count, String name) {
    return Executors.newFixedThreadPool(
        count,
        task -> {
          Thread thread = new Thread(task, name);
          thread.setDaemon(true);
          return thread;
        });
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

  Handoffs handoffs(Incidents incidents, Runbooks runbooks) {
    Triage noticing =
        (request, progress) -> {
          Report report = triage.investigate(request, progress);
          if (report.reached()) {
            reached = true;
          }
          return report;
        };
    return new Handoffs(
        new Gathering(noticing, new Outlook(evidence), lookers, HANDOFF_DEADLINE),
        incidents,
        runbooks);
  }

  /** Whether any look for a handoff got an answer from a source. */
  boolean wasReached() {
    return reached;
  }

  @Override
  public void close() {
    lookers.shutdownNow();
    workers.shutdownNow();
    source.close();
  }
}
