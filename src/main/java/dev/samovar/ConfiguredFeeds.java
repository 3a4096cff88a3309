package dev.samovar;

import dev.samovar.airflow.AirflowFeed;
import dev.samovar.airflow.AirflowSettings;
import dev.samovar.config.Configuration;
import dev.samovar.config.ConfigurationException;
import dev.samovar.config.Secret;
import dev.samovar.config.Server;
import dev.samovar.evidence.EventFeed;
import dev.samovar.evidence.MetricFeed;
import dev.samovar.evidence.RepositoryFiles;
import dev.samovar.mlflow.MlflowFeed;
import dev.samovar.mlflow.MlflowSettings;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The feeds that a configuration names.
 *
 * @param figures those that have metrics
 * @param files of the places where code is
 */
record ConfiguredFeeds(
    List<EventFeed> all,
    List<MetricFeed> figures,
    List<RepositoryFiles> files,
    List<Runnable> closing)
    implements AutoCloseable {
  static final ConfiguredFeeds NONE = new ConfiguredFeeds(List.of(), List.of(), List.of(), List.of());

  ConfiguredFeeds {
    all = List.copyOf(all);
    files = List.copyOf(files);
    figures = List.copyOf(figures);
    closing = List.copyOf(closing);
  }

  static ConfiguredFeeds of(Configuration configuration, Clock clock)
      throws ConfigurationException {
    List<EventFeed> all = new ArrayList<>();
    List<Runnable> closing = new ArrayList<>();
    Optional<Server> airflow = configuration.airflow();
    if (airflow.isPresent()) {
      AirflowFeed feed = airflow(airflow.get(), clock);
      all.add(feed);
      closing.add(feed::close);
    }
    Optional<Configuration.Mlflow> mlflow = configuration.mlflow();
    if (mlflow.isPresent()) {
      MlflowFeed feed = mlflow(mlflow.get(), clock);
      all.add(feed);
      closing.add(feed::close);
    }
    Forges forges = Forges.of(configuration.repositories(), clock);
    all.addAll(forges.feeds());
    closing.addAll(forges.closing());
    PlatformFeeds platforms = PlatformFeeds.of(configuration.platforms(), clock);
    all.addAll(platforms.events());
    closing.addAll(platforms.closing());
    return new ConfiguredFeeds(all, platforms.figures(), forges.files(), closing);
  }

  private static AirflowFeed airflow(Server server, Clock clock) throws ConfigurationException {
    try {
      return new AirflowFeed(
          new AirflowSettings(
              server.url(),
              server.token().map(Secret::value),
              server.username(),
              server.password().map(Secret::value),
              server.caFile()),
          clock);
    } catch (IOException e) {
      throw new ConfigurationException(List.of("airflow.ca_file: " + e.getMessage()));
    }
  }

  private static MlflowFeed mlflow(Configuration.Mlflow given, Clock clock)
      throws ConfigurationException {
    Server server = given.server();
    try {
      return new MlflowFeed(
          new MlflowSettings(
              server.url(),
              server.token().map(Secret::value),
              server.username(),
              server.password().map(Secret::value),
              server.caFile(),
              given.registered()),
          clock);
    } catch (IOException e) {
      throw new ConfigurationException(List.of("mlflow.ca_file: " + e.getMessage()));
    }
  }

  /** A model's repository is at one of them. */
  RepositoryFiles repositoryFiles() {
    return (model, path, at) -> {
      for (RepositoryFiles one : files) {
        Optional<RepositoryFiles.Text> text = one.deployed(model, path, at);
        if (text.isPresent()) {
          return text;
        }
      }
      return Optional.empty();
    };
  }

  @Override
  public void close() {
    closing.forEach(Runnable::run);
  }
}
