package dev.samovar.understanding;

import dev.samovar.evidence.Model;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a message reports trouble with a model in production, which model, since when, and what
 * kind. The phrases of {@code lexicon.txt} weigh for and against; nothing is learned: the same
 * words always give the same reading, and {@link Reading#because} says which phrase decided.
 */
public final class Understanding {
  private final ModelNames names;

  public Understanding(List<Model> models) {
    this.names = new ModelNames(models);
  }

  /** Any text, as Slack delivers it or as a person sees it. */
  public Reading read(String text) {
    Markup.Plain plain = Markup.plain(text);
    Heard own = new Heard(plain.own(), names);
    Reading reading = read(own);
    if (plain.quoted().isBlank()) {
      return reading;
    }
    boolean isDecided =
        own.has(Section.Kind.SILENCE)
            || (own.has(Section.Kind.WELL) && !reading.answer())
            || !own.denied().isEmpty();
    if (reading.answer() ? reading.model().isPresent() : isDecided) {
      return reading;
    }
    boolean isAsking =
        own.has(Section.Kind.SUPPORT)
            || own.has(Section.Kind.REBUTTAL)
            || own.has(Section.Kind.TROUBLE);
    return isAsking ? read(new Heard(plain.whole(), names)) : reading;
  }

  /** The model a text names, whatever it says about it. */
  public Optional<Model> named(String text) {
    Heard heard = new Heard(Markup.plain(text).own(), names);
    return new Claims(heard)
        .misbehaving()
        .or(() -> heard.mentions().stream().map(ModelNames.Mention::model).findFirst());
  }

  private static Reading read(Heard heard) {
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
