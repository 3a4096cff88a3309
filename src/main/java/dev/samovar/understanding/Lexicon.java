package dev.samovar.understanding;

import java.util.ArrayList;
import java.util.List;

/** The phrases of {@code lexicon.txt} and the files with it, and where a text has them. */
final class Lexicon {
  private record Entry(Phrase phrase, Section section) {}

  private final Vocabulary vocabulary = new Vocabulary();

  /** By the number of the place a phrase begins with. */
  private final List<List<Entry>> byFirst = new ArrayList<>();

  private final boolean[] modelPlaces;
  private final Typos typos;

  private Lexicon() {
    new LexiconFile(vocabulary).read(this::add);
    this.modelPlaces = vocabulary.modelPlaces();
    this.typos = new Typos(vocabulary.words());
  }

  static Lexicon load() {
    return new Lexicon();
  }

  private void add(Phrase phrase, Section section) {
    while (byFirst.size() < vocabulary.size()) {
      byFirst.add(new ArrayList<>());
    }
    byFirst.get(phrase.first()).add(new Entry(phrase, section));
  }

  /**
   * All phrases of a text in its order, but none that is a part of a longer one.
   *
   * @param named the models it names; those words stay as they are, others are spelled right
   */
  List<Match> in(Tokens tokens, List<ModelNames.Mention> named) {
    typos.correct(tokens, named);
    Spotted text = new Spotted(tokens, named, vocabulary, modelPlaces);
    List<Match> found = new ArrayList<>();
    for (int i = 0; i < text.size(); i++) {
      for (int place : text.filledBy(i)) {
        for (Entry entry : byFirst.get(place)) {
          int end = entry.phrase().end(text, i);
          if (end > i) {
            found.add(new Match(entry.section(), i, end));
          }
        }
      }
    }
    return longest(found);
  }

  /** Phrases are short: only neighbours can hold one another. */
  private static List<Match> longest(List<Match> found) {
    List<Match> kept = new ArrayList<>();
    for (int i = 0; i < found.size(); i++) {
      if (!isSwallowed(found, i)) {
        kept.add(found.get(i));
      }
    }
    return kept;
  }

  private static boolean isSwallowed(List<Match> found, int index) {
    Match match = found.get(index);
    if (match.is(Section.Kind.SUBJECT)) {
      return false;
    }
    for (int i = index; i >= 0 && match.from() - found.get(i).from() <= Phrase.LONGEST; i--) {
      if (holds(found.get(i), match)) {
        return true;
      }
    }
    for (int i = index; i < found.size() && found.get(i).from() == match.from(); i++) {
      if (holds(found.get(i), match)) {
        return true;
      }
    }
    return false;
  }

  private static boolean holds(Match other, Match match) {
    return !other.is(Section.Kind.SUBJECT)
        && !other.is(Section.Kind.TOPIC)
        && other.swallows(match)
        && !isLighter(other.section(), match.section());
  }

  /** A hint does not hide what weighs more, nor support a trouble. */
  private static boolean isLighter(Section other, Section section) {
    return switch (other.kind()) {
      case TROUBLE -> other.points() < section.points();
      case SUPPORT, REBUTTAL -> section.kind() == Section.Kind.TROUBLE;
      default -> false;
    };
  }
}
