package dev.samovar.work;

import java.time.Instant;

/**
 * What must be done later. A job outlives the process, and of several replicas one does it. A
 * process that dies in the middle leaves it to another, which begins it anew: work must be such
 * that a second run finishes what the first began. Work that throws is tried again, later each
 * time, and given up after some tries.
 *
 * <p>First say who does what ({@link #does}, {@link #every}), then {@link #start}.
 */
public interface Jobs extends AutoCloseable {

  /** Does jobs of a kind; on any thread, several at once. */
  interface Work {
    void run(Job job) throws Exception;
  }

  /** When something that recurs is next due. */
  interface Rhythm {
    /**
     * @return later than the given time
     */
    Instant after(Instant now);
  }

  /**
   * Says who does the jobs of a kind. A job whose kind nobody does waits.
   *
   * @param kind letters, digits and hyphens
   */
  void does(String kind, Work work);

  /**
   * Something that recurs. However long all replicas were down, it is caught up once, with the time
   * that was missed first as its {@link Job#due}. Where the rhythm has changed since, the new one
   * counts; what recurs under a key that nobody names any more ends.
   */
  void every(String kind, String key, Rhythm rhythm);

  /**
   * Something to be done once. A time that has passed means at once.
   *
   * @param key of at most 200 characters
   * @return false where one of that kind and key waits already; then nothing changes
   */
  boolean at(Instant when, String kind, String key, String payload);

  /**
   * Takes a job back. One that is under way is finished.
   *
   * @return whether it waited
   */
  boolean cancel(String kind, String key);

  /** What is due by now and nobody has begun, of all replicas. */
  Backlog backlog(Instant now);

  /** From now on jobs are done. */
  void start();

  /** Lets what is under way finish, for a while; the rest waits for the next start. */
  @Override
  void close();
}
