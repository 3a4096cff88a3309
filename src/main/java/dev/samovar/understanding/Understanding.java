package dev.samovar.understanding;

import dev.samovar.evidence.Model;
import dev.samovar.triage.Symptom;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Whether a message reports trouble with a model in production, which model, since when, and what
 * kind. Rules and a lexicon, nothing learned: the same words always give the same reading, and
 * {@link Reading#because} says which rule it was. A first, careful version: where in doubt it stays
 * silent.
 */
public final class Understanding {
  private static final Lexicon LEXICON = Lexicon.load();

  private final ModelNames names;

  public Understanding(List<Model> models) {
    this.names = new ModelNames(models);
  }

  /** Any text, as Slack delivers it or as a person sees it. */
  public Reading read(String text) {
    String plain = Markup.plain(text);
    List<ModelNames.Mention> mentions = names.in(plain);
    TreeSet<Symptom> symptoms = LEXICON.symptomsIn(plain);
    Optional<String> quiet = LEXICON.quietBecause(plain);
    boolean loud = LEXICON.loud().matcher(plain).find();
    boolean about = !mentions.isEmpty() || LEXICON.subject().matcher(plain).find();
    if (!about) {
      return silent("it names no model and nothing a model is made of");
    }
    if (quiet.isPresent() && !loud) {
      return silent(quiet.get());
    }
    if (symptoms.isEmpty()) {
      return silent("it names no trouble");
    }
    return new Reading(
        true,
        misbehaving(mentions, plain).map(ModelNames.Mention::model),
        SinceFinder.in(plain),
        symptoms,
        "it reports trouble ("
            + String.join(", ", symptoms.stream().map(Symptom::label).toList())
            + ")"
            + (mentions.isEmpty() ? "" : " with " + mentions.get(0).model().name()));
  }

  /** The model a text names, whatever it says about it. */
  public Optional<Model> named(String text) {
    String plain = Markup.plain(text);
    return misbehaving(names.in(plain), plain).map(ModelNames.Mention::model);
  }

  /** When the trouble began, whatever else a text says. */
  public Optional<Since> since(String text) {
    return SinceFinder.in(Markup.plain(text));
  }

  private static Reading silent(String because) {
    return new Reading(false, Optional.empty(), Optional.empty(), Set.of(), because);
  }

  /** Of several models, the first that is not said to be well. */
  private static Optional<ModelNames.Mention> misbehaving(
      List<ModelNames.Mention> mentions, String text) {
    return mentions.stream()
        .filter(
            mention ->
                !text.substring(mention.end())
                    .matches(
                        "(?s) ?(is|are|looks?|seems?|'s) (fine|ok|okay|normal|healthy|good|unaffected).*"))
        .findFirst()
        .or(() -> mentions.stream().findFirst());
  }
}
