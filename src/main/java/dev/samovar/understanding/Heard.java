package dev.samovar.understanding;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** A text, the models it names and the phrases of the lexicon in it. */
final class Heard {
  private static final Lexicon LEXICON = Lexicon.load();

  /** A bare name says nothing. */
  private static final int FEWEST_WORDS = 3;

  private final String text;
  private final Tokens tokens;
  private final List<ModelNames.Mention> mentions;
  private final Map<Section.Kind, List<Match>> matches = new EnumMap<>(Section.Kind.class);
  private final List<Match> denied = new ArrayList<>();

  Heard(String text, ModelNames names) {
    this.text = text;
    this.tokens = new Tokens(text);
    List<ModelNames.Mention> named = names.in(tokens);
    List<Match> found = LEXICON.in(tokens, named);
    boolean[] elsewhere = new boolean[tokens.size() + 1];
    for (Match match : found) {
      if (match.is(Section.Kind.SENSE) && !isPartOfName(match, named)) {
        Arrays.fill(elsewhere, match.from(), match.to(), true);
      }
    }
    this.mentions = named.stream().filter(mention -> !elsewhere[mention.from()]).toList();
    Denial denial = new Denial(tokens);
    for (Match match : found) {
      if (match.is(Section.Kind.SENSE)
          || isElsewhere(match, elsewhere)
          || (match.is(Section.Kind.WELL) && isInQuotes(match.to() - 1))) {
        continue;
      }
      if (match.is(Section.Kind.TROUBLE) && denial.reaches(match)) {
        if (!isContradicted(match, found)) {
          denied.add(match);
        }
      } else if (!denial.takesBack(match)) {
        matches.computeIfAbsent(match.section().kind(), key -> new ArrayList<>()).add(match);
      }
    }
  }

  /** “It isn't going down” has a “not” and is a complaint. */
  private static boolean isContradicted(Match denied, List<Match> found) {
    return found.stream()
        .anyMatch(match -> match.is(Section.Kind.REBUTTAL) && match.swallows(denied));
  }

  /** Whoever writes “fine” in quotes means the opposite. */
  private boolean isInQuotes(int token) {
    int before = tokens.get(token).start() - 1;
    return before >= 0 && isQuote(tokens.charAt(before)) && isQuote(tokens.after(token));
  }

  private static boolean isQuote(char c) {
    return c == '"' || c == '“' || c == '”';
  }

  /** Whoever calls a model “pricing model” means it. */
  private static boolean isPartOfName(Match sense, List<ModelNames.Mention> named) {
    return named.stream()
        .anyMatch(
            mention ->
                mention.to() - mention.from() > 1
                    && mention.from() <= sense.from()
                    && sense.to() <= mention.to());
  }

  private static boolean isElsewhere(Match match, boolean[] elsewhere) {
    return (match.is(Section.Kind.SUBJECT) || match.is(Section.Kind.TROUBLE))
        && (elsewhere[match.from()] || elsewhere[match.to() - 1]);
  }

  String text() {
    return text;
  }

  Tokens tokens() {
    return tokens;
  }

  List<ModelNames.Mention> mentions() {
    return mentions;
  }

  List<Match> of(Section.Kind kind) {
    return matches.getOrDefault(kind, List.of());
  }

  /** Troubles that a “not” takes back. */
  List<Match> denied() {
    return denied;
  }

  boolean has(Section.Kind kind) {
    return matches.containsKey(kind);
  }

  /** Whether it says a trouble, or enough about a model for one to be meant. */
  boolean canBeReport() {
    return has(Section.Kind.TROUBLE)
        || (tokens.size() >= FEWEST_WORDS && (!mentions.isEmpty() || has(Section.Kind.SUBJECT)));
  }

  int clause(Match match) {
    return tokens.get(match.from()).clause();
  }

  int sentence(Match match) {
    return tokens.get(match.from()).sentence();
  }

  boolean isContrast(Match match) {
    return tokens.get(match.from()).contrast();
  }

  boolean isAsked(Match match) {
    return tokens.isQuestion(sentence(match));
  }

  String words(Match match) {
    return tokens.between(match.from(), match.to()).replace('\n', ' ');
  }
}
