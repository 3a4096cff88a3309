package dev.samovar.checks;

import dev.samovar.evidence.Binning;
import dev.samovar.evidence.Condition;
import dev.samovar.evidence.Fields;
import dev.samovar.evidence.Histogram;
import dev.samovar.statistics.BenjaminiHochberg;
import dev.samovar.statistics.Distances;
import dev.samovar.statistics.FrequencyTests;
import dev.samovar.statistics.Proportions;
import dev.samovar.statistics.RobustSpread;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;

/**
 * Decides which fields have shifted, by the rule that all drift-like checks share: real
 * (Benjamini-Hochberg-adjusted p below 0.05, and beyond what the same comparison gives among the
 * reference windows) and large (Jensen-Shannon distance of at least 0.1). Missing values have a
 * test of their own, since 0.6 % of them move no distance.
 */
final class Comparison {
  /** From this many events on a side every large shift shows. */
  static final long ENOUGH = 300;

  /** Below this many in the window the answer is "not enough data". */
  static final long FEWEST = 50;

  /** Below this many in the reference nobody knows what is normal. */
  static final long FEWEST_BEFORE = 150;

  static final double LARGE = 0.1;
  private static final double SIGNIFICANT = 0.05;

  /** Among few events a large distance is often chance: 0.05 cried wolf on one quiet day in ten. */
  private static final double SIGNIFICANT_AMONG_FEW = 0.001;

  /** Fewer events than this say nothing about a reference window's own noise. */
  private static final long ENOUGH_FOR_NOISE = 100;

  private static final long FEWEST_FOR_NOISE = 25;

  /** So sure must one be that more are missing, before a small rise counts. */
  private static final double SURELY_MISSING = 0.001;

  private static final double MISSING_RISE = 0.02;

  private final double large;
  private final long fewest;
  private final OptionalInt sameWeekday;

  /**
   * @param sameWeekday which reference window lies whole weeks earlier: what looks as it did then
   *     is a rhythm, no shift
   */
  Comparison(double large, OptionalInt sameWeekday) {
    this(large, FEWEST, sameWeekday);
  }

  private Comparison(double large, long fewest, OptionalInt sameWeekday) {
    this.large = large;
    this.fewest = fewest;
    this.sameWeekday = sameWeekday;
  }

  /** The same from fewer events on, as of a version that has just come. */
  Comparison from(long events) {
    return new Comparison(large, events, sameWeekday);
  }

  /** For the case's own reference windows. */
  static Comparison of(Case subject) {
    return new Comparison(LARGE, sameWeekday(subject));
  }

  /** Which reference window lies whole weeks earlier; empty where none does. */
  static OptionalInt sameWeekday(Case subject) {
    for (int i = 0; i < subject.reference().size(); i++) {
      long shift =
          subject.window().from().getEpochSecond()
              - subject.reference().get(i).from().getEpochSecond();
      if (shift % (7 * 86_400) == 0) {
        return OptionalInt.of(i);
      }
    }
    return OptionalInt.empty();
  }

  /** The shifted fields, the largest effect first: in the whole window or in its last part. */
  List<Shift> shifts(Distributions distributions) {
    List<Shift> shifts = new ArrayList<>(shifts(distributions.window(), distributions.reference()));
    List<Shift> lately = shifts(distributions.late(), distributions.lateReference());
    // Of what changes by the hour, a whole window is another mix when traffic is spread otherwise.
    shifts.removeIf(
        shift ->
            distributions.followsTheClock(shift.field())
                && lately.stream().noneMatch(late -> late.field().equals(shift.field())));
    for (Shift late : lately) {
      if (shifts.stream().noneMatch(shift -> shift.field().equals(late.field()))) {
        shifts.add(late);
      }
    }
    shifts.sort(Comparator.comparingDouble(Shift::effect).reversed().thenComparing(Shift::field));
    return shifts;
  }

  /**
   * The shifted fields, the largest effect first.
   *
   * @param window one histogram a field
   * @param reference for each reference window one histogram a field, in the same order
   */
  List<Shift> shifts(List<Histogram> window, List<List<Histogram>> reference) {
    List<Candidate> candidates = new ArrayList<>();
    for (int i = 0; i < window.size(); i++) {
      int field = i;
      candidates.add(
          new Candidate(
              window.get(i), reference.stream().map(histograms -> histograms.get(field)).toList()));
    }
    double[] adjusted =
        BenjaminiHochberg.adjust(candidates.stream().mapToDouble(Candidate::p).toArray());
    List<Shift> shifts = new ArrayList<>();
    for (int i = 0; i < adjusted.length; i++) {
      Candidate candidate = candidates.get(i);
      if (adjusted[i] < candidate.significant() && candidate.isBeyondNormal()) {
        shifts.add(candidate.shift());
      }
    }
    shifts.sort(Comparator.comparingDouble(Shift::effect).reversed().thenComparing(Shift::field));
    return shifts;
  }

  /** One field. */
  private final class Candidate {
    private final Histogram histogram;
    private final Binning binning;
    private final long[] now;
    private final List<long[]> windows;
    private final long[] before;
    private final double effect;

    Candidate(Histogram histogram, List<Histogram> reference) {
      this.histogram = histogram;
      this.binning = histogram.binning();
      this.now = Bins.counts(histogram);
      this.windows = reference.stream().map(Bins::counts).toList();
      this.before = Bins.sum(windows);
      this.effect = distance(now, before);
    }

