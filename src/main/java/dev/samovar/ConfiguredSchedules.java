package dev.samovar;

import dev.samovar.config.Configuration;
import dev.samovar.config.ConfigurationException;
import dev.samovar.config.OnCallServices;
import dev.samovar.grafanaoncall.GrafanaOnCall;
import dev.samovar.handoff.Duty;
import dev.samovar.oncall.Directory;
import dev.samovar.oncall.Roster;
import dev.samovar.oncall.Schedule.Service;
import dev.samovar.oncall.ScheduleSource;
import dev.samovar.oncall.Team;
import dev.samovar.pagerduty.PagerDuty;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The programs that keep the schedules a configuration names, and who is on call by them. */
record ConfiguredSchedules(
    Map<Service, ScheduleSource> sources, Roster roster, List<Runnable> closing)
    implements AutoCloseable {
  ConfiguredSchedules {
    sources = Map.copyOf(sources);
    closing = List.copyOf(closing);
  }

  /**
   * @param directory of the face
   */
  static ConfiguredSchedules of(Configuration configuration, Directory directory, Clock clock)
      throws ConfigurationException {
    Map<Service, ScheduleSource> sources = new EnumMap<>(Service.class);
    List<Runnable> closing = new ArrayList<>();
    for (Map.Entry<Service, OnCallServices.Access> one :
        configuration.onCall().byService().entrySet()) {
      OnCallServices.Access access = one.getValue();
      try {
        switch (one.getKey()) {
          case PAGERDUTY -> {
            PagerDuty source =
                new PagerDuty(access.url(), access.token().value(), access.caFile(), clock);
            sources.put(one.getKey(), source);
            closing.add(source::close);
          }
          case GRAFANA_ONCALL -> {
            GrafanaOnCall source =
                new GrafanaOnCall(
                    access.url(), access.token().value(), access.stack(), access.caFile(), clock);
            sources.put(one.getKey(), source);
            closing.add(source::close);
          }
        }
      } catch (IOException e) {
        throw new ConfigurationException(
            List.of(one.getKey().key() + ".ca_file: " + e.getMessage()));
      }
    }
    List<Team> teams =
        configuration.handoffs().stream()
            .map(one -> new Team(one.rota(), watched(one, sources), one.mentionOnCall()))
            .toList();
    return new ConfiguredSchedules(sources, new Roster(teams, directory), closing);
  }

  /** Without its token a service is not asked, and the rota counts. */
  private static Optional<Team.Watched> watched(
      Configuration.Handoff handoff, Map<Service, ScheduleSource> sources) {
    return handoff
        .schedule()
        .flatMap(
            schedule ->
                Optional.ofNullable(sources.get(schedule.service()))
                    .map(source -> new Team.Watched(source, schedule.id())));
  }

  /** A duty with the people that its team's schedule has around some moment. */
  Duty with(Duty duty, Instant now) {
    Optional<Team> team =
        roster.teams().stream().filter(one -> one.name().equals(duty.team())).findFirst();
    return team.isEmpty()
        ? duty
        : duty.with(
            roster.rota(team.get(), now),
            team.get().mayMention(),
            roster.trouble(team.get(), now).stream()
                .map(why -> "who is on call: " + why + "; the rota counts")
                .toList());
  }

  @Override
  public void close() {
    closing.forEach(Runnable::run);
  }
}
