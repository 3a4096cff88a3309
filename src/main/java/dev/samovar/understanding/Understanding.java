package dev.samovar.understanding;

import dev.samovar.evidence.Model;
import dev.samovar.triage.Symptom;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Whether a message reports trouble with a model in production, which model, since when, and what
 * kind. A table of weights over the words and the phrases of {@code lexicon.txt} decides whether;
 * the phrases tell the rest: the same words always give the same reading, and {@link
 * Reading#because} says what decided.
 */
public final class Understanding {
  private static final WordWeights WORDS = WordWeights.load();

  /** In log-odds: who speaks without cause is muted, so one alarm too many is worse than a miss. */
  private static final double SURE_ENOUGH = 0.15;

  private final ModelNames names;

  public Understanding(List<Model> models) {
    this.names = new ModelNames(models);
  }

  /** Any text, as Slack delivers it or as a person sees it. */
  public Reading read(String text) {
    Heard heard = heard(Markup.plain(text), names);
    Reading reading = byPhrases(heard);
    double pull = WORDS.pull(WordWeights.features(heard));
    boolean isReport = pull > SURE_ENOUGH && (reading.answer() || heard.canBeReport());
    if (reading.answer() == isReport) {
      return reading;
    }
    return isReport
        ? byWords(heard)
        : silent("its words are those of talk, not of a report (" + reading.because() + ")");
  }

  /** The writer's own words; with what they quote, where they only ask to look at it. */
  static Heard heard(Markup.Plain plain, ModelNames names) {
    Heard own = new Heard(plain.own(), names);
    if (plain.quoted().isBlank()) {
      return own;
    }
    Reading reading = byPhrases(own);
    boolean isDecided =
        own.has(Section.Kind.SILENCE)
            || (own.has(Section.Kind.WELL) && !reading.answer())
            || !own.denied().isEmpty();
    if (reading.answer() ? reading.model().isPresent() : isDecided) {
      return own;
    }
    boolean isAsking =
        own.has(Section.Kind.SUPPORT)
            || own.has(Section.Kind.REBUTTAL)
            || own.has(Section.Kind.TROUBLE);
    return isAsking ? new Heard(plain.whole(), names) : own;
  }

  /** A report although the phrases know no trouble in it, or a silence. */
  private static Reading byWords(Heard heard) {
    Claims claims = new Claims(heard);
    Set<Symptom> symptoms = new TreeSet<>();
    for (Match hint : heard.of(Section.Kind.TROUBLE)) {
      symptoms.add(hint.section().symptom().orElse(Symptom.UNSPECIFIED));
    }
    Optional<Model> model =
        claims
            .misbehaving()
            .or(() -> heard.mentions().stream().map(ModelNames.Mention::model).findFirst());
    return new Reading(
        true,
        model,
        SinceFinder.in(heard),
        symptoms.isEmpty() ? Set.of(Symptom.UNSPECIFIED) : Symptoms.meant(symptoms),
        "its words are those of a report"
            + model.map(known -> " about " + known.name()).orElse(""));
  }

  /** The model a text names, whatever it says about it. */
  public Optional<Model> named(String text) {
    Heard heard = new Heard(Markup.plain(text).own(), names);
    return new Claims(heard)
        .misbehaving()
        .or(() -> heard.mentions().stream().map(ModelNames.Mention::model).findFirst());
  }

  private static Reading byPhrases(Heard heard) {
    if (heard.mentions().isEmpty() && !heard.has(Section.Kind.SUBJECT)) {
      return silent("it names no model and nothing a model is made of");
    }
    Claims claims = new Claims(heard);
    if (claims.standing().isEmpty()) {
      return silent(whyNot(heard, claims));
    }
    Optional<Model> model = claims.misbehaving();
    Match first =
        claims.standing().stream()
            .max(
                Comparator.comparingInt((Match match) -> match.section().points())
                    .thenComparingInt(match -> -match.from()))
            .orElseThrow();
    return new Reading(
        true,
        model,
        SinceFinder.in(heard),
        claims.symptoms(),
        "it reports trouble"
            + model.map(known -> " with " + known.name()).orElse("")
            + ": “"
            + heard.words(first)
            + "” ("
            + sort(first.section())
            + ")");
  }

  private static String sort(Section section) {
    return switch (section.kind()) {
      case TROUBLE -> section.says();
      case WELL -> "a worried question";
      default -> "an indirect report";
    };
  }

  private static String whyNot(Heard heard, Claims claims) {
    Optional<Match> silence =
        claims.silencing().stream()
            .max(Comparator.comparingInt((Match match) -> match.section().points()));
    if (silence.isPresent()) {
      return silence.get().section().says() + ": “" + heard.words(silence.get()) + "”";
    }
    return heard.denied().isEmpty()
        ? "it names no trouble"
        : "it denies the trouble: “" + heard.words(heard.denied().get(0)) + "”";
  }

  /** When the trouble began, whatever else a text says. */
  public Optional<Since> since(String text) {
    return SinceFinder.in(new Heard(Markup.plain(text).own(), names));
  }

  private static Reading silent(String because) {
    return new Reading(false, Optional.empty(), Optional.empty(), Set.of(), because);
  }
}
