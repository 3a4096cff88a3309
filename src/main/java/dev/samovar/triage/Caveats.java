package dev.samovar.triage;

import dev.samovar.checks.Fact;
import dev.samovar.checks.Outcome;
import dev.samovar.evidence.EvidenceException;
import dev.samovar.evidence.Histogram;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What limits the answer of one check. The places that could not answer while it asked, though
 * others did: what it found stands; that it found nothing, or had nothing to look at, says nothing
 * then. And that its shares were counted on a sample of the events, with the error of that.
 */
final class Caveats {
  /** Of a share of one half, which has the largest error: 1.96 · √¼. */
  private static final double WIDEST = 0.98;

  private final List<EvidenceException> heard = new ArrayList<>();
  private Optional<Histogram> coarsest = Optional.empty();

  Caveats() {}

  /** A distribution was counted; it is remembered where it is of a sample. */
  synchronized void counted(Histogram histogram) {
    boolean isCoarser = coarsest.filter(other -> other.total() <= histogram.total()).isEmpty();
    if (histogram.share() < 1 && isCoarser) {
      coarsest = Optional.of(histogram);
    }
  }

  private synchronized Optional<String> sample() {
    return coarsest.map(
        one ->
            String.format(
                Locale.ROOT,
                "counted on a sample of one in %d, at least %,d predictions a window: shares are"
                    + " right to %.1f points",
                (int) Math.round(1 / one.share()),
                one.total(),
                100 * WIDEST / Math.sqrt(Math.max(1.0, one.total()))));
  }

  synchronized void add(EvidenceException silence) {
    heard.add(silence);
  }

  synchronized void addAll(Caveats others) {
    heard.addAll(others.all());
  }

  private synchronized List<EvidenceException> all() {
    return List.copyOf(heard);
  }

  Result judge(Outcome outcome) {
    List<EvidenceException> silent = all();
    if (outcome instanceof Outcome.Found found) {
      List<String> more = new ArrayList<>();
      sample()
          .ifPresent(
              said -> more.add(said.substring(0, 1).toUpperCase(Locale.ROOT) + said.substring(1)));
      silent.stream()
          .map(EvidenceException::getMessage)
          .distinct()
          .forEach(said -> more.add("Judged without one of the sources: " + said));
      return new Result.Answered(more.isEmpty() ? found : with(found, more));
    }
    if (!silent.isEmpty()) {
      return Result.silent(silent.get(0));
    }
    Optional<String> sample = sample();
    return new Result.Answered(
        sample.isPresent() && outcome instanceof Outcome.Clear clear
            ? Outcome.clear(clear.summary() + " (" + sample.get() + ")")
            : outcome);
  }

  private static Outcome.Found with(Outcome.Found found, List<String> more) {
    List<Fact> facts = new ArrayList<>(found.facts());
    more.forEach(said -> facts.add(Fact.of(said, "")));
    return new Outcome.Found(
        found.severity(), found.strength(), found.summary(), facts, found.signals(), found.since());
  }
}
