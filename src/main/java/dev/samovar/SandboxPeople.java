package dev.samovar;

import dev.samovar.rota.Person;
import dev.samovar.rota.Rota;
import dev.samovar.rota.Shift;
import dev.samovar.standin.Channel;
import dev.samovar.standin.Member;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Who is in the sandbox's workspace, where they talk, and who is on call when. */
final class SandboxPeople {
  static final String TEAM = "ml-platform";
  private static final int SHIFT_HOURS = 8;
  private static final int SHIFTS = 3;

  private final ZoneId zone;

  SandboxPeople(ZoneId given) {
    this.zone = ZoneId.getAvailableZoneIds().contains(given.getId()) ? given : ZoneId.of("UTC");
  }

  List<Member> members() {
    return List.of(
        new Member("U0ANA", "ana", "Ana Costa", "ML engineer", zone),
        new Member("U0BEN", "ben", "Ben Okafor", "ML engineer", zone),
        new Member("U0MIRA", "mira", "Mira Lind", "product", zone));
  }

  List<Channel> channels() {
    return Stream.concat(
            Stream.of(
                channel("C0INC", "inc-models", "Samovar listens here, and answers reports."),
                channel("C0TEAM", TEAM, "Shifts are handed over here."),
                channel("C0TALK", "ml-talk", "Here Samovar answers only when asked: @samovar …")),
            members().stream()
                .map(
                    one ->
                        new Channel(
                            "D0" + one.id().substring(2),
                            "samovar",
                            "You and the app.",
                            Optional.of(one.id()))))
        .toList();
  }

  private static Channel channel(String id, String name, String purpose) {
    return new Channel(id, name, purpose, Optional.empty());
  }

  /** The shift that runs ends in one to two hours, so that its end can be seen. */
  Rota rota(Instant now) {
    LocalTime end = now.atZone(zone).plusHours(2).truncatedTo(ChronoUnit.HOURS).toLocalTime();
    List<Shift> shifts = new ArrayList<>();
    for (int i = 0; i < SHIFTS; i++) {
      shifts.add(
          new Shift(end.plusHours((long) SHIFT_HOURS * i), Optional.empty(), zone, List.of()));
    }
    return new Rota(
        TEAM,
        shifts,
        members().stream()
            .map(one -> new Person(one.id(), Optional.of(one.realName()), Optional.of(zone)))
            .toList(),
        List.of(),
        List.of());
  }
}
