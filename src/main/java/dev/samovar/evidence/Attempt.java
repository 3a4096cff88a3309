package dev.samovar.evidence;

import java.util.Optional;

/**
 * What one of several sources answered, or why it did not. What the others show stands either way;
 * only who is about to say that all is well must have heard this one, too.
 *
 * @param answer where there is none, what stands for it
 */
public record Attempt<T>(T answer, Optional<EvidenceException> silence) {

  /** What is asked. */
  @FunctionalInterface
  public interface Question<T> {
    T ask() throws EvidenceException;
  }

  /**
   * @param otherwise the answer where the source cannot give one
   */
  public static <T> Attempt<T> at(Question<T> question, T otherwise) {
    try {
      return new Attempt<>(question.ask(), Optional.empty());
    } catch (EvidenceException e) {
      return new Attempt<>(otherwise, Optional.of(e));
    }
  }

  /** To be called before anything is called well: a fault never makes a clean bill. */
  public void orThrow() throws EvidenceException {
    if (silence.isPresent()) {
      throw silence.get();
    }
  }
}
