package dev.samovar;

import dev.samovar.checks.Checks;
import dev.samovar.config.Configuration;
import dev.samovar.config.ConfigurationException;
import dev.samovar.config.Secret;
import dev.samovar.elasticsearch.Checkup;
import dev.samovar.elasticsearch.ElasticsearchSettings;
import dev.samovar.elasticsearch.ElasticsearchSource;
import dev.samovar.evidence.ChangeRecorder;
import dev.samovar.evidence.EventFeed;
import dev.samovar.evidence.Events;
import dev.samovar.evidence.Evidence;
import dev.samovar.evidence.EvidenceException;
import dev.samovar.evidence.EvidenceSource;
import dev.samovar.evidence.LockFiles;
import dev.samovar.evidence.MetricFeed;
import dev.samovar.evidence.Metrics;
import dev.samovar.evidence.MetricsInTurn;
import dev.samovar.evidence.Presence;
import dev.samovar.evidence.ProfileStore;
import dev.samovar.evidence.RuleBooks;
import dev.samovar.evidence.SourceListener;
import dev.samovar.feeds.FedSource;
import dev.samovar.handoff.Gathering;
import dev.samovar.handoff.Handoffs;
import dev.samovar.handoff.Outlook;
import dev.samovar.http.Credentials;
import dev.samovar.http.HttpSettings;
import dev.samovar.incidents.Incidents;
import dev.samovar.lockfile.LockFileFolder;
import dev.samovar.operations.HeardFeed;
import dev.samovar.operations.HeardFigures;
import dev.samovar.operations.HeardMetrics;
import dev.samovar.prometheus.PrometheusLinks;
import dev.samovar.prometheus.PrometheusSource;
import dev.samovar.redaction.DiscreetEvents;
import dev.samovar.redaction.DiscreetTriage;
import dev.samovar.redaction.Redaction;
import dev.samovar.runbooks.Runbooks;
import dev.samovar.triage.Investigation;
import dev.samovar.triage.Report;
import dev.samovar.triage.Triage;
import dev.samovar.validation.RuleFileException;
import dev.samovar.validation.RuleFiles;
import dev.samovar.work.Trail;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutorService;

/** The wiring, by hand, in one place. */
final class House implements AutoCloseable {
  private static final Duration DEADLINE = Duration.ofSeconds(20);

  /** Of a sandbox, whose Elasticsearch has the same machine. */
  private static final Duration SANDBOX_DEADLINE = Duration.ofMinutes(1);

  private static final int WORKERS = 12;

  /** Questions to feeds under way at a time; they wait more than they work. */
  private static final int FEEDERS = 8;

  /** Models looked at side by side for a handoff; each look runs its checks side by side itself. */
  private static final int LOOKS = 4;

  private static final Duration HANDOFF_DEADLINE = Duration.ofSeconds(90);

  private final ElasticsearchSource source;
  private final Optional<PrometheusSource> prometheus;
  private final ConfiguredFeeds feeds;
  private final EvidenceSource evidence;
  private final ExecutorService workers;
  private final ExecutorService feeders;
  private final ExecutorService lookers;
  private final Redaction redaction;
  private final Triage triage;
  private volatile boolean reached;

  private House(
      ElasticsearchSource source,
      Optional<PrometheusSource> prometheus,
      ConfiguredFeeds feeds,
      LockFiles lockFiles,
      RuleBooks ruleBooks,
      SourceListener listener,
      Duration deadline,
      Redaction redaction) {
    this.source = source;
    this.prometheus = prometheus;
    this.feeds = feeds;
    this.workers = threads(WORKERS, "check");
    this.feeders = threads(FEEDERS, "feed");
    this.lookers = threads(LOOKS, "look");
    EvidenceSource stored =
        (id, budget) -> {
          Evidence opened = source.open(Trail.current().orElse(id), budget);
          Metrics shipped = opened.metrics();
          Metrics metrics =
              prometheus
                  .<Metrics>map(
                      server ->
                          new MetricsInTurn(
                              new HeardMetrics(server.open(budget), "Prometheus", listener),
                              shipped))
                  .orElse(shipped);
          return new Evidence(opened.events(), metrics, lockFiles, opened.profiles(), ruleBooks);
        };
    List<EventFeed> heard =
        feeds.all().stream().<EventFeed>map(feed -> new HeardFeed(feed, listener)).toList();
    List<MetricFeed> figures =
        feeds.figures().stream().<MetricFeed>map(feed -> new HeardFigures(feed, listener)).toList();
    EvidenceSource fed = new FedSource(stored, heard, figures, feeders);
    this.evidence =
        (id, budget) -> {
          Evidence opened = fed.open(id, budget);
          return opened.with(new DiscreetEvents(opened.events(), redaction));
        };
    this.redaction = redaction;
    this.triage =
        new DiscreetTriage(
            new Investigation(
                evidence,
                Checks.all(),
                workers,
                deadline,
                () -> UUID.randomUUID().toString().substring(0, 8)),
            redaction);
  }

