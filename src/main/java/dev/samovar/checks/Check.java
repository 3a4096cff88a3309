package dev.samovar.checks;

import dev.samovar.evidence.Evidence;
import dev.samovar.evidence.EvidenceException;
import java.util.Set;

/**
 * One diagnostic. A check has no state and no clock, never catches, and asks nothing but the
 * evidence: the same evidence gives the same outcome.
 */
public interface Check {
  CheckId id();

  /** The checks whose findings this one's finding would account for. */
  Set<CheckId> explains();

  /** Whether it can only be asked once the others' findings say when the trouble began. */
  default boolean afterOnset() {
    return false;
  }

  Outcome examine(Case subject, Evidence evidence) throws EvidenceException;
}
