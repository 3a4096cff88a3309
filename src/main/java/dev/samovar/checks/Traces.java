package dev.samovar.checks;

import dev.samovar.evidence.Catalog;
import dev.samovar.evidence.Condition;
import dev.samovar.evidence.Evidence;
import dev.samovar.evidence.EvidenceException;
import dev.samovar.evidence.Fields;
import dev.samovar.evidence.Histogram;
import dev.samovar.evidence.Profile;
import dev.samovar.evidence.Query;
import dev.samovar.evidence.ValueCount;
import dev.samovar.evidence.Window;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Looks in the features that shifted for the trace of a changed transformation. What came before
 * the change is left out, since half of the old values would hide what was done to the others.
 */
final class Traces {
  private static final long FEWEST = 60;
  private static final int SAMPLE = 60;
  private static final int FIELDS = 8;

  private final Case subject;
  private final Evidence evidence;
  private final Query now;
  private final Distributions distributions;

  /**
   * @param now the events under suspicion
   */
  Traces(Case subject, Evidence evidence, Query now, Distributions distributions) {
    this.subject = subject;
    this.evidence = evidence;
    this.now = now;
    this.distributions = distributions;
  }

  List<Trace> of(List<Shift> shifts) throws EvidenceException {
    List<Shift> suspects =
        shifts.stream()
            .filter(shift -> shift.field().startsWith(Fields.FEATURES + "."))
            .limit(FIELDS)
            .toList();
    if (suspects.isEmpty()) {
      return List.of();
    }
    Window since =
        Segment.of(subject, evidence, now, suspects.stream().limit(4).map(Shift::gained).toList());
    List<String> fields = suspects.stream().map(Shift::field).toList();
    Map<String, Profile> shapes = new HashMap<>();
    for (Profile profile : evidence.events().profiles(now, fields, List.of(since))) {
      if (profile.count() >= FEWEST || profile.kind() != Catalog.Kind.NUMBER) {
        shapes.put(profile.field(), profile);
      }
    }
    Map<String, Profile> before = new HashMap<>();
    distributions.profiles().forEach(profile -> before.put(profile.field(), profile));
    List<Trace> traces = new ArrayList<>(swapped(fields, shapes, before));
    for (String field : fields) {
      Profile shape = shapes.get(field);
      Profile earlier = before.get(field);
      if (shape != null
          && earlier != null
          && traces.stream().noneMatch(trace -> trace.field().equals(field))) {
        one(field, shape, earlier, since).ifPresent(says -> traces.add(new Trace(field, says)));
      }
    }
    return traces;
  }

  private Optional<String> one(String field, Profile shape, Profile before, Window since)
      throws EvidenceException {
    Optional<String> found = Fingerprint.of(shape, before).or(() -> Relabelling.of(shape, before));
    if (found.isPresent()) {
      return found;
    }
    Optional<String> filled = filledIn(field, since);
    if (filled.isPresent() || shape.kind() != Catalog.Kind.NUMBER) {
      return filled;
    }
    Optional<String> rounded =
        Grain.rounded(
            sample(field, since),
            subject.reference().isEmpty() ? List.of() : sample(field, subject.reference().get(0)));
    return rounded.isPresent() ? rounded : Grain.clipped(shape, before);
  }

  private List<Double> sample(String field, Window window) throws EvidenceException {
    return evidence
        .events()
        .newest(now.and(new Condition.Present(field)), window, List.of(field), SAMPLE)
        .stream()
        .flatMap(event -> event.number(field).stream().boxed())
        .toList();
  }

  /** Two features that look as the other did. */
  private static List<Trace> swapped(
      List<String> fields, Map<String, Profile> now, Map<String, Profile> before) {
    List<Trace> traces = new ArrayList<>();
    for (int i = 0; i < fields.size(); i++) {
      for (int j = i + 1; j < fields.size(); j++) {
        Profile a = now.get(fields.get(i));
        Profile b = now.get(fields.get(j));
        Profile aBefore = before.get(fields.get(i));
        Profile bBefore = before.get(fields.get(j));
        if (a != null
            && b != null
            && aBefore != null
            && bBefore != null
            && !Fingerprint.alike(a, aBefore)
            && Fingerprint.alike(a, bBefore)
            && Fingerprint.alike(b, aBefore)) {
          traces.add(
              new Trace(
                  fields.get(i),
                  "what "
                      + Fields.shortName(fields.get(j))
                      + " was, and the other way round: were the columns swapped?"));
        }
      }
    }
    return traces;
  }

  /** One value has taken the place of those that were missing. */
  private Optional<String> filledIn(String field, Window since) throws EvidenceException {
    int index = 0;
    while (!distributions.window().get(index).binning().field().equals(field)) {
      index++;
    }
    int at = index;
    double missingBefore =
        missing(distributions.reference().stream().map(all -> all.get(at)).toList());
    if (missingBefore < 0.03) {
      return Optional.empty();
    }
    Histogram shape =
        evidence
            .events()
            .histograms(now, List.of(distributions.window().get(at).binning()), List.of(since))
            .get(0)
            .get(0);
    double filled = missingBefore - missing(List.of(shape));
    List<ValueCount> top = evidence.events().values(now, field, Optional.of(since), 1);
    if (filled < 0.5 * missingBefore || top.isEmpty() || shape.total() == 0) {
      return Optional.empty();
    }
    double share = (double) top.get(0).count() / shape.total();
    return share >= 0.5 * filled && share <= filled + 0.25
        ? Optional.of(
            "never missing any more, and "
                + Shown.value(field, top.get(0).value(), top.get(0).count())
                + " in "
                + Text.percent(share)
                + " of events: a default filled in?")
        : Optional.empty();
  }

  private static double missing(List<Histogram> histograms) {
    long missing = histograms.stream().mapToLong(Histogram::missing).sum();
    long total = histograms.stream().mapToLong(Histogram::total).sum();
    return total == 0 ? 0 : (double) missing / total;
  }
}
