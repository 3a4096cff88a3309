package dev.samovar.checks;

import dev.samovar.evidence.Condition;
import dev.samovar.evidence.Dataset;
import dev.samovar.evidence.Event;
import dev.samovar.evidence.Evidence;
import dev.samovar.evidence.EvidenceException;
import dev.samovar.evidence.Fields;
import dev.samovar.evidence.Query;
import dev.samovar.evidence.Tally;
import dev.samovar.evidence.Window;
import dev.samovar.signatures.Signature;
import dev.samovar.statistics.Rates;
import dev.samovar.statistics.RobustSpread;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a service writes to its log, by template, counted in the window and in each reference
 * window. The templates are learnt from samples; what is counted is all lines of each.
 */
final class LogPatterns {
  private static final int SAMPLE = 300;
  private static final int RARE_SAMPLE = 40;
  private static final int TELLING = 6;
  private static final int TEMPLATES = 15;
  private static final int FEWEST = 10;
  private static final double TIMES = 3;
  private static final double CERTAIN = 0.001;
  private static final List<String> SEARCHED = List.of(Fields.MESSAGE, Fields.ERROR_MESSAGE);

  private final Case subject;
  private final Evidence evidence;

  LogPatterns(Case subject, Evidence evidence) {
    this.subject = subject;
    this.evidence = evidence;
  }

  /**
   * A template and how often it was written.
   *
   * @param lines finds all lines of it
   * @param counts of the window first, then of each reference window
   * @param known what the catalogue calls it
   */
  record Pattern(
      LogTemplates.Template template,
      Condition lines,
      List<Long> counts,
      Optional<Signature> known) {
    Pattern {
      counts = List.copyOf(counts);
    }

    long now() {
      return counts.get(0);
    }

    /** Median of the reference windows. */
    double usual() {
      return RobustSpread.median(counts.stream().skip(1).mapToDouble(Long::doubleValue).toArray());
    }

    long fewest() {
      return counts.stream().skip(1).mapToLong(Long::longValue).min().orElse(0);
    }

    boolean isNew() {
      return now() >= FEWEST && counts.stream().skip(1).allMatch(count -> count == 0);
    }

    boolean isSurging() {
      return isSurge(counts.stream().mapToLong(Long::longValue).toArray());
    }
  }

  /** Far more in the first window than in any of the others. */
  static boolean isSurge(long[] counts) {
    double mean = 0;
    long most = 0;
    for (int i = 1; i < counts.length; i++) {
      mean += (double) counts[i] / (counts.length - 1);
      most = Math.max(most, counts[i]);
    }
    return counts[0] >= FEWEST
        && counts[0] > most
        && counts[0] >= TIMES * mean
        && Rates.poissonExcess(Math.min(counts[0], 1_000_000), Math.min(mean, 300_000), 1)
            < CERTAIN;
  }

  /**
   * The errors of the window. Beside a sample of them all, the lines with words that are telling of
   * this window are read: a new error may be one line in a thousand.
   */
  List<Pattern> errors(Query errors) throws EvidenceException {
    List<Event> sample =
        new ArrayList<>(
            evidence.events().sample(errors, subject.window(), KnownErrors.TEXTS, SAMPLE));
    if (sample.size() == SAMPLE) {
      List<String> telling =
          evidence
              .events()
              .telling(errors, Fields.MESSAGE, subject.window(), subject.reference(), TELLING);
      for (String word : telling) {
        sample.addAll(
            evidence
                .events()
                .sample(
                    errors.and(new Condition.Words(SEARCHED, List.of(word))),
                    subject.window(),
                    KnownErrors.TEXTS,
                    RARE_SAMPLE));
      }
    }
    return counted(errors, sample);
  }

  /**
   * Lines that every reference window has and this one has not, though the service logs as much as
   * ever. Where it also writes something new that often it was reworded.
   */
  List<Pattern> vanished() throws EvidenceException {
    Query all = Query.of(subject.model(), Dataset.APPLICATION);
    List<Event> sample =
        new ArrayList<>(evidence.events().sample(all, subject.window(), KnownErrors.TEXTS, SAMPLE));
    for (Window before : subject.reference().stream().limit(1).toList()) {
      sample.addAll(evidence.events().sample(all, before, KnownErrors.TEXTS, SAMPLE));
    }
    List<Pattern> patterns = counted(all, sample);
    List<Pattern> vanished =
        patterns.stream()
            .filter(pattern -> pattern.now() == 0 && pattern.fewest() >= FEWEST)
            .toList();
    boolean reworded = patterns.stream().anyMatch(Pattern::isNew);
    boolean othersStay =
        patterns.stream().anyMatch(p -> p.fewest() >= FEWEST && p.now() >= 0.5 * p.usual());
    return reworded || !othersStay ? List.of() : vanished;
  }

  private List<Pattern> counted(Query query, Collection<Event> sample) throws EvidenceException {
    LogTemplates templates = new LogTemplates();
    Map<String, Optional<Signature>> known = new HashMap<>();
    for (Event event : sample) {
      String line = LogLine.of(event);
      if (!line.isEmpty()) {
        templates.add(line);
        known.computeIfAbsent(line, unused -> KnownErrors.of(event));
      }
    }
    Map<String, Condition> conditions = new LinkedHashMap<>();
    List<LogTemplates.Template> asked = new ArrayList<>();
    for (LogTemplates.Template template : templates.templates()) {
      if (asked.size() < TEMPLATES && template.words().size() >= 2) {
        conditions.put(
            Integer.toString(asked.size()), new Condition.Words(SEARCHED, template.words()));
        asked.add(template);
      }
    }
    if (asked.isEmpty()) {
      return List.of();
    }
    List<Window> windows = new ArrayList<>();
    windows.add(subject.window());
    windows.addAll(subject.reference());
    List<Tally> tallies = evidence.events().tally(query, windows, conditions);
    List<Pattern> patterns = new ArrayList<>();
    for (int i = 0; i < asked.size(); i++) {
      String name = Integer.toString(i);
      LogTemplates.Template template = asked.get(i);
      patterns.add(
          new Pattern(
              template,
              conditions.getOrDefault(name, Condition.everything()),
              tallies.stream().map(tally -> tally.of(name)).toList(),
              known.getOrDefault(template.example(), Optional.empty())));
    }
    return patterns;
  }
}
