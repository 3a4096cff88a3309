package dev.samovar.conversation;

import dev.samovar.checks.CheckId;
import dev.samovar.evidence.Durations;
import dev.samovar.evidence.Model;
import dev.samovar.evidence.Nearest;
import dev.samovar.understanding.ModelNames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The sub-commands of {@code /triage}: everything but a model's name. */
final class Commands {
  private static final Duration LONGEST_MUTE = Duration.ofDays(7);
  private static final List<String> NAMES =
      List.of(
          "help", "models", "checks", "history", "status", "mute", "unmute", "why", "doctor",
          "auto", "handoff");

  private final List<Model> models;
  private final ModelNames names;

  Commands(List<Model> models) {
    this.models = List.copyOf(models);
    this.names = new ModelNames(models);
  }

  static boolean isCommand(String said) {
    return NAMES.contains(first(said));
  }

  /** Its letters may be fewer in lower case, or more: {@code İ}. */
  private static String first(String said) {
    return said.split("\\s+", 2)[0];
  }

  /** Empty where the text begins with no sub-command. */
  Optional<Reply> read(String said) {
    String begin = first(said);
    String word = begin.toLowerCase(Locale.ROOT);
    if (said.isEmpty() || (word.equals("help") && said.length() == begin.length())) {
      return Optional.of(help());
    }
    String rest = said.substring(begin.length()).strip();
    return switch (word) {
      case "models" -> only(rest, listed());
      case "checks" -> only(rest, new Reply.Checks(checks()));
      case "status" -> only(rest, new Reply.Status());
      case "unmute" -> only(rest, new Reply.Mute(Duration.ZERO));
      case "history" -> Optional.of(history(rest));
      case "mute" -> Optional.of(mute(rest));
      case "why" -> why(rest);
      case "doctor" -> doctor(rest);
      case "auto" -> Optional.of(manners(rest));
      // “handoff was late again” is a sentence.
      case "handoff" ->
          rest.contains(" ") ? Optional.empty() : Optional.of(new Reply.Handoff(rest));
      default -> Optional.empty();
    };
  }

  /** “models are all down” is a sentence, not a command. */
  private static Optional<Reply> only(String rest, Reply reply) {
    return rest.isEmpty() ? Optional.of(reply) : Optional.empty();
  }

  private Reply history(String name) {
    if (name.isEmpty() && models.size() != 1) {
      return new Reply.Words("The history of which model?", List.of("`/triage history MODEL`"));
    }
    return (name.isEmpty() ? Optional.of(models.get(0)) : names.exact(name))
        .<Reply>map(Reply.History::new)
        .orElseGet(() -> unknown(name));
  }

  private static Reply mute(String given) {
    if (given.equalsIgnoreCase("off")) {
      return new Reply.Mute(Duration.ZERO);
    }
    Optional<Duration> duration =
        given.isEmpty() ? Optional.of(Duration.ofHours(1)) : Durations.parse(given);
    if (duration.isEmpty() || duration.get().isNegative() || duration.get().isZero()) {
      return new Reply.Words("For how long?", List.of("`/triage mute 2h`", "`/triage unmute`"));
    }
    return duration.get().compareTo(LONGEST_MUTE) > 0
        ? new Reply.Words(
            "I can be muted for 7 days at most.",
            List.of("`/triage mute 7d`", "`/triage auto off` silences me here for good"))
        : new Reply.Mute(duration.get());
  }

  private static Optional<Reply> why(String link) {
    if (link.isEmpty()) {
      return Optional.of(
          new Reply.Words(
              "Why I answered, or did not, which message?",
              List.of(
                  "`/triage why https://…/archives/C…/p…` with the message's link, from its menu")));
    }
    return link.contains("/archives/") ? Optional.of(new Reply.Why(link)) : Optional.empty();
  }

  private Optional<Reply> doctor(String name) {
    return name.isEmpty()
        ? Optional.of(new Reply.Doctor(Optional.empty()))
        : names.exact(name).map(model -> new Reply.Doctor(Optional.of(model)));
  }

  private static Reply manners(String given) {
    return AutoReply.of(given.toLowerCase(Locale.ROOT))
        .<Reply>map(Reply.Manners::new)
        .orElseGet(
            () ->
                new Reply.Words(
                    "How shall I answer reports in this channel?",
                    List.of(
                        "`/triage auto on` I look and answer",
                        "`/triage auto ask` I offer to look, to the writer alone",
                        "`/triage auto off` I stay silent until asked")));
  }

  private Reply help() {
    String name = models.isEmpty() ? "MODEL" : models.get(0).name();
    return new Reply.Words(
        "I look a model up in the logs and metrics and say what is wrong with it.",
        List.of(
            "`/triage " + name + "` what is wrong with it, looking at the last 2 h",
            "`/triage " + name + " since 6h` or `since yesterday 18:00`",
            "`/triage the " + name + " is acting weird since 2h` in your own words",
            "`/triage models` the models I know; `/triage checks` what I look at",
            "`/triage status` what is open; `/triage history MODEL` what happened before",
            "`/triage handoff` what the running shift hands over; so does `/handoff`",
            "`/triage doctor MODEL` what I can see of it, and what to log for the rest",
            "`/triage mute 2h`, `/triage auto on|ask|off` how I answer in this channel",
            "`/triage why LINK` why I answered a message, or did not",
            "In an incident channel, just say what you see; elsewhere, mention me."));
  }

  private Reply listed() {
    List<String> lines = new ArrayList<>();
    for (Model model : models) {
      lines.add(
          "`"
              + model.name()
              + "`"
              + (model.aliases().isEmpty()
                  ? ""
                  : ", also called " + String.join(", ", model.aliases()))
              + model.team().map(team -> " (team " + team + ")").orElse(""));
    }
    return new Reply.Words(
        models.isEmpty()
            ? "I know no model yet; they are listed under models: in samovar.yaml."
            : "I know " + models.size() + (models.size() == 1 ? " model." : " models."),
        lines);
  }

  private static Reply.Words checks() {
    List<String> lines = new ArrayList<>();
    for (CheckId check : CheckId.values()) {
      lines.add("`" + check.id() + "` " + check.question());
    }
    return new Reply.Words("I always ask the same " + lines.size() + " questions.", lines);
  }

  /** Neither a model nor a sub-command: the nearest of both. */
  Reply unknown(String name) {
    List<String> known = new ArrayList<>(names.all());
    known.addAll(NAMES);
    Optional<String> near = Nearest.of(name, known);
    List<String> lines = new ArrayList<>();
    near.ifPresent(word -> lines.add("Did you mean `/triage " + word + "`?"));
    lines.add(
        "I know the models "
            + String.join(", ", models.stream().map(Model::name).toList())
            + ", and `/triage help`.");
    return new Reply.Words("I know no model called “" + name + "”.", lines);
  }
}
