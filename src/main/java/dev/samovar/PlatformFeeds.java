package dev.samovar;

import dev.samovar.argocd.ArgoCdFeed;
import dev.samovar.argocd.ArgoCdSettings;
import dev.samovar.burrow.BurrowFeed;
import dev.samovar.burrow.BurrowSettings;
import dev.samovar.config.ConfigurationException;
import dev.samovar.config.Platforms;
import dev.samovar.config.Secret;
import dev.samovar.config.Server;
import dev.samovar.doctor.Station;
import dev.samovar.evidence.EventFeed;
import dev.samovar.evidence.EvidenceException;
import dev.samovar.evidence.MetricFeed;
import dev.samovar.evidence.Model;
import dev.samovar.flink.FlinkFeed;
import dev.samovar.flink.FlinkSettings;
import dev.samovar.kubernetes.KubernetesFeed;
import dev.samovar.kubernetes.KubernetesSettings;
import dev.samovar.kubernetes.Workload;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Feeds of what models run on, and of what brings them their data. */
record PlatformFeeds(
    List<EventFeed> events, List<MetricFeed> figures, List<Look> looks, List<Runnable> closing)
    implements AutoCloseable {

  /**
   * How one of them is asked how it is.
   *
   * @param key in the configuration
   */
  record Look(String name, String key, Asking asking) {}

  /** What there is of each model; under the empty name, what it is. */
  @FunctionalInterface
  interface Asking {
    Map<String, String> look(List<Model> models, Duration budget) throws EvidenceException;
  }

  PlatformFeeds {
    events = List.copyOf(events);
    figures = List.copyOf(figures);
    looks = List.copyOf(looks);
    closing = List.copyOf(closing);
  }

  static PlatformFeeds of(Platforms platforms, Clock clock) throws ConfigurationException {
    List<EventFeed> events = new ArrayList<>();
    List<MetricFeed> figures = new ArrayList<>();
    List<Look> looks = new ArrayList<>();
    List<Runnable> closing = new ArrayList<>();
    if (platforms.kubernetes().isPresent()) {
      KubernetesFeed feed = kubernetes(platforms.kubernetes().get(), clock);
      events.add(feed);
      figures.add(feed);
      looks.add(new Look(feed.name(), "kubernetes", feed::look));
      closing.add(feed::close);
    }
    if (platforms.argoCd().isPresent()) {
      ArgoCdFeed feed = argoCd(platforms.argoCd().get(), clock);
      events.add(feed);
      looks.add(new Look(feed.name(), "argocd", feed::look));
      closing.add(feed::close);
    }
    if (platforms.flink().isPresent()) {
      FlinkFeed feed = flink(platforms.flink().get(), clock);
      events.add(feed);
      figures.add(feed);
      looks.add(new Look(feed.name(), "flink", feed::look));
      closing.add(feed::close);
    }
    if (platforms.burrow().isPresent()) {
      BurrowFeed feed = burrow(platforms.burrow().get(), clock);
      figures.add(feed);
      looks.add(new Look(feed.name(), "burrow", feed::look));
      closing.add(feed::close);
    }
    return new PlatformFeeds(events, figures, looks, closing);
  }

  /** Each of them as the doctor tells it. */
  static List<Station> stations(Platforms platforms, List<Model> models, Duration budget) {
    try (PlatformFeeds feeds = of(platforms, Clock.systemUTC())) {
      return feeds.looks().stream().map(look -> station(look, models, budget)).toList();
    } catch (ConfigurationException e) {
      // Whoever started the doctor was told so already, when the house was built.
      return List.of();
    }
  }

  private static Station station(Look look, List<Model> models, Duration budget) {
    try {
      Map<String, String> said = new TreeMap<>(look.asking().look(models, budget));
      String what = Optional.ofNullable(said.remove("")).orElse(look.name());
      List<String> details = new ArrayList<>();
      said.forEach((model, found) -> details.add(model + ": " + found + "."));
      return details.isEmpty()
          ? new Station(
              look.name(),
              Station.State.WARNING,
              what,
              List.of("It knows nothing of any model."),
              List.of(
                  "Say what the models are called in "
                      + look.name()
                      + ": see src/site/markdown/evidence.md."))
          : new Station(look.name(), Station.State.OK, what, details, List.of());
    } catch (EvidenceException e) {
      return Station.broken(
          look.name(),
          String.valueOf(e.getMessage()),
          "Make "
              + look.name()
              + " answer ("
              + look.key()
              + " in the configuration): see SOURCES.");
    }
  }

  private static KubernetesFeed kubernetes(Platforms.Kubernetes given, Clock clock)
      throws ConfigurationException {
    Map<String, Workload> byModel = new TreeMap<>();
    given
        .byModel()
        .forEach(
            (model, one) ->
                byModel.put(
                    model,
                    new Workload(
                        one.namespace(), one.name().stream().toList(), one.selector(), true)));
    try {
      return new KubernetesFeed(
          new KubernetesSettings(
              given.url(), given.token().map(Secret::value), given.tokenFile(), given.caFile()),
          byModel,
          given.namespace(),
          clock);
    } catch (IOException e) {
      throw new ConfigurationException(List.of("kubernetes.ca_file: " + e.getMessage()));
    }
  }

  private static ArgoCdFeed argoCd(Platforms.ArgoCd given, Clock clock)
      throws ConfigurationException {
    Server server = given.server();
    try {
      return new ArgoCdFeed(
          new ArgoCdSettings(
              server.url(),
              server.token().map(Secret::value),
              server.username(),
              server.password().map(Secret::value),
              server.caFile(),
              given.applications()),
          clock);
    } catch (IOException e) {
      throw new ConfigurationException(List.of("argocd.ca_file: " + e.getMessage()));
    }
  }

  private static FlinkFeed flink(Server server, Clock clock) throws ConfigurationException {
    try {
      return new FlinkFeed(
          new FlinkSettings(
              server.url(),
              server.token().map(Secret::value),
              server.username(),
              server.password().map(Secret::value),
              server.caFile()),
          clock);
    } catch (IOException e) {
      throw new ConfigurationException(List.of("flink.ca_file: " + e.getMessage()));
    }
  }

  private static BurrowFeed burrow(Platforms.Burrow given, Clock clock)
      throws ConfigurationException {
    Server server = given.server();
    try {
      return new BurrowFeed(
          new BurrowSettings(
              server.url(),
              server.token().map(Secret::value),
              server.username(),
              server.password().map(Secret::value),
              server.caFile(),
              given.cluster()),
          clock);
    } catch (IOException e) {
      throw new ConfigurationException(List.of("burrow.ca_file: " + e.getMessage()));
    }
  }

  @Override
  public void close() {
    closing.forEach(Runnable::run);
  }
}
