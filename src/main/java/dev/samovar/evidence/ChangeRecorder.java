package dev.samovar.evidence;

/** Keeps changes where investigations look for them. */
public interface ChangeRecorder {
  /**
   * Once it returns, the next investigation sees the change.
   *
   * @param reader how this model calls the fields
   * @param index a concrete name
   * @return whether it is new; the same change within a minute is not
   */
  boolean record(ChangeNote change, Model reader, String index) throws EvidenceException;
}
