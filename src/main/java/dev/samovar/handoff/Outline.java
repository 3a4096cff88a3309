package dev.samovar.handoff;

import dev.samovar.handoff.Handoff.Ahead;
import dev.samovar.handoff.Handoff.Feedback;
import dev.samovar.handoff.Handoff.ModelState;
import dev.samovar.handoff.Handoff.Noise;
import dev.samovar.handoff.Handoff.Open;
import dev.samovar.handoff.Handoff.Resolved;
import dev.samovar.handoff.Handoff.Went;
import dev.samovar.rota.Person;
import dev.samovar.triage.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A handoff in lines, the same for every face.
 *
 * @param lead two or three lines that are enough for who is in a hurry
 * @param parts what there is to know besides, the urgent first; none where nothing happened
 */
public record Outline(String title, List<Line> lead, List<Part> parts) {

  /**
   * Lines under a heading.
   *
   * @param isUrgent whether it belongs into the message itself, not only into the details
   */
  public record Part(String heading, boolean isUrgent, List<Line> lines) {
    public Part {
      lines = List.copyOf(lines);
    }
  }

  public Outline {
    lead = List.copyOf(lead);
    parts = List.copyOf(parts);
  }

  /**
   * @param notes of people, oldest first
   */
  public static Outline of(Handoff handoff, List<Note> notes) {
    return new Writing(handoff).write(notes);
  }

  /** The work of writing one. */
  private record Writing(Handoff handoff) {
    Outline write(List<Note> notes) {
      boolean isQuiet = handoff.isQuiet() && notes.isEmpty();
      List<Line> lead = new ArrayList<>();
      lead.add(isQuiet ? quiet() : Line.of(handoff.sentence()));
      if (isQuiet) {
        lead.add(health());
      } else if (!handoff.first().isEmpty()) {
        lead.add(Line.strong("First:").and(" " + handoff.first()));
      }
      lead.add(next(isQuiet));
      return new Outline("Handoff of " + handoff.team(), lead, isQuiet ? List.of() : parts(notes));
    }

    private Line quiet() {
      return Line.of("Nothing happened from ")
          .plus(moment(handoff.changeover().from()))
          .and(" to ")
          .plus(end())
          .and(": no incidents, no changes.");
    }

    /** Of models that are all well, or can't be looked at. */
    private Line health() {
      long well = handoff.models().stream().filter(ModelState::isWell).count();
      List<String> unknown =
          handoff.models().stream()
              .filter(model -> !model.isWell())
              .map(model -> model.model() + " (" + model.says() + ")")
              .toList();
      String all =
          handoff.models().isEmpty()
              ? "No model is known."
              : unknown.isEmpty()
                  ? well == 1
                      ? "Its model is well."
                      : well == 2 ? "Both models are well." : "All " + well + " models are well."
                  : well
                      + " of "
                      + handoff.models().size()
                      + " models are well; no telling of "
                      + some(unknown, 3)
                      + ".";
      return Line.of(all + " Nothing is about to need attention.");
    }

    private Line next(boolean isBrief) {
      Changeover over = handoff.changeover();
      Line line = Line.strong("Next:");
      if (over.incoming().isEmpty()) {
        return line.and(" nobody; the rota names no one after ").plus(both(over.end()));
      }
      Instant begin = over.next().map(turn -> turn.from()).orElse(over.end());
      line =
          line.and(" ").plus(new Line.Who(over.incoming().get())).and(" from ").plus(both(begin));
      if (isBrief) {
        return line.and(".");
      }
      if (over.next().isPresent()) {
        line = line.and(" until ").plus(both(over.next().get().to()));
      }
      return over.outgoing().isEmpty()
          ? line
          : line.and(", after ").plus(new Line.Who(over.outgoing().get()));
    }

    private Line.Moment moment(Instant at) {
      return new Line.Moment(at, List.of(handoff.changeover().zone()), false);
    }

    private Line.Moment end() {
      Changeover over = handoff.changeover();
      return new Line.Moment(
          over.to(),
          List.of(over.zone()),
          over.from()
              .atZone(over.zone())
              .toLocalDate()
              .equals(over.to().atZone(over.zone()).toLocalDate()));
    }

    /** For both who go and who come. */
    private Line.Moment both(Instant at) {
      Changeover over = handoff.changeover();
      Set<ZoneId> zones = new LinkedHashSet<>();
      zones.add(over.outgoing().map(one -> one.zoneOr(over.zone())).orElse(over.zone()));
      over.next()
          .ifPresent(
              turn ->
                  zones.add(over.incoming().map(p -> p.zoneOr(turn.zone())).orElse(turn.zone())));
      return new Line.Moment(at, List.copyOf(zones), false);
    }

