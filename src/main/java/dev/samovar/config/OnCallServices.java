package dev.samovar.config;

import dev.samovar.evidence.Nearest;
import dev.samovar.oncall.Schedule;
import dev.samovar.oncall.Schedule.Service;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where schedules are kept that say who is on call: {@code pagerduty}, {@code grafana_oncall}. */
public record OnCallServices(Map<Service, Access> byService) {
  private static final String PAGERDUTY = "https://api.pagerduty.com";

  /**
   * How one is asked.
   *
   * @param stack Grafana's own address, where the token is that of a service account
   */
  public record Access(String url, Secret token, Optional<String> stack, Optional<Path> caFile) {}

  public OnCallServices {
    byService = Map.copyOf(byService);
  }

  static OnCallServices read(Section root) {
    Map<Service, Access> services = new EnumMap<>(Service.class);
    root.section(Service.PAGERDUTY.key())
        .flatMap(section -> access(section, Optional.of(PAGERDUTY)))
        .ifPresent(access -> services.put(Service.PAGERDUTY, access));
    root.section(Service.GRAFANA_ONCALL.key())
        .flatMap(section -> access(section, Optional.empty()))
        .ifPresent(access -> services.put(Service.GRAFANA_ONCALL, access));
    return new OnCallServices(services);
  }

  /** Without a token, as of {@code ${KEY:-}}, nobody is asked. */
  private static Optional<Access> access(Section section, Optional<String> usual) {
    Optional<String> url = section.url("url").or(() -> usual);
    if (url.isEmpty()) {
      section.required("url");
    }
    Optional<Secret> token = section.secret("token");
    Optional<String> stack = usual.isEmpty() ? section.url("stack") : Optional.empty();
    Optional<Path> caFile = section.text("ca_file").map(Path::of);
    section.end();
    return token.map(known -> new Access(url.orElse(""), known, stack, caFile));
  }

  /** The schedule that a team names. */
  static Optional<Schedule> schedule(Section team, Section root) {
    Optional<Entry> entry = team.entry("schedule");
    Optional<String> text = team.text("schedule");
    if (entry.isEmpty() || text.isEmpty()) {
      return Optional.empty();
    }
    Optional<Schedule> schedule = Schedule.parse(text.get());
    if (schedule.isEmpty()) {
      List<String> keys = Service.keys();
      String word = text.get().split(":", 2)[0];
      entry
          .get()
          .wrong(
              entry.get().shown()
                  + " is no schedule; write pagerduty:PI7DH85 or grafana_oncall:SBM7DV7BKFUYU"
                  + (keys.contains(word)
                      ? ""
                      : Nearest.of(word, keys)
                          .map(near -> " (did you mean " + near + "?)")
                          .orElse("")));
    } else if (root.entry(schedule.get().service().key()).isEmpty()) {
      entry.get().wrong("there is no " + schedule.get().service().key() + ": { token: … } to ask");
    }
    return schedule;
  }
}
