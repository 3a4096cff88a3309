package dev.samovar.checks;

import dev.samovar.evidence.Condition;
import dev.samovar.evidence.Evidence;
import dev.samovar.evidence.EvidenceException;
import dev.samovar.evidence.Fields;
import dev.samovar.evidence.Query;
import dev.samovar.evidence.Requirement;
import dev.samovar.evidence.Rule;
import dev.samovar.evidence.Rules;
import dev.samovar.evidence.Tally;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What the team's own validation rules make of a slice: counted, wherever a query can tell which
 * rows break a rule.
 *
 * @param rulings of the rules on the slice's fields, the most broken ones first
 * @param unread those rules that could not be understood and may be about the slice's fields
 */
record RuleCover(Rules rules, Slice slice, List<Ruling> rulings, List<Rules.Unread> unread) {
  private static final int MOST_RULES = 60;
  private static final int SHOWN = 2;

  /** From this share of the slice on a rule covers it: values are rounded, rows come and go. */
  private static final double WHOLE = 0.99;

  private static final double NOTHING = 0.01;

  /**
   * @param broken share of the slice's rows that break the rule; empty where that can't be told
   * @param batch share of all rows that break it
   * @param isSampled whether only the commonest of the slice's values was looked at
   */
  record Ruling(Rule rule, OptionalDouble broken, double batch, boolean isSampled) {
    /** Whether it would have failed a batch with these rows. */
    boolean fails() {
      return broken.orElse(0) > NOTHING && (rule.mostly() == 1 || batch > 1 - rule.mostly());
    }

    boolean covers() {
      return broken.orElse(0) >= WHOLE && fails();
    }

    String allowance() {
      return rule.place()
          + " allows "
          + rule.requirement().text()
          + (rule.mostly() < 1
              ? ", and " + Text.percent(1 - rule.mostly()) + " of a batch to differ"
              : "")
          + (isSampled ? "; looked at was only the commonest of the values" : "");
    }
  }

  RuleCover {
    rulings = List.copyOf(rulings);
    unread = List.copyOf(unread);
  }

  /** Empty where no rules are known. */
  static Optional<RuleCover> of(Case subject, Evidence evidence, Query rows, Slice slice)
      throws EvidenceException {
    Rules rules = evidence.ruleBooks().of(subject.model());
    if (rules.isEmpty()) {
      return Optional.empty();
    }
    List<Rule> about = new ArrayList<>();
    List<Slice.Predicate> on = new ArrayList<>();
    Map<String, Condition> conditions = new TreeMap<>();
    conditions.put("in", slice.condition());
    for (Rule rule : rules.rules()) {
      Optional<Slice.Predicate> predicate =
          slice.predicates().stream()
              .filter(one -> isAbout(subject, one, rule.column()))
              .findFirst();
      if (predicate.isPresent() && about.size() < MOST_RULES) {
        int number = about.size();
        about.add(rule);
        on.add(predicate.get());
        rule.requirement()
            .breach(predicate.get().field())
            .ifPresent(
                breach -> {
                  conditions.put("all" + number, breach);
                  conditions.put("in" + number, slice.condition().and(breach));
                });
      }
    }
    Tally tally = evidence.events().tally(rows, List.of(subject.window()), conditions).get(0);
    List<Ruling> rulings = new ArrayList<>();
    for (int i = 0; i < about.size(); i++) {
      rulings.add(
          conditions.containsKey("in" + i)
              ? counted(about.get(i), tally, i)
              : looked(about.get(i), on.get(i), slice));
    }
    rulings.sort(
        Comparator.comparing(Ruling::covers)
            .reversed()
            .thenComparing(ruling -> -ruling.broken().orElse(-1))
            .thenComparing(ruling -> isOfValues(ruling.rule().requirement()) ? 0 : 1));
    List<Rules.Unread> unread =
        rules.unread().stream()
            .filter(
                one ->
                    one.column().isEmpty()
                        || slice.predicates().stream()
                            .anyMatch(predicate -> isAbout(subject, predicate, one.column().get())))
            .toList();
    return Optional.of(new RuleCover(rules, slice, rulings, unread));
  }

