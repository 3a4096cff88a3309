package dev.samovar.conversation;

import dev.samovar.checks.CheckId;
import dev.samovar.evidence.Model;
import dev.samovar.evidence.Nearest;
import dev.samovar.evidence.Window;
import dev.samovar.triage.Request;
import dev.samovar.triage.Symptom;
import dev.samovar.understanding.ModelNames;
import dev.samovar.understanding.Reading;
import dev.samovar.understanding.TimeArgument;
import dev.samovar.understanding.Understanding;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The conversation about a set of models. */
public final class TriageConversation implements Conversation {
  /** Looked at where nobody said since when. */
  public static final Duration USUAL = Duration.ofHours(2);

  private static final Duration LONGEST = Duration.ofDays(30);
  private static final int LONGEST_TEXT = 500;
  private static final Pattern SINCE =
      Pattern.compile("(?is)(.*?)(?:^|\\s)(?:since|for the last|in the last|last|for)\\s+(.+)");
  private static final List<String> COMMANDS =
      List.of("help", "models", "checks", "history", "status", "mute");
  private static final Set<String> UNBUILT = Set.of("history", "status", "mute", "handoff");

  private final List<Model> models;
  private final Understanding understanding;
  private final ModelNames names;

  public TriageConversation(List<Model> models) {
    this.models = List.copyOf(models);
    this.understanding = new Understanding(models);
    this.names = new ModelNames(models);
  }

  @Override
  public Reply command(String text, Instant now, ZoneId zone) {
    String said = cut(text.strip());
    String word = said.toLowerCase(Locale.ROOT);
    if (word.isEmpty() || word.equals("help")) {
      return help();
    }
    if (word.equals("models")) {
      return listed();
    }
    if (word.equals("checks")) {
      return checks();
    }
    if (UNBUILT.contains(word.split("\\s", 2)[0])) {
      return new Reply.Words(
          "`" + word.split("\\s", 2)[0] + "` is not built yet.",
          List.of("`/triage help` shows what is."));
    }
    Matcher matcher = SINCE.matcher(said);
    boolean hasSince = matcher.matches();
    String name = hasSince ? matcher.group(1).strip() : said;
    Optional<Model> exact =
        name.isEmpty() && models.size() == 1 ? Optional.of(models.get(0)) : names.exact(name);
    if (exact.isPresent()) {
      if (!hasSince) {
        return investigate(exact.get(), now.minus(USUAL), now, said, Set.of(), "asked by command");
      }
      try {
        return investigate(
            exact.get(),
            TimeArgument.parse(matcher.group(2), now, zone),
            now,
            said,
            Set.of(),
            "asked by command");
      } catch (IllegalArgumentException e) {
        return new Reply.Words(
            "I do not know that time.",
            List.of(
                String.valueOf(e.getMessage()), "`/triage " + exact.get().name() + " since 2h`"));
      }
    }
    Reading reading = understanding.read(said);
    // A single word is a name or none: what is nearly one is asked back, not guessed.
    Optional<Model> named = name.contains(" ") ? understanding.named(said) : Optional.empty();
    return named.isPresent()
        ? investigate(named.get(), reading, now, zone, said, "asked by command")
        : unknown(name);
  }

  @Override
  public Reply addressed(String text, Instant now, ZoneId zone) {
    String said = cut(text.strip());
    String word = said.toLowerCase(Locale.ROOT);
    if (word.isEmpty() || COMMANDS.contains(word) || names.exact(word).isPresent()) {
      return command(said, now, zone);
    }
    Optional<Model> model = understanding.named(said).or(this::only);
    Reading reading = understanding.read(said);
    if (model.isPresent()) {
      return investigate(model.get(), reading, now, zone, said, "asked directly");
    }
    return SINCE.matcher(said).matches() && !reading.answer() ? command(said, now, zone) : which();
  }

  @Override
  public Reply overheard(String text, Instant now, ZoneId zone) {
    Reading reading = understanding.read(text);
    if (!reading.answer()) {
      return new Reply.Silence(reading.because());
    }
    Optional<Model> model = reading.model().or(this::only);
    return model.isPresent()
        ? investigate(model.get(), reading, now, zone, cut(text.strip()), reading.because())
        : which();
  }

  private Optional<Model> only() {
    return models.size() == 1 ? Optional.of(models.get(0)) : Optional.empty();
  }

  private static Reply investigate(
      Model model, Reading reading, Instant now, ZoneId zone, String said, String because) {
    Instant start = reading.since().map(since -> since.start(now, zone)).orElse(now.minus(USUAL));
    return investigate(model, start, now, said, reading.symptoms(), because);
  }

  private static Reply investigate(
      Model model, Instant start, Instant now, String said, Set<Symptom> symptoms, String because) {
    if (!start.isBefore(now)) {
      return new Reply.Words(
          "That time has not come yet.", List.of("`/triage " + model.name() + " since 2h`"));
    }
    Instant earliest = now.minus(LONGEST);
    if (start.isBefore(earliest)) {
      return new Reply.Words(
          "I look back 30 days at most.", List.of("`/triage " + model.name() + " since 30d`"));
    }
    return new Reply.Investigate(
        new Request(model, new Window(start, now), said, symptoms), because);
  }

  private static Reply help() {
    return new Reply.Words(
        "I look a model up in the logs and metrics and say what is wrong with it.",
        List.of(
            "`/triage fraud-scorer` what is wrong with it, looking at the last 2 h",
            "`/triage fraud-scorer since 6h` or `since yesterday 18:00`",
            "`/triage the fraud model's acting weird since 2h` in your own words",
            "`/triage models` the models I know",
            "`/triage checks` what I look at",
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

  private static Reply checks() {
    List<String> lines = new ArrayList<>();
    for (CheckId check : CheckId.values()) {
      lines.add("`" + check.id() + "` " + check.question());
    }
    return new Reply.Words("I always ask the same " + lines.size() + " questions.", lines);
  }

  private Reply which() {
    return new Reply.Words(
        "Which model? I know " + String.join(", ", models.stream().map(Model::name).toList()) + ".",
        List.of(
            "`/triage "
                + models.stream().map(Model::name).findFirst().orElse("MODEL")
                + " since 2h`"));
  }

  private Reply unknown(String name) {
    List<String> known = new ArrayList<>(names.all());
    known.addAll(COMMANDS);
    Optional<String> near = Nearest.of(name, known);
    List<String> lines = new ArrayList<>();
    near.ifPresent(word -> lines.add("Did you mean `/triage " + word + "`?"));
    lines.add(
        "I know the models "
            + String.join(", ", models.stream().map(Model::name).toList())
            + ", and `/triage help`.");
    return new Reply.Words("I know no model called “" + name + "”.", lines);
  }

  private static String cut(String text) {
    return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT);
  }
}
