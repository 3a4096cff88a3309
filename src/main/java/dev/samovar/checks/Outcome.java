package dev.samovar.checks;

import dev.samovar.evidence.Attempt;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a check says: found, clear, or why it cannot say. */
public sealed interface Outcome {

  /** One sentence. */
  String summary();

  /**
   * Something is wrong here.
   *
   * @param strength how sure the check is that it is wrong, 0 to 1, looking at nothing else
   * @param facts the most telling first; at least one
   * @param signals where its beginning can be looked for
   * @param since when it began, where the check knows exactly
   * @param figures what it looks like, the most telling first; may be empty
   */
  record Found(
      Severity severity,
      double strength,
      String summary,
      List<Fact> facts,
      List<Signal> signals,
      Optional<Instant> since,
      List<Figure> figures)
      implements Outcome {
    /** Without a figure. */
    public Found(
        Severity severity,
        double strength,
        String summary,
        List<Fact> facts,
        List<Signal> signals,
        Optional<Instant> since) {
      this(severity, strength, summary, facts, signals, since, List.of());
    }

    public Found {
      if (facts.isEmpty()) {
        throw new IllegalArgumentException("A finding needs evidence: " + summary);
      }
      facts = List.copyOf(facts);
      signals = List.copyOf(signals);
      figures = List.copyOf(figures);
    }

    Found showing(List<? extends Figure> shown) {
      return new Found(
          severity, strength, summary, facts, signals, since, List.<Figure>copyOf(shown));
    }

    /** With what could not be looked at, where that is so. */
    Found without(Attempt<?> attempt) {
      if (attempt.silence().isEmpty()) {
        return this;
      }
      List<Fact> more = new ArrayList<>(facts);
      more.add(Fact.of("Metrics could not be asked: " + attempt.silence().get().getMessage(), ""));
      return new Found(severity, strength, summary, more, signals, since, figures);
    }
  }

  /** Looked, and all is as it should be. */
  record Clear(String summary) implements Outcome {}

  /**
   * Could not look.
   *
   * @param remedy what to do so that it can look next time
   */
  record NotChecked(String reason, String remedy, Blindness blindness) implements Outcome {
    /** Whether the data should be there, so that nobody may call the model healthy. */
    public boolean blind() {
      return blindness != Blindness.NONE;
    }

    @Override
    public String summary() {
      return "Not checked: " + reason;
    }
  }

  /** How much of what should be there is not. */
  enum Blindness {
    /** The source was simply never set up. */
    NONE,
    /** There is some, but too little to tell. */
    THIN,
    /** There is nothing. */
    TOTAL
  }

  static Clear clear(String summary) {
    return new Clear(summary);
  }

  /** The source was never set up. */
  static NotChecked notSetUp(String reason, String remedy) {
    return new NotChecked(reason, remedy, Blindness.NONE);
  }

  /** The data that should be there is missing. */
  static NotChecked blind(String reason, String remedy) {
    return new NotChecked(reason, remedy, Blindness.TOTAL);
  }

  /** There is data, but too little of it. */
  static NotChecked thin(String reason, String remedy) {
    return new NotChecked(reason, remedy, Blindness.THIN);
  }
}
