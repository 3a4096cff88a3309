package dev.samovar.understanding;

import dev.samovar.evidence.Model;
import dev.samovar.triage.Symptom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What a text claims: each trouble in it, weighed with what supports it and against what silences
 * it. A trouble that outweighs its silences stands.
 */
final class Claims {
  /** What asking whether a model is well weighs as a trouble. */
  private static final int DOUBT = 4;

  /** From here on a trouble is one by itself; lighter ones are hints that add up. */
  private static final int OUTRIGHT = 4;

  /** So little is enough where a model is named. */
  private static final int HINTED = 2;

  /** However much is said around it, clear words that silence a trouble prevail. */
  private static final int MOST_SUPPORT = 6;

  private static final Set<String> URGENT = Set.of("urgent", "urgently", "prio", "priority");

  private final Heard heard;
  private final List<Match> standing = new ArrayList<>();
  private final Set<Match> silencing = new LinkedHashSet<>();

  Claims(Heard heard) {
    this.heard = heard;
    int support =
        Math.min(
            MOST_SUPPORT,
            points(heard.of(Section.Kind.SUPPORT)) + points(heard.of(Section.Kind.REBUTTAL)));
    List<Match> troubles = heard.of(Section.Kind.TROUBLE);
    List<Match> hints = troubles.stream().filter(match -> !isOutright(match)).toList();
    for (Match trouble : troubles) {
      weigh(
          trouble,
          support
              + (isOutright(trouble)
                  ? trouble.section().points()
                  : Math.min(OUTRIGHT, points(hints))));
    }
    for (Match well : heard.of(Section.Kind.WELL)) {
      if (heard.isAsked(well)) {
        weigh(well, DOUBT + support);
      }
    }
    if (troubles.isEmpty() && !heard.mentions().isEmpty()) {
      Stream.of(Section.Kind.SUPPORT, Section.Kind.REBUTTAL)
          .flatMap(kind -> heard.of(kind).stream())
          .max(Comparator.comparingInt(match -> match.section().points()))
          .ifPresent(match -> weigh(match, support));
    }
  }

  private static boolean isOutright(Match trouble) {
    return trouble.section().points() >= OUTRIGHT;
  }

  private void weigh(Match trouble, int speaking) {
    List<Match> against = against(trouble);
    if (speaking >= (heard.mentions().isEmpty() ? OUTRIGHT : HINTED)
        && speaking > points(against)) {
      standing.add(trouble);
    } else {
      silencing.addAll(against);
    }
  }

  /** In the order of the text. */
  List<Match> standing() {
    return standing;
  }

  /** What silenced those that do not stand. */
  Set<Match> silencing() {
    return silencing;
  }

  /** Of each section once. */
  private static int points(List<Match> matches) {
    return matches.stream().map(Match::section).distinct().mapToInt(Section::points).sum();
  }

  private List<Match> against(Match trouble) {
    List<Match> against = new ArrayList<>();
    for (Match silence : heard.of(Section.Kind.SILENCE)) {
      if (reaches(silence, trouble) && !isRebutted(silence)) {
        against.add(silence);
      }
    }
    for (Match well : heard.of(Section.Kind.WELL)) {
      if (!heard.isAsked(well)
          && !isRebutted(well)
          && !well.equals(trouble)
          && !isOutweighed(well, trouble, false)) {
        against.add(well);
      }
    }
    for (Match topic : heard.of(Section.Kind.TOPIC)) {
      if (isAbout(topic, trouble)) {
        against.add(topic);
      }
    }
    if (heard.denied().stream().anyMatch(denied -> !isOutweighed(denied, trouble, false))) {
      against.add(heard.denied().get(0));
    }
    return against;
  }

  /** “Should be fixed – it is not”. */
  private boolean isRebutted(Match silence) {
    return heard.of(Section.Kind.REBUTTAL).stream()
        .anyMatch(rebuttal -> rebuttal.from() > silence.from());
  }

  /** Where a model is named, another topic reaches only the trouble said right with it. */
  private boolean isAbout(Match topic, Match trouble) {
    return heard.mentions().isEmpty()
        ? heard.sentence(topic) == heard.sentence(trouble)
        : heard.clause(topic) == heard.clause(trouble) && modelIn(heard.clause(trouble)).isEmpty();
  }

  private boolean reaches(Match silence, Match trouble) {
    return switch (silence.section().scope()) {
      case MESSAGE -> true;
      case SENTENCE -> heard.sentence(silence) == heard.sentence(trouble);
      case CLAUSE -> heard.clause(silence) == heard.clause(trouble);
      case BEFORE -> !isOutweighed(silence, trouble, true);
      case UPTO -> !isOutweighed(silence, trouble, false);
    };
  }

  /** “X is fine” speaks of X alone; “but” and a later sentence may say that something is left. */
  private boolean isOutweighed(Match calm, Match trouble, boolean isOver) {
    if (heard.clause(trouble) == heard.clause(calm)) {
      return false;
    }
    return isOfAnother(calm, trouble)
        || (heard.clause(trouble) > heard.clause(calm)
            && (heard.isContrast(trouble)
                || (!isOver && heard.sentence(trouble) > heard.sentence(calm))));
  }

  private boolean isOfAnother(Match calm, Match trouble) {
    Optional<Model> well = modelIn(heard.clause(calm));
    return well.isPresent()
        && modelFor(trouble).filter(model -> !model.equals(well.get())).isPresent();
  }

  private Optional<Model> modelIn(int clause) {
    return heard.mentions().stream()
        .filter(mention -> heard.tokens().get(mention.from()).clause() == clause)
        .map(ModelNames.Mention::model)
        .findFirst();
  }

  /** The model in the trouble's clause, else the last before it, else the first. */
  Optional<Model> modelFor(Match trouble) {
    Optional<Model> here = modelIn(heard.clause(trouble));
    if (here.isPresent() || heard.mentions().isEmpty()) {
      return here;
    }
    Model nearest = heard.mentions().get(0).model();
    for (ModelNames.Mention mention : heard.mentions()) {
      if (mention.from() < trouble.from()) {
        nearest = mention.model();
      }
    }
    return Optional.of(nearest);
  }

  /** Of several models the one said to be urgent. */
  private Optional<Model> urgent() {
    for (int i = 0; i < heard.tokens().size(); i++) {
      if (URGENT.contains(heard.tokens().get(i).word())) {
        Optional<Model> model = modelIn(heard.tokens().get(i).clause());
        if (model.isPresent()) {
          return model;
        }
      }
    }
    return Optional.empty();
  }

  /** The one that is said to be urgent, to misbehave worst, else first. */
  Optional<Model> misbehaving() {
    if (heard.mentions().size() > 1 && !standing.isEmpty()) {
      Optional<Model> urgent = urgent();
      if (urgent.isPresent()) {
        return urgent;
      }
    }
    int most = standing.stream().mapToInt(match -> match.section().points()).max().orElse(0);
    return standing.stream()
        .filter(match -> match.section().points() == most)
        .findFirst()
        .flatMap(this::modelFor);
  }

  /** Hints count only where nothing is said outright. */
  Set<Symptom> symptoms() {
    int most = standing.stream().mapToInt(match -> match.section().points()).max().orElse(0);
    Set<Symptom> found = new TreeSet<>();
    for (Match match : standing) {
      if (match.section().points() == most || isOutright(match)) {
        found.add(match.section().symptom().orElse(Symptom.UNSPECIFIED));
      }
    }
    return Symptoms.meant(found);
  }
}
