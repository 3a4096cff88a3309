package dev.samovar.config;

import dev.samovar.evidence.Model;
import dev.samovar.evidence.Nearest;
import dev.samovar.oncall.Schedule;
import dev.samovar.rota.Person;
import dev.samovar.rota.Rota;
import dev.samovar.rota.Shift;
import dev.samovar.rota.Substitute;
import dev.samovar.rota.Weeks;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** The section {@code handoffs}: who hands over to whom, when and where. */
final class Handoffs {
  /** Two years show every change of the clocks that a rule brings. */
  private static final Instant FROM = Instant.parse("2027-01-01T00:00:00Z");

  private static final Instant TO = Instant.parse("2029-01-01T00:00:00Z");
  private static final List<Instant> SEASONS =
      List.of(Instant.parse("2027-01-20T12:00:00Z"), Instant.parse("2027-07-20T12:00:00Z"));
  private static final Pattern TIME = Pattern.compile("([01]\\d|2[0-3]):[0-5]\\d");
  private static final Pattern MOMENT =
      Pattern.compile("(\\d{4}-\\d{2}-\\d{2})(?:[T ](\\d{2}:\\d{2})(?::00)?)?(?:\\s+(\\S+))?");

  private Handoffs() {}

  static List<Configuration.Handoff> read(Section root, List<Model> models) {
    List<Configuration.Handoff> handoffs = new ArrayList<>();
    Map<String, Entry> teams = new HashMap<>();
    for (Entry item : root.items("handoffs")) {
      Optional<Section> section = item.section();
      if (section.isPresent()) {
        Configuration.Handoff handoff = handoff(section.get(), root);
        section.get().entry("team").ifPresent(entry -> team(entry, handoff.team(), models, teams));
        handoffs.add(handoff);
      }
    }
    return handoffs;
  }

  private static void team(Entry entry, String team, List<Model> models, Map<String, Entry> teams) {
    Entry before = teams.putIfAbsent(team, entry);
    if (before != null) {
      entry.wrong(entry.shown() + " has its handoffs at " + before.path() + " already");
    }
    List<String> known =
        models.stream().flatMap(model -> model.team().stream()).distinct().toList();
    // Where no model names a team, the handoff is about all of them.
    if (!known.isEmpty() && !known.contains(team)) {
      entry.wrong(
          entry.shown()
              + " is no model's team"
              + Nearest.of(team, known)
                  .map(near -> "; did you mean \"" + near + "\"?")
                  .orElse("; models name " + String.join(", ", known)));
    }
  }

  private static Configuration.Handoff handoff(Section section, Section root) {
    String team = section.required("team").orElse("");
    String channel = section.required("channel").orElse("");
    Map<String, Person> people = new HashMap<>();
    List<Person> rota =
        section.items("rota").stream().flatMap(item -> person(item, people).stream()).toList();
    List<Shift> shifts = shifts(section, people);
    ZoneId zone = shifts.isEmpty() ? ZoneOffset.UTC : shifts.get(0).zone();
    List<Weeks> weeks = weeks(section, people, rota.isEmpty());
    List<Substitute> substitutes = substitutes(section, people, zone);
    boolean mayGap =
        section
            .parsed(
                "gaps",
                given ->
                    switch (given.toLowerCase(Locale.ROOT)) {
                      case "allowed" -> Optional.of(true);
                      case "forbidden" -> Optional.of(false);
                      default -> Optional.empty();
                    },
                "is neither allowed nor forbidden")
            .orElse(false);
    Optional<Schedule> schedule = OnCallServices.schedule(section, root);
    boolean mayMention =
        section
            .parsed("mention_on_call", Handoffs::truth, "is neither true nor false")
            .orElse(false);
    Rota made = new Rota(team, shifts, rota, weeks, substitutes);
    section.entry("shifts").ifPresent(entry -> faults(entry, made, mayGap));
    if (!shifts.isEmpty()
        && schedule.isEmpty()
        && rota.isEmpty()
        && weeks.isEmpty()
        && shifts.stream().anyMatch(shift -> shift.people().isEmpty())) {
      section
          .entry("shifts")
          .ifPresent(
              entry ->
                  entry.wrong("nobody has these shifts; name people under rota, weeks or people"));
    }
    section.end();
    return new Configuration.Handoff(team, channel, made, schedule, mayMention);
  }

  private static Optional<Boolean> truth(String given) {
    return switch (given.toLowerCase(Locale.ROOT)) {
      case "true", "yes", "on" -> Optional.of(true);
      case "false", "no", "off" -> Optional.of(false);
      default -> Optional.empty();
    };
  }

  private static List<Shift> shifts(Section section, Map<String, Person> people) {
    List<Shift> shifts = new ArrayList<>();
    List<Entry> entries = new ArrayList<>();
    for (Entry item : section.items("shifts")) {
      Optional<Shift> shift =
          item.node() instanceof ScalarNode ? written(item) : spelled(item, people);
      if (shift.isPresent()) {
        for (int i = 0; i < shifts.size(); i++) {
          if (begin(shift.get()).equals(begin(shifts.get(i)))) {
            item.wrong(item.shown() + " begins at the same moment as " + entries.get(i).path());
          }
        }
        shifts.add(shift.get());
        entries.add(item);
      }
    }
    return shifts;
  }

