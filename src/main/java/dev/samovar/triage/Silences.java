package dev.samovar.triage;

import dev.samovar.checks.Fact;
import dev.samovar.checks.Outcome;
import dev.samovar.evidence.EvidenceException;
import java.util.ArrayList;
import java.util.List;

/**
 * The places that could not answer while one check asked, though others did. What a check found
 * stands; that it found nothing, or had nothing to look at, says nothing then.
 */
final class Silences {
  private final List<EvidenceException> heard = new ArrayList<>();

  Silences() {}

  synchronized void add(EvidenceException silence) {
    heard.add(silence);
  }

  synchronized void addAll(Silences others) {
    heard.addAll(others.all());
  }

  private synchronized List<EvidenceException> all() {
    return List.copyOf(heard);
  }

  Result judge(Outcome outcome) {
    List<EvidenceException> silent = all();
    if (silent.isEmpty()) {
      return new Result.Answered(outcome);
    }
    if (outcome instanceof Outcome.Found found) {
      List<Fact> facts = new ArrayList<>(found.facts());
      silent.stream()
          .map(EvidenceException::getMessage)
          .distinct()
          .forEach(said -> facts.add(Fact.of("Judged without one of the sources: " + said, "")));
      return new Result.Answered(
          new Outcome.Found(
              found.severity(),
              found.strength(),
              found.summary(),
              facts,
              found.signals(),
              found.since()));
    }
    return Result.silent(silent.get(0));
  }
}