  private static Ruling counted(Rule rule, Tally tally, int number) {
    return new Ruling(
        rule,
        tally.of("in") == 0
            ? OptionalDouble.empty()
            : OptionalDouble.of((double) tally.of("in" + number) / tally.of("in")),
        tally.share("all" + number),
        false);
  }

  /** By the value that the slice's rows have, or the commonest of those that they have. */
  private static Ruling looked(Rule rule, Slice.Predicate predicate, Slice slice) {
    if (predicate.value().isEmpty()) {
      // A missing value keeps such rules; of a range of numbers they can't be told.
      boolean isMissing = predicate.isOdd() && !predicate.isUnseen();
      return new Ruling(rule, isMissing ? OptionalDouble.of(0) : OptionalDouble.empty(), 0, false);
    }
    Optional<Boolean> allowed = rule.requirement().allows(predicate.value());
    return new Ruling(
        rule,
        allowed.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(allowed.get() ? 0 : 1),
        allowed.orElse(true) ? 0 : slice.coverage(),
        predicate.isUnseen());
  }

  private static boolean isAbout(Case subject, Slice.Predicate predicate, String column) {
    return Fields.shortName(predicate.field()).equalsIgnoreCase(column)
        || subject.model().fieldName(predicate.field()).equals(column);
  }

  private static boolean isOfValues(Requirement requirement) {
    return !(requirement instanceof Requirement.Filled)
        && !(requirement instanceof Requirement.Numeric);
  }

  /** Whether a rule that the team has rejects the slice. */
  boolean isCovered() {
    return rulings.stream().anyMatch(Ruling::covers);
  }

  /** In a few words, to stand in a sentence. */
  String summary() {
    if (isCovered()) {
      return "a rule covers it, and its rows passed all the same ("
          + rulings.get(0).allowance()
          + ")";
    }
    Optional<Ruling> lenient =
        rulings.stream().filter(ruling -> ruling.broken().orElse(0) >= WHOLE).findFirst();
    if (lenient.isPresent()) {
      return "a rule is about it, but lenient (" + lenient.get().allowance() + ")";
    }
    Optional<Ruling> partly = rulings.stream().filter(Ruling::fails).findFirst();
    if (partly.isPresent()) {
      return "a rule covers only "
          + Text.percent(partly.get().broken().orElse(0))
          + " of it ("
          + partly.get().allowance()
          + ")";
    }
    String none =
        (unread.isEmpty() ? "no rule covers " : "no rule that could be understood covers ")
            + slice.text();
    List<String> allowances =
        rulings.stream()
            .filter(ruling -> ruling.broken().isPresent())
            .limit(SHOWN)
            .map(Ruling::allowance)
            .toList();
    return allowances.isEmpty()
        ? none
            + " (none of the "
            + Text.count(rules.rules().size(), "rule")
            + " is about "
            + fields()
            + ")"
        : none + " (" + String.join("; ", allowances) + ")";
  }

  private String fields() {
    return slice.predicates().stream()
        .map(predicate -> Fields.shortName(predicate.field()))
        .sorted()
        .collect(Collectors.joining(" or "));
  }

  /**
   * @param isLogged whether events say what validation said of them
   */
  List<Fact> facts(Case subject, boolean isLogged) {
    String subjectField = subject.model().fieldName(slice.predicates().get(0).field());
    List<Fact> facts = new ArrayList<>();
    String summary = summary();
    String sentence = Character.toUpperCase(summary.charAt(0)) + summary.substring(1);
    Optional<Ruling> first = rulings.stream().findFirst();
    facts.add(
        first.filter(ruling -> ruling.broken().orElse(0) > NOTHING).isPresent()
            ? Fact.of(
                sentence
                    + (isCovered()
                        ? isLogged
                            ? ": it is not run on what is served, or its verdict is not heeded"
                            : ": whether it is run on what is served is not logged"
                        : ""),
                subjectField,
                first.get().broken().orElse(0),
                Double.NaN,
                "share")
            : Fact.of(sentence, subjectField));
    if (!unread.isEmpty()) {
      facts.add(
          Fact.of(
              Text.count(unread.size(), "rule")
                  + " that may be about it could not be understood: "
                  + Text.list(
                      unread.stream().map(one -> one.what() + " (" + one.place() + ")").toList(),
                      SHOWN),
              subjectField));
    }
    return facts;
  }
}
