package dev.samovar.page;

import java.util.List;
import java.util.Optional;

/**
 * What became of an incident since the report. Names nobody: whoever has the link may read it.
 *
 * @param state in words
 * @param looks each later look: when and what it came to
 * @param words what people say it really was
 * @param thread where it is talked about
 * @param ends when the link ends
 */
public record Course(
    String state, List<Sheet.Term> looks, List<String> words, Optional<Link> thread, String ends) {
  public Course {
    looks = List.copyOf(looks);
    words = List.copyOf(words);
  }
}