  private static ExecutorService threads(int count, String name) {
    return new FollowedThreads(
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
    return of(configuration, file, SourceListener.NONE);
  }

  /**
   * @param listener hears how the sources answer
   */
  static House of(Configuration configuration, Path file, SourceListener listener)
      throws ConfigurationException {
    Path folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(Path.of("."));
    Optional<PrometheusSource> prometheus = Optional.empty();
    if (configuration.prometheus().isPresent()) {
      prometheus = Optional.of(prometheus(configuration.prometheus().get()));
    }
    ConfiguredFeeds feeds = ConfiguredFeeds.of(configuration, Clock.systemUTC());
    return of(
        settings(configuration.elasticsearch()),
        prometheus,
        feeds,
        new LockFileFolder(folder, feeds.repositoryFiles()),
        ruleBooks(configuration, folder),
        listener,
        DEADLINE,
        Redaction.of(configuration.redaction()));
  }

  private static RuleBooks ruleBooks(Configuration configuration, Path folder)
      throws ConfigurationException {
    try {
      return RuleFiles.read(folder, configuration.validationRules());
    } catch (RuleFileException e) {
      throw new ConfigurationException(e.mistakes());
    }
  }

  private static PrometheusSource prometheus(Configuration.Prometheus given)
      throws ConfigurationException {
    Map<String, String> headers = new TreeMap<>();
    given.headers().forEach((name, value) -> headers.put(name, value.value()));
    given.tenant().ifPresent(tenant -> headers.put("X-Scope-OrgID", tenant));
    given
        .username()
        .ifPresent(
            user ->
                headers.putAll(
                    Credentials.basic(user, given.password().map(Secret::value).orElse(""))));
    given.bearerToken().ifPresent(token -> headers.putAll(Credentials.bearer(token.value())));
    try {
      return new PrometheusSource(
          HttpSettings.of("Prometheus", "prometheus", given.url(), headers)
              .trusting(given.caFile()),
          new PrometheusLinks(
              // A browser sends no tenant, and would be shown nothing.
              given.tenant().isPresent() ? Optional.empty() : Optional.of(given.url()),
              given.grafana(),
              given.grafanaDatasource()),
          Clock.systemUTC());
    } catch (IOException e) {
      throw new ConfigurationException(List.of("prometheus.ca_file: " + e.getMessage()));
    }
  }

  /** With nothing but an Elasticsearch on the same machine. */
  static House ofSandbox(ElasticsearchSettings settings) throws ConfigurationException {
    return of(
        settings,
        Optional.empty(),
        ConfiguredFeeds.NONE,
        LockFiles.NONE,
        RuleBooks.NONE,
        SourceListener.NONE,
        SANDBOX_DEADLINE,
        Redaction.usual());
  }

  private static House of(
      ElasticsearchSettings settings,
      Optional<PrometheusSource> prometheus,
      ConfiguredFeeds feeds,
      LockFiles lockFiles,
      RuleBooks ruleBooks,
      SourceListener listener,
      Duration deadline,
      Redaction redaction)
      throws ConfigurationException {
    try {
      return new House(
          new ElasticsearchSource(settings, listener),
          prometheus,
          feeds,
          lockFiles,
          ruleBooks,
          listener,
          deadline,
          redaction);
    } catch (IOException e) {
      throw new ConfigurationException(List.of("elasticsearch.ca_file: " + e.getMessage()));
    }
  }

  /** The cluster alone, for commands that ask nothing else. */
  static ElasticsearchSource cluster(Configuration configuration) throws ConfigurationException {
    try {
      return new ElasticsearchSource(settings(configuration.elasticsearch()));
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
        cluster.connectTimeout(),
        cluster.maxSearches().orElse(ElasticsearchSettings.MAX_SEARCHES));
  }

  /** What one command may ask, each question within a budget. */
  Evidence evidence(Duration budget) {
    return evidence.open("command", budget);
  }

  /** The training profiles, to add to. */
  ProfileStore profiles(Duration budget) {
    return source.profiles("command", budget);
  }

  /** Where changes are written. */
  ChangeRecorder changes(Duration budget) {
    return source.changes(budget);
  }

  Triage triage() {
    return triage;
  }

  /**
   * @param id follows every request to the server's logs
   */
  Events events(String id) {
    return source.open(id, DEADLINE).events();
  }

  Checkup checkup(Duration budget, Clock clock) {
    return source.checkup(budget, clock);
  }

  /** Empty where none is configured. */
  Optional<Presence> prometheus(Duration budget, Clock clock) throws EvidenceException {
    return prometheus.isEmpty()
        ? Optional.empty()
        : Optional.of(prometheus.get().presence(budget, clock));
  }

  /** What is asked for events beside the cluster. */
  List<EventFeed> feeds() {
    return feeds.all();
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
        runbooks,
        redaction::of);
  }

  /** Whether any look for a handoff got an answer from a source. */
  boolean wasReached() {
    return reached;
  }

  @Override
  public void close() {
    lookers.shutdownNow();
    workers.shutdownNow();
    feeders.shutdownNow();
    feeds.close();
    prometheus.ifPresent(PrometheusSource::close);
    source.close();
  }
}
