package dev.samovar.checks;

import dev.samovar.evidence.Evidence;
import dev.samovar.evidence.Model;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * More than a third of all incidents follow a change that somebody made. A change counts only if it
 * came before the onset; the nearer, the likelier; and where nothing went wrong, there is nothing
 * to blame it for.
 */
final class RecentChanges implements Check {
  private static final Duration LONGEST = Duration.ofHours(24);

  /** Clocks of deploy tools and of logs differ a little. */
  private static final Duration CLOCK_SKEW = Duration.ofMinutes(2);

  /** A change that comes every day is suspected only of what follows it at once. */
  private static final Duration ROUTINE = Duration.ofHours(1);

  private static final int SHOWN = 5;

  /** How much less a change is worth that comes every day. */
  private static final double ROUTINE_WORTH = 0.5;

  @Override
  public CheckId id() {
    return CheckId.RECENT_CHANGES;
  }

  @Override
  public Set<CheckId> explains() {
    return Set.of(
        CheckId.DATA_DRIFT,
        CheckId.TRAINING_SERVING_SKEW,
        CheckId.VALIDATION_GAP,
        CheckId.ERROR_BURST,
        CheckId.SERVING_HEALTH,
        CheckId.PREDICTION_SHIFT,
        CheckId.MODEL_QUALITY,
        CheckId.LOGGING_GAP);
  }

  @Override
  public boolean afterOnset() {
    return true;
  }

  @Override
  public Outcome examine(Case subject, Evidence evidence) {
    Case.Aftermath known =
        subject
            .aftermath()
            .orElseThrow(() -> new IllegalArgumentException("Changes are judged by the onset"));
    ChangeLog log = known.changes();
    if (!log.kept()) {
      return Outcome.notSetUp(
          "nobody records changes: " + log.absence(),
          "let the deploy pipeline write an event there for each change: ml.change.kind,"
              + " ml.change.component, ml.change.to, ml.change.author");
    }
    if (!known.trouble()) {
      return Outcome.clear(
          log.changes().isEmpty()
              ? "no change was recorded lately"
              : Text.count(log.changes().size(), "change")
                  + " lately, and nothing went wrong after "
                  + (log.changes().size() == 1 ? "it" : "them"));
    }
    Onset onset =
        known
            .onset()
            .orElse(
                new Onset(subject.window().from(), subject.window().from(), subject.window().to()));
    return judge(subject.model(), log, onset, known.onset().isPresent());
  }

  private static Outcome judge(Model model, ChangeLog log, Onset onset, boolean isOnsetKnown) {
    Instant latest = onset.latest().plus(CLOCK_SKEW);
    List<Change> before = new ArrayList<>(log.changes());
    before.removeIf(
        change -> change.at().isAfter(latest) || change.at().isBefore(onset.at().minus(LONGEST)));
    long routine = before.stream().filter(Change::routine).count();
    before.removeIf(change -> change.routine() && gap(change, onset).compareTo(ROUTINE) > 0);
    before.sort(
        Comparator.comparing(Change::routine)
            .thenComparing((Change change) -> gap(change, onset))
            .thenComparing(Change::describe));
    if (before.isEmpty()) {
      return Outcome.clear(
          (routine > 0
                  ? "only what changes every day or two was changed in the "
                  : "nothing was changed in the ")
              + Text.duration(LONGEST)
              + " before "
              + Text.time(onset.at()));
    }
    List<Fact> facts = new ArrayList<>();
    for (Change change : before.subList(0, Math.min(SHOWN, before.size()))) {
      Duration gap = gap(change, onset);
      facts.add(
          Fact.of(
                  Text.time(change.at())
                      + ", "
                      + (gap.isZero() ? "at" : Text.duration(gap) + " before")
                      + " the "
                      + (isOnsetKnown ? "onset" : "window")
                      + ": "
                      + change.describe(),
                  change.component().isEmpty() ? change.kind() : change.component())
              .linked(change.url().isEmpty() ? null : change.url()));
    }
    Change nearest = before.get(0);
    double strength =
        strength(gap(nearest, onset), isOwn(nearest, model))
            * (isOnsetKnown ? 1 : 0.7)
            * (nearest.routine() ? ROUTINE_WORTH : 1);
    return new Outcome.Found(
        strength >= 0.6 ? Severity.WARNING : Severity.INFO,
        strength,
        (gap(nearest, onset).isZero() ? "At" : Text.duration(gap(nearest, onset)) + " before")
            + " the "
            + (isOnsetKnown ? "onset" : "time in question")
            + ", somebody changed something: "
            + nearest.describe()
            + (before.size() > 1
                ? "; " + Text.count(before.size() - 1, "other change") + " within a day before"
                : ""),
        facts,
        List.of(),
        Optional.of(nearest.at()));
  }

  /** From the change to the onset; zero for one within the onset's own uncertainty. */
  private static Duration gap(Change change, Onset onset) {
    Duration gap = Duration.between(change.at(), onset.at());
    return gap.isNegative() ? Duration.ZERO : gap;
  }

  /** The nearer the likelier; and what is the model's own likelier than what it only shares. */
  private static double strength(Duration gap, boolean isOwn) {
    if (gap.compareTo(Duration.ofMinutes(15)) <= 0) {
      return isOwn ? 0.85 : 0.75;
    }
    if (gap.compareTo(Duration.ofHours(1)) <= 0) {
      return isOwn ? 0.7 : 0.45;
    }
    if (gap.compareTo(Duration.ofHours(3)) <= 0) {
      return isOwn ? 0.35 : 0.2;
    }
    return gap.compareTo(Duration.ofHours(12)) <= 0 ? 0.2 : 0.1;
  }

  private static boolean isOwn(Change change, Model model) {
    boolean mayBeShared =
        change.kind().equals("infrastructure") || change.kind().equals("feature-flag");
    return !mayBeShared
        || change.component().equals(model.name())
        || change.component().equals(model.service());
  }
}
