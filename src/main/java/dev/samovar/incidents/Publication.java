package dev.samovar.incidents;

/**
 * Whether the page of an incident may be read by its link.
 *
 * @param edition of the links; those of another are over
 * @param revoked whether none is good now
 */
public record Publication(int edition, boolean revoked) {
  private static final Publication FIRST = new Publication(0, false);

  public static Publication of(Incident incident) {
    return incident.publication().orElse(FIRST);
  }

  /** No link is good, not even when there is one again. */
  Publication revoke() {
    return new Publication(edition + 1, true);
  }

  Publication offer() {
    return new Publication(edition, false);
  }
}
