package dev.samovar.understanding;

import dev.samovar.triage.Symptom;
import java.util.Optional;

/**
 * A section of {@code lexicon.txt}.
 *
 * @param title its head as it is written, {@code [trouble 4: latency]}
 * @param scope how far its phrases reach; of silences only
 * @param points how much they weigh
 * @param says what they say, for {@link Reading#because}
 * @param symptom of troubles only
 */
record Section(
    String title, Kind kind, Scope scope, int points, String says, Optional<Symptom> symptom) {

  /** What a phrase speaks for. */
  enum Kind {
    /** Something that only models in production have or are. */
    SUBJECT,
    /** Something that is no model. */
    TOPIC,
    /** Words that mean something else here: no model, no subject, no trouble. */
    SENSE,
    /** A misbehaviour. */
    TROUBLE,
    /** That the trouble is real and goes on. */
    SUPPORT,
    /** The same, and that what seemed to silence the trouble before does not. */
    REBUTTAL,
    /** That what is said about trouble is no report of it. */
    SILENCE,
    /** That a model is well; in a question, a doubt. */
    WELL
  }

  /** Which troubles a silence reaches. */
  enum Scope {
    CLAUSE,
    SENTENCE,
    /** All that is said up to it, and what follows unless behind something like “but”. */
    BEFORE,
    /** The same, but it does not reach into later sentences. */
    UPTO,
    MESSAGE
  }
}
