package dev.samovar;

import dev.samovar.config.Configuration;
import dev.samovar.config.OnCallServices;
import dev.samovar.config.Repositories;
import dev.samovar.config.Server;
import dev.samovar.doctor.Station;
import dev.samovar.doctor.Station.State;
import dev.samovar.evidence.EventFeed;
import dev.samovar.evidence.EvidenceException;
import dev.samovar.evidence.Presence;
import dev.samovar.evidence.Reach;
import dev.samovar.oncall.Schedule.Service;
import dev.samovar.oncall.ScheduleSource;
import dev.samovar.oncall.Stint;
import dev.samovar.oncall.Team;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How the sources beside the cluster and the metrics are: each feed that a configuration names, and
 * the schedules of those on call. A feed that can tell how it is ({@link EventFeed#reach}) needs
 * nothing here but, if people should read where it is, its address.
 */
final class FeedStations {
  private static final Duration BUDGET = Duration.ofSeconds(8);
  private static final Duration AHEAD = Duration.ofDays(7);

  /** By the names of those that are configured. */
  private final Map<String, String> addresses = new HashMap<>();

  private final List<String> absent = new ArrayList<>();

  FeedStations(Configuration configuration) {
    put("Airflow", configuration.airflow().map(Server::url));
    put("MLflow", configuration.mlflow().map(one -> one.server().url()));
    Repositories repositories = configuration.repositories();
    put("GitHub", url(repositories, Repositories.GITHUB, repositories.github()));
    put("GitLab", url(repositories, Repositories.GITLAB, repositories.gitlab()));
    for (Service service : Service.values()) {
      put(
          service.title(),
          Optional.ofNullable(configuration.onCall().byService().get(service))
              .map(OnCallServices.Access::url));
    }
  }

  private static Optional<String> url(
      Repositories repositories, String forge, Repositories.Host host) {
    return repositories.at(forge).isEmpty() ? Optional.empty() : Optional.of(host.url());
  }

  private void put(String name, Optional<String> url) {
    if (url.isPresent()) {
      addresses.put(name, Stations.address(url.get()));
    } else {
      absent.add(name);
    }
  }

  /** Those that nobody configured, in one line: each is a choice. */
  Optional<Station> absent() {
    return absent.isEmpty()
        ? Optional.empty()
        : Optional.of(Station.absent("others", "not configured: " + String.join(", ", absent)));
  }

  Station of(EventFeed feed) {
    try {
      Optional<Reach> reach = feed.reach(BUDGET);
      return reach.isPresent()
          ? station(feed.name(), reach.get().presence(), reach.get().troubles(), List.of())
          : Station.ok(feed.name(), "configured; it does not tell how it is");
    } catch (EvidenceException e) {
      return broken(feed.name(), e);
    }
  }

  private static Station broken(String name, EvidenceException e) {
    return Station.broken(
        name,
        e.getMessage(),
        e.kind() == EvidenceException.Kind.DENIED
            ? "Give Samovar credentials that " + name + " accepts: see SOURCES."
            : "Make " + name + " answer: see SOURCES.");
  }

  private Station station(
      String name, Presence presence, List<String> troubles, List<String> told) {
    List<String> details = new ArrayList<>(told);
    List<String> next = new ArrayList<>();
    boolean isWell = Stations.clock(presence, details, next, name);
    details.addAll(troubles);
    troubles.forEach(one -> next.add("See to it in " + name + ": " + one));
    return new Station(
        name,
        isWell && troubles.isEmpty() ? State.OK : State.WARNING,
        Stations.told(presence, addresses.getOrDefault(name, "its address")),
        details,
        next);
  }

  /** Of a team that keeps its schedule elsewhere. */
  Optional<Station> of(Team team, Clock clock) {
    if (team.schedule().isEmpty()) {
      return Optional.empty();
    }
    ScheduleSource source = team.schedule().get().source();
    String id = team.schedule().get().id();
    try {
      Presence presence = source.presence(BUDGET);
      Instant now = clock.instant();
      List<Stint> stints = source.stints(id, now, now.plus(AHEAD), BUDGET);
      List<String> troubles = new ArrayList<>();
      boolean isSomebody = stints.stream().anyMatch(one -> one.covers(now));
      if (!isSomebody) {
        troubles.add(
            "schedule " + id + " of " + team.name() + " has nobody on call now; the rota counts.");
      }
      Set<String> people = new LinkedHashSet<>();
      stints.forEach(one -> people.add(one.contact().name()));
      long known = stints.stream().filter(one -> one.contact().email().isPresent()).count();
      return Optional.of(
          station(
              source.name(),
              presence,
              troubles,
              List.of(
                  "Schedule "
                      + id
                      + " of "
                      + team.name()
                      + ": "
                      + people.size()
                      + (people.size() == 1 ? " person" : " people")
                      + " in the next 7 days"
                      + (known < stints.size() ? ", some without an e-mail." : "."))));
    } catch (EvidenceException e) {
      return Optional.of(broken(source.name(), e));
    }
  }
}
