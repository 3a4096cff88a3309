package dev.samovar.incidents;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Keeps incidents. */
public interface Incidents {

  void open(Incident incident);

  Optional<Incident> find(String id);

  /** The newest that is talked about in a thread. */
  Optional<Incident> inThread(String channel, String thread);

  /** Those that nobody has closed, newest first. */
  List<Incident> open();

  /** How many nobody has closed. */
  int openCount();

  /** Those that began at some moment or later, open or not, newest first; the last few hundred. */
  List<Incident> since(Instant moment);

  /** The newest of a model, open or not. */
  List<Incident> ofModel(String model, int most);

  /** Those that {@link Quiet} asks about by now, the longest waiting first. */
  List<Incident> silent(Instant now);

  /**
   * What is known of those that began in a time and in which something was found, the newest first:
   * at most so many of the model, and as many of others.
   *
   * @param begin included
   * @param end excluded
   */
  List<Earlier> earlier(String model, Instant begin, Instant end, int most);

  /** What people said of causes since then, the oldest first. */
  List<Feedback> feedback(Instant since);

  /**
   * Changes one, while nobody else does.
   *
   * @return as it is now; empty where it is not known
   */
  Optional<Incident> change(String id, UnaryOperator<Incident> change);
}