    double p() {
      return Bins.total(now) == 0 || Bins.total(before) == 0
          ? 1
          : FrequencyTests.gTest(now, before).p();
    }

    boolean isBeyondNormal() {
      if (Bins.total(now) < fewest || Bins.total(before) < FEWEST_BEFORE) {
        return false;
      }
      double least = least();
      if (sameWeekday.isPresent()) {
        long[] lastWeek = windows.get(sameWeekday.getAsInt());
        if (Bins.total(lastWeek) >= ENOUGH_FOR_NOISE
            && distance(now, lastWeek) < Math.max(0.75 * least, 0.6 * effect)) {
          return false;
        }
      }
      return (effect >= least && effect > Math.max(noise(), chance())) || missingRose();
    }

    /** The fewer events there are, the larger a shift must be to show. */
    private double least() {
      return fewer() >= ENOUGH ? large : large * Math.sqrt((double) ENOUGH / fewer());
    }

    /** And the surer. */
    double significant() {
      return fewer() >= ENOUGH ? SIGNIFICANT : SIGNIFICANT_AMONG_FEW;
    }

    private long fewer() {
      return Math.min(Bins.total(now), Bins.total(before));
    }

    /** What two samples of one distribution give, with half of it for safety: √((k−1)/8n ln 2). */
    private double chance() {
      long bins = 0;
      for (long count : before) {
        bins += count > 0 ? 1 : 0;
      }
      double least = (double) Math.min(Bins.total(now), Bins.total(before));
      return 1.5 * Math.sqrt(Math.max(1, bins - 1) / (8 * least * Math.log(2)));
    }

    /** What the comparison gives between a reference window and the others: median + 3 MAD. */
    private double noise() {
      List<Double> distances = new ArrayList<>();
      // A window of far fewer events than now would only tell of its own size.
      long tells = Math.max(FEWEST_FOR_NOISE, Math.min(ENOUGH_FOR_NOISE, Bins.total(now) / 2));
      for (int i = 0; i < windows.size(); i++) {
        if (Bins.total(windows.get(i)) >= tells) {
          long[] others = before.clone();
          for (int bin = 0; bin < others.length; bin++) {
            others[bin] -= windows.get(i)[bin];
          }
          if (Bins.total(others) >= tells) {
            distances.add(distance(windows.get(i), others));
          }
        }
      }
      if (distances.size() < 2) {
        return 0;
      }
      double[] values = distances.stream().mapToDouble(Double::doubleValue).toArray();
      return RobustSpread.median(values) + 3 * RobustSpread.mad(values);
    }

    private boolean missingRose() {
      int bin = binning.size();
      double rise = share(now, bin) - share(before, bin);
      if (rise < MISSING_RISE
          || share(now, bin) < 2 * share(before, bin)
          || Proportions.twoProportions(before[bin], Bins.total(before), now[bin], Bins.total(now))
                  .p()
              > SURELY_MISSING) {
        return false;
      }
      return windows.stream()
          .filter(window -> Bins.total(window) >= ENOUGH_FOR_NOISE)
          .allMatch(window -> share(window, bin) < share(now, bin) / 1.5);
    }

    Shift shift() {
      int gainer = 0;
      int loser = 0;
      for (int bin = 0; bin < now.length; bin++) {
        gainer = gain(bin) > gain(gainer) ? bin : gainer;
        loser = gain(bin) < gain(loser) ? bin : loser;
      }
      // What came is what a reader looks for; what went is only named where it says far more.
      int culprit = gain(gainer) >= -gain(loser) / 2 ? gainer : loser;
      String name = Fields.shortName(binning.field());
      return new Shift(
          binning.field(),
          effect,
          Distances.psi(now, before),
          before[culprit] == 0
              ? Bins.describe(histogram, name, culprit, now[culprit])
              : Bins.describeKnown(
                  histogram, name, culprit, Math.max(now[culprit], before[culprit])),
          share(now, culprit),
          share(before, culprit),
          gained(),
          Bins.isUnseen(binning, culprit) && before[culprit] == 0);
    }

    private double gain(int bin) {
      return share(now, bin) - share(before, bin);
    }

    private Condition gained() {
      double most = 0;
      for (int bin = 0; bin < now.length; bin++) {
        most = Math.max(most, gain(bin));
      }
      List<Condition> bins = new ArrayList<>();
      for (int bin = 0; bin < now.length; bin++) {
        if (gain(bin) >= Math.max(most / 4, 1e-9)) {
          bins.add(Bins.condition(binning, bin));
        }
      }
      return bins.size() == 1 ? bins.get(0) : new Condition.Any(bins);
    }
  }

  private static double share(long[] counts, int bin) {
    long total = Bins.total(counts);
    return total == 0 ? 0 : (double) counts[bin] / total;
  }

  /** Jensen-Shannon distance, base 2, over all bins; 0 where a side is empty. */
  static double distance(Histogram a, Histogram b) {
    return distance(Bins.counts(a), Bins.counts(b));
  }

  static double distance(long[] a, long[] b) {
    return Bins.total(a) == 0 || Bins.total(b) == 0 ? 0 : Distances.jensenShannonDistance(a, b);
  }
}
