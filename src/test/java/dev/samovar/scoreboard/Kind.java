package dev.samovar.scoreboard;

import dev.samovar.checks.CheckId;
import dev.samovar.triage.Verdict;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A kind of incident, and the answers that a fair reader would accept.
 *
 * @param verdicts any of them is right
 * @param first checks that may stand first among the causes; for symptoms, that must have found it
 * @param also checks that must be named as causes too
 * @param isAbrupt whether it begins at a moment that could be told
 */
record Kind(
    String name,
    Set<Verdict> verdicts,
    Set<CheckId> first,
    Set<CheckId> also,
    boolean isAbrupt,
    Consumer<Incident> trouble) {

  static Kind cause(String name, Consumer<Incident> trouble, CheckId... first) {
    return new Kind(name, Set.of(Verdict.CAUSE_FOUND), Set.of(first), Set.of(), true, trouble);
  }

  static Kind standing(String name, Consumer<Incident> trouble, CheckId... first) {
    return new Kind(name, Set.of(Verdict.CAUSE_FOUND), Set.of(first), Set.of(), false, trouble);
  }

  static Kind both(String name, Consumer<Incident> trouble, CheckId one, CheckId other) {
    return new Kind(
        name, Set.of(Verdict.CAUSE_FOUND), Set.of(one, other), Set.of(one, other), false, trouble);
  }

  static Kind symptom(String name, Consumer<Incident> trouble, CheckId... found) {
    return new Kind(name, Set.of(Verdict.SYMPTOMS_ONLY), Set.of(found), Set.of(), true, trouble);
  }

  static Kind harmless(String name, Consumer<Incident> trouble) {
    return new Kind(name, Set.of(Verdict.ALL_CLEAR), Set.of(), Set.of(), false, trouble);
  }

  boolean isHarmless() {
    return first.isEmpty();
  }

  boolean isCause() {
    return verdicts.contains(Verdict.CAUSE_FOUND);
  }

  static List<Kind> all() {
    return Kinds.ALL;
  }
}