  /** In winter and in summer. */
  private static List<Optional<Instant>> begin(Shift shift) {
    Rota alone = new Rota("", List.of(shift), List.of(), List.of(), List.of());
    return SEASONS.stream().map(day -> alone.next(day).map(turn -> turn.from())).toList();
  }

  private static Optional<Shift> written(Entry item) {
    Optional<String> text = item.text();
    Optional<Shift> shift = text.flatMap(Shift::parse);
    if (text.isPresent() && shift.isEmpty()) {
      String[] words = text.get().strip().split("\\s+", -1);
      String last = words[words.length - 1];
      boolean isZone = words.length > 1 && !isZone(last);
      item.wrong(
          item.shown()
              + " is no shift"
              + (isZone ? ": " + unknownZone(last) : "; write 09:00 Europe/Berlin"));
    }
    return shift;
  }

  private static boolean isZone(String name) {
    return ZoneId.getAvailableZoneIds().contains(name);
  }

  private static String unknownZone(String name) {
    return "there is no zone "
        + name
        + Nearest.of(name, List.copyOf(new java.util.TreeSet<>(ZoneId.getAvailableZoneIds())))
            .map(near -> "; did you mean " + near + "?")
            .orElse("; write one such as Europe/Berlin");
  }

  private static Optional<Shift> spelled(Entry item, Map<String, Person> people) {
    Optional<Section> found = item.section();
    if (found.isEmpty()) {
      return Optional.empty();
    }
    Section section = found.get();
    section.required("start");
    section.required("zone");
    Optional<LocalTime> start = time(section, "start");
    Optional<LocalTime> end = time(section, "end");
    Optional<ZoneId> zone = zone(section);
    List<Person> own =
        section.items("people").stream().flatMap(one -> person(one, people).stream()).toList();
    section.end();
    return start.isPresent() && zone.isPresent()
        ? Optional.of(new Shift(start.get(), end, zone.get(), own))
        : Optional.empty();
  }

  private static Optional<LocalTime> time(Section section, String key) {
    return section.parsed(
        key,
        given ->
            TIME.matcher(given).matches() ? Optional.of(LocalTime.parse(given)) : Optional.empty(),
        "is no time of day such as \"09:00\"");
  }

  private static Optional<ZoneId> zone(Section section) {
    Optional<String> given = section.text("zone");
    if (given.isPresent() && !isZone(given.get())) {
      section
          .entry("zone")
          .ifPresent(
              entry -> entry.wrong(entry.shown() + " is no zone: " + unknownZone(given.get())));
    }
    return given.filter(Handoffs::isZone).map(ZoneId::of);
  }

  /** An id or a name; or its keys. Who was described once may be named by id or name later. */
  private static Optional<Person> person(Entry item, Map<String, Person> people) {
    if (item.node() instanceof ScalarNode) {
      Optional<String> text = item.text().map(String::strip);
      if (text.isPresent() && text.get().isEmpty()) {
        item.wrong("names nobody");
        return Optional.empty();
      }
      return text.map(id -> people.getOrDefault(id, Person.of(id)));
    }
    return item.section()
        .flatMap(
            section -> {
              Optional<String> id = section.text("id");
              Optional<String> name = section.text("name");
              if (id.isEmpty() && name.isEmpty()) {
                section.required("id");
              }
              Optional<ZoneId> zone = zone(section);
              section.end();
              Optional<Person> person =
                  id.or(() -> name).map(known -> new Person(known, name, zone));
              person.ifPresent(
                  one -> {
                    people.put(one.id(), one);
                    name.ifPresent(known -> people.put(known, one));
                  });
              return person;
            });
  }

  private static List<Weeks> weeks(
      Section section, Map<String, Person> people, boolean nobodyElse) {
    List<Weeks> weeks = new ArrayList<>();
    for (Entry item : section.items("weeks")) {
      Optional<Section> part = item.section();
      if (part.isEmpty()) {
        continue;
      }
      part.get().required("from");
      Optional<LocalDate> from = date(part.get(), "from");
      Optional<LocalDate> to = date(part.get(), "to");
      List<Person> its =
          part.get().items("people").stream().flatMap(one -> person(one, people).stream()).toList();
      part.get().end();
      if (its.isEmpty()) {
        item.wrong("names no people");
      }
      if (from.isPresent() && to.isPresent() && !from.get().isBefore(to.get())) {
        item.wrong("ends (" + to.get() + ") before it begins (" + from.get() + ")");
      } else if (from.isPresent() && !its.isEmpty()) {
        follow(item, weeks, from.get(), nobodyElse);
        weeks.add(new Weeks(from.get(), to, its));
      }
    }
    return weeks;
  }

