package dev.samovar.conversation;

import dev.samovar.evidence.Model;
import dev.samovar.triage.Symptom;
import dev.samovar.understanding.ModelNames;
import dev.samovar.understanding.Reading;
import dev.samovar.understanding.TimeArgument;
import dev.samovar.understanding.Understanding;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The conversation about a set of models. */
public final class TriageConversation implements Conversation {
  /** Looked at where nobody said since when. */
  public static final Duration USUAL = Duration.ofHours(2);

  private static final String ALERT = "an alert fired";

  private static final Pattern SINCE =
      Pattern.compile("(?is)(.*?)(?:^|\\s)(?:since|for the last|in the last|last|for)\\s+(.+)");

  private final List<Model> models;
  private final Understanding understanding;
  private final ModelNames names;
  private final Commands commands;
  private final FollowUps followUps;

  public TriageConversation(List<Model> models) {
    this.models = List.copyOf(models);
    this.understanding = new Understanding(models);
    this.names = new ModelNames(models);
    this.commands = new Commands(models);
    this.followUps = new FollowUps(understanding);
  }

  @Override
  public List<Model> models() {
    return models;
  }

  @Override
  public Conversation among(List<Model> some) {
    return new TriageConversation(some);
  }

  @Override
  public Reply command(String text, Asked asked) {
    String said = Investigations.cut(text.strip());
    return commands.read(said).orElseGet(() -> named(said, asked));
  }

  private Reply named(String said, Asked asked) {
    Matcher matcher = SINCE.matcher(said);
    boolean hasSince = matcher.matches();
    String name = hasSince ? matcher.group(1).strip() : said;
    Optional<Model> exact = name.isEmpty() ? usual(asked) : names.exact(name);
    if (exact.isPresent()) {
      try {
        Instant start =
            hasSince
                ? TimeArgument.parse(matcher.group(2), asked.now(), asked.zone())
                : asked.now().minus(USUAL);
        return Investigations.of(
            exact.get(), start, asked.now(), said, Set.of(), "asked by command");
      } catch (IllegalArgumentException e) {
        return new Reply.Words(
            "I do not know that time.",
            List.of(
                String.valueOf(e.getMessage()), "`/triage " + exact.get().name() + " since 2h`"));
      }
    }
    if (name.isEmpty()) {
      return which(understanding.read(said), said, asked, "asked by command");
    }
    // A single word is a name or none: what is nearly one is asked back, not guessed.
    Optional<Model> model = name.contains(" ") ? understanding.named(said) : Optional.empty();
    Reading reading = understanding.read(said);
    if (model.isPresent()) {
      return investigate(model.get(), reading, said, asked, "asked by command");
    }
    return reading.answer()
        ? which(reading, said, asked, "asked by command")
        : commands.unknown(name);
  }

  @Override
  public Reply addressed(String text, Asked asked) {
    String said = Investigations.cut(text.strip());
    if (said.isEmpty() || Commands.isCommand(said) || names.exact(said).isPresent()) {
      return command(said, asked);
    }
    Optional<Model> model = understanding.named(said).or(() -> usual(asked));
    Reading reading = understanding.read(said);
    if (model.isPresent()) {
      return investigate(model.get(), reading, said, asked, "asked directly");
    }
    return which(reading, said, asked, "asked directly");
  }

  @Override
  public Reply overheard(String text, Asked asked) {
    Reading reading = understanding.read(text);
    if (!reading.answer()) {
      return new Reply.Silence(reading.because());
    }
    Optional<Model> model = reading.model().or(() -> usual(asked));
    String said = Investigations.cut(text.strip());
    return model.isPresent()
        ? investigate(model.get(), reading, said, asked, reading.because())
        : which(reading, said, asked, reading.because());
  }

  @Override
  public Reply followUp(String text, Topic topic, boolean isAddressed, Asked asked) {
    String said = Investigations.cut(text.strip());
    Optional<Reply> reply = followUps.read(said, topic, isAddressed, asked);
    if (reply.isPresent()) {
      return reply.get();
    }
    return isAddressed
        ? addressed(said, new Asked(asked.now(), asked.zone(), Optional.of(topic.model())))
        : new Reply.Silence("it is talk in a thread, not a question to me");
  }

  @Override
  public Reply chosen(String model, Instant from, Set<Symptom> symptoms, Asked asked) {
    return names
        .exact(model)
        .map(one -> Investigations.of(one, from, asked.now(), "", symptoms, "chosen from the menu"))
        .orElseGet(() -> commands.unknown(model));
  }

  @Override
  public Optional<Model> named(String text) {
    return understanding.named(text);
  }

  @Override
  public Reply alerted(Optional<Model> model, Instant from, String text, Asked asked) {
    String said = Investigations.cut(text.strip());
    Set<Symptom> symptoms = understanding.read(said).symptoms();
    Optional<Model> meant = model.or(() -> usual(asked));
    if (meant.isPresent()) {
      Instant earliest = asked.now().minus(Investigations.LONGEST);
      return Investigations.of(
          meant.get(),
          from.isBefore(earliest) ? earliest : from,
          asked.now(),
          said,
          symptoms,
          ALERT);
    }
    return models.isEmpty()
        ? commands.read("models").orElseThrow()
        : new Reply.Which(from, symptoms, models, ALERT);
  }

  private Optional<Model> usual(Asked asked) {
    return models.size() == 1 ? Optional.of(models.get(0)) : asked.usual();
  }

  private Reply investigate(
      Model model, Reading reading, String said, Asked asked, String because) {
    return Investigations.of(
        model, start(reading, said, asked), asked.now(), said, reading.symptoms(), because);
  }

  /** What is asked directly need not be a report to say a time. */
  private Instant start(Reading reading, String said, Asked asked) {
    return reading
        .since()
        .or(() -> understanding.since(said))
        .map(since -> since.start(asked.now(), asked.zone()))
        .orElse(asked.now().minus(USUAL));
  }

  private Reply which(Reading reading, String said, Asked asked, String because) {
    return models.isEmpty()
        ? commands.read("models").orElseThrow()
        : new Reply.Which(start(reading, said, asked), reading.symptoms(), models, because);
  }
}
