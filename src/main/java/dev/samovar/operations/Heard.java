package dev.samovar.operations;

import dev.samovar.evidence.EvidenceException;
import dev.samovar.evidence.SourceListener;
import java.time.Duration;
import java.util.Optional;

/** Times a question, and tells what came of it. */
final class Heard {
  private Heard() {}

  interface Question<T> {
    T ask() throws EvidenceException;
  }

  static <T> T asking(String source, SourceListener listener, Question<T> question)
      throws EvidenceException {
    long begun = System.nanoTime();
    try {
      T answer = question.ask();
      listener.asked(source, Optional.empty(), since(begun));
      return answer;
    } catch (EvidenceException e) {
      listener.asked(source, Optional.of(e), since(begun));
      throw e;
    }
  }

  private static Duration since(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos);
  }
}