  /** Later weeks begin where earlier ones end; those without an end go on until the next. */
  private static void follow(Entry item, List<Weeks> weeks, LocalDate from, boolean nobodyElse) {
    if (weeks.isEmpty()) {
      return;
    }
    Weeks before = weeks.get(weeks.size() - 1);
    boolean isOverlap =
        !from.isAfter(before.from()) || before.to().filter(from::isBefore).isPresent();
    if (isOverlap) {
      item.wrong(
          "from: "
              + from
              + " overlaps the weeks before, "
              + before.from()
              + " to "
              + before.to().map(LocalDate::toString).orElse("the next"));
    } else if (before.to().isEmpty()) {
      weeks.set(weeks.size() - 1, new Weeks(before.from(), Optional.of(from), before.people()));
    } else if (nobodyElse && before.to().get().isBefore(from)) {
      item.wrong(
          "nobody has the days from "
              + before.to().get()
              + " to "
              + from
              + "; name people for them, or a rota for all other weeks");
    }
  }

  private static Optional<LocalDate> date(Section section, String key) {
    return section.parsed(key, Handoffs::day, "is no day such as 2026-11-30");
  }

  private static Optional<LocalDate> day(String text) {
    try {
      return Optional.of(LocalDate.parse(text, DateTimeFormatter.ISO_LOCAL_DATE));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static List<Substitute> substitutes(
      Section section, Map<String, Person> people, ZoneId usual) {
    List<Substitute> all = new ArrayList<>();
    for (Entry item : section.items("overrides")) {
      Optional<Section> part = item.section();
      if (part.isEmpty()) {
        continue;
      }
      part.get().required("from");
      part.get().required("to");
      part.get().required("person");
      ZoneId zone = zone(part.get()).orElse(usual);
      String form = "is no moment such as 2026-12-24 09:00 Europe/Berlin";
      Optional<Instant> from = part.get().parsed("from", given -> moment(given, zone), form);
      Optional<Instant> to = part.get().parsed("to", given -> moment(given, zone), form);
      Optional<Person> person = part.get().entry("person").flatMap(entry -> person(entry, people));
      part.get().end();
      if (from.isEmpty() || to.isEmpty() || person.isEmpty()) {
        continue;
      }
      if (!from.get().isBefore(to.get())) {
        item.wrong("ends (" + to.get() + ") before it begins (" + from.get() + ")");
        continue;
      }
      for (Substitute other : all) {
        if (from.get().isBefore(other.to()) && other.from().isBefore(to.get())) {
          item.wrong(
              person.get().called()
                  + " and "
                  + other.person().called()
                  + " both stand in from "
                  + (from.get().isAfter(other.from()) ? from.get() : other.from()));
        }
      }
      all.add(new Substitute(from.get(), to.get(), person.get()));
    }
    return all;
  }

  private static Optional<Instant> moment(String text, ZoneId usual) {
    try {
      Matcher local = MOMENT.matcher(text);
      if (local.matches()) {
        ZoneId zone = local.group(3) == null ? usual : ZoneId.of(local.group(3));
        LocalTime time =
            local.group(2) == null ? LocalTime.MIDNIGHT : LocalTime.parse(local.group(2));
        return Optional.of(
            Shift.instant(LocalDateTime.of(LocalDate.parse(local.group(1)), time), zone));
      }
      return Optional.of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static void faults(Entry shifts, Rota rota, boolean mayGap) {
    if (rota.shifts().isEmpty()) {
      return;
    }
    ZoneId zone = rota.shifts().get(0).zone();
    List<Rota.Fault> faults = rota.faults(FROM, TO);
    first(faults, true)
        .filter(gap -> !mayGap)
        .ifPresent(
            gap ->
                shifts.wrong(
                    "nobody has the time from "
                        + span(gap, zone)
                        + often(faults, true)
                        + "; let a shift last until the next begins (09:00 "
                        + zone
                        + ", without an end), or say gaps: allowed"));
    first(faults, false)
        .ifPresent(
            overlap ->
                shifts.wrong(
                    "two shifts have the time from " + span(overlap, zone) + often(faults, false)));
  }

  private static Optional<Rota.Fault> first(List<Rota.Fault> faults, boolean isGap) {
    return faults.stream().filter(fault -> fault.isGap() == isGap).findFirst();
  }

  private static String span(Rota.Fault fault, ZoneId zone) {
    DateTimeFormatter clock = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT).withZone(zone);
    return clock.format(fault.from()) + " to " + clock.format(fault.to()) + " " + zone;
  }

  private static String often(List<Rota.Fault> faults, boolean isGap) {
    List<Rota.Fault> alike = faults.stream().filter(fault -> fault.isGap() == isGap).toList();
    return alike.size() >= 600
        ? " every day"
        : " on some days, such as "
            + alike.get(0).from().atZone(ZoneOffset.UTC).toLocalDate()
            + ", where clocks change on different days";
  }
}