    private List<Part> parts(List<Note> notes) {
      List<Part> parts = new ArrayList<>();
      add(parts, "Notes", true, notes.stream().map(this::note).toList());
      add(parts, "Open incidents", true, handoff.open().stream().map(this::open).toList());
      add(parts, "Needs attention next", true, handoff.ahead().stream().map(this::ahead).toList());
      add(parts, "Models now", false, handoff.models().stream().map(this::model).toList());
      add(parts, "Resolved", false, handoff.resolved().stream().map(this::resolved).toList());
      add(
          parts,
          "Changes that went out",
          false,
          handoff.changes().stream().map(this::went).toList());
      add(parts, "Noisy checks", false, handoff.noisy().stream().map(this::noise).toList());
      add(
          parts,
          "Feedback that nobody answered",
          false,
          handoff.feedback().stream().map(this::feedback).toList());
      add(parts, "Not looked at", true, handoff.unseen().stream().map(Line::of).toList());
      return parts;
    }

    private static void add(List<Part> parts, String heading, boolean isUrgent, List<Line> lines) {
      if (!lines.isEmpty()) {
        parts.add(new Part(heading, isUrgent, lines));
      }
    }

    private Line note(Note note) {
      return new Line(List.of(new Line.Who(Person.of(note.who())))).and(": " + note.text());
    }

    private Line open(Open one) {
      Line line =
          new Line(List.of(new Line.Talk(one.place(), one.model())))
              .and(" since ")
              .plus(moment(one.since()))
              .and(", ");
      line =
          one.owner().isPresent()
              ? line.plus(new Line.Who(Person.of(one.owner().get()))).and(" is on it")
              : line.and("no owner");
      return line.and(": " + one.headline())
          .plus(new Line.Break())
          .plus(new Line.Strong("Next step:"))
          .and(" " + one.next());
    }

    private Line ahead(Ahead one) {
      String what = one.forecast().what();
      // A model's name keeps its letters.
      Line line = Line.strong(what.startsWith("the ") ? "The " + what.substring(4) : what);
      if (one.forecast().at().isPresent()) {
        Instant at = one.forecast().at().get();
        line = line.and(" in " + roughly(Duration.between(handoff.changeover().to(), at)) + " (");
        line = line.plus(moment(at)).and(")");
      }
      String of = one.forecast().what().contains(one.model()) ? "" : ", for " + one.model();
      return line.and(of + ": " + one.forecast().because());
    }

    /** {@code 5 h}: a forecast is no railway timetable. */
    private static String roughly(Duration ahead) {
      long minutes = Math.max(0, ahead.toMinutes());
      if (minutes < 90) {
        return minutes + " min";
      }
      long hours = Math.round(minutes / 60.0);
      return hours < 48 ? hours + " h" : Math.round(hours / 24.0) + " d";
    }

    private Line model(ModelState one) {
      return Line.strong(one.model())
          .and(
              " "
                  + one.verdict().map(Writing::standing).orElse("not looked at")
                  + ": "
                  + one.says());
    }

    private static String standing(Verdict verdict) {
      return switch (verdict) {
        case CAUSE_FOUND -> "unwell";
        case SYMPTOMS_ONLY -> "shows symptoms";
        case ALL_CLEAR -> "well";
        case CANNOT_TELL -> "no telling";
      };
    }

    private Line resolved(Resolved one) {
      Line line =
          new Line(List.of(new Line.Talk(one.place(), one.model())))
              .and(" ")
              .plus(moment(one.at()));
      if (one.owner().isPresent()) {
        line = line.and(" by ").plus(new Line.Who(Person.of(one.owner().get())));
      }
      Optional<String> was =
          one.wasIt()
              .map(
                  check ->
                      one.isConfirmed()
                          ? "it was " + check.id()
                          : "likely " + check.id() + ", which nobody confirmed");
      return line.and(": " + was.orElse("nobody said what it was") + "; " + one.headline());
    }

    private Line went(Went one) {
      return new Line(List.of(moment(one.change().at())))
          .and(" " + one.change().describe())
          .and(
              handoff.models().size() > 1 && one.models().size() < handoff.models().size()
                  ? " (" + some(one.models(), 3) + ")"
                  : "");
    }

    private Line noise(Noise one) {
      return Line.strong(one.check().id())
          .and(
              ": people said “not it” "
                  + times(one.denied())
                  + " and “this was it” "
                  + times(one.confirmed())
                  + " in 7 days, in which it was named "
                  + (one.named() == 0 ? "no more" : times(one.named())));
    }

    private static String times(int count) {
      return count == 1 ? "once" : count == 0 ? "never" : count + " times";
    }

    private Line feedback(Feedback one) {
      return new Line(List.of(new Line.Who(Person.of(one.who()))))
          .and(" said “" + one.cause().id() + (one.wasIt() ? "” was it" : "” was not it") + ", of ")
          .plus(new Line.Talk(one.place(), one.model()))
          .and(", ")
          .plus(moment(one.at()));
    }

    private static String some(List<String> items, int most) {
      return String.join(", ", items.subList(0, Math.min(most, items.size())))
          + (items.size() > most ? " and " + (items.size() - most) + " more" : "");
    }
  }
}
