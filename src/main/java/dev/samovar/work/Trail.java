package dev.samovar.work;

import java.util.Optional;
import org.slf4j.MDC;

/**
 * One id that follows a piece of work: through the logs, from thread to thread, and to whoever is
 * asked on its behalf. Of an incident it is the incident's own.
 */
public final class Trail {
  /** The field of the logs; ECS calls it so. */
  public static final String FIELD = "trace.id";

  private Trail() {}

  /** Some work that may fail in its own way. */
  @FunctionalInterface
  public interface Step<E extends Exception> {
    void take() throws E;
  }

  /** What this thread works on; empty where it was not said. */
  public static Optional<String> current() {
    return Optional.ofNullable(MDC.get(FIELD));
  }

  /** Takes a step under an id; what this thread worked on before goes on afterwards. */
  public static <E extends Exception> void follow(String id, Step<E> step) throws E {
    Optional<String> before = current();
    MDC.put(FIELD, id);
    try {
      step.take();
    } finally {
      before.ifPresentOrElse(known -> MDC.put(FIELD, known), () -> MDC.remove(FIELD));
    }
  }

  /** The task, to be done by another thread under the id of this one. */
  public static Runnable carry(Runnable task) {
    return current().<Runnable>map(id -> () -> follow(id, task::run)).orElse(task);
  }
}
