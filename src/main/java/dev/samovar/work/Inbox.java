package dev.samovar.work;

/**
 * What was delivered and must not be lost: kept before it is acknowledged, done as a job. What
 * comes again, to whichever replica, has no effect.
 */
public interface Inbox {
  /**
   * Keeps it, to be done at once by whoever {@link Jobs#does} the kind. When this returns it is
   * safe.
   *
   * @param key the same for whatever must have one effect only
   * @return whether it is the first of that kind and key
   */
  boolean accept(String kind, String key, String payload);
}
