package dev.samovar.repository;

import com.fasterxml.jackson.databind.JsonNode;
import dev.samovar.evidence.EvidenceException;
import dev.samovar.http.Answer;
import dev.samovar.http.JsonClient;
import dev.samovar.http.Question;
import java.util.List;
import java.util.Optional;

/**
 * Reads lists that come in pages. That there is another page is all that is taken from an answer:
 * it is asked for at the same address by its number, so nobody can send us elsewhere.
 */
public final class Pages {
  public static final int SIZE = 100;
  private static final int MOST = 10;

  private final JsonClient client;

  public Pages(JsonClient client) {
    this.client = client;
  }

  /** Takes one item after another. */
  public interface Reader {
    /**
     * @return whether to go on
     */
    boolean read(Payload item) throws EvidenceException;
  }

  /** One answer that is no list of pages. */
  public Payload ask(String project, Question question, Deadline deadline)
      throws EvidenceException {
    return payload(question, answer(project, question, deadline).body());
  }

  /** As {@link #ask}; empty where there is no such thing. */
  public Optional<Payload> find(Question question, Deadline deadline) throws EvidenceException {
    return client.find(question, deadline.left()).map(answer -> payload(question, answer.body()));
  }

  /**
   * @throws EvidenceException also where there are so many pages that the end can't be reached
   */
  public void each(String project, Question question, Deadline deadline, Reader reader)
      throws EvidenceException {
    if (!upTo(MOST, project, question, deadline, reader)) {
      throw new EvidenceException(
          EvidenceException.Kind.PARTIAL,
          client.name()
              + " has more than "
              + MOST * SIZE
              + " in its "
              + question.what()
              + " of "
              + project
              + "; the rest was not read");
    }
  }

  /**
   * @return whether the end was reached, or the reader had enough
   */
  public boolean upTo(
      int pages, String project, Question question, Deadline deadline, Reader reader)
      throws EvidenceException {
    Question sized = question.with("per_page", String.valueOf(SIZE));
    for (int page = 1; page <= pages; page++) {
      Answer answer =
          answer(project, page == 1 ? sized : sized.with("page", String.valueOf(page)), deadline);
      List<Payload> items = payload(question, answer.body()).items("");
      for (Payload item : items) {
        if (!reader.read(item)) {
          return true;
        }
      }
      if (items.isEmpty() || !hasNext(answer)) {
        return true;
      }
    }
    return false;
  }

  private Payload payload(Question question, JsonNode body) {
    return new Payload(client.name(), question.what(), body);
  }

  private Answer answer(String project, Question question, Deadline deadline)
      throws EvidenceException {
    Optional<Answer> answer = client.find(question, deadline.left());
    return answer.orElseThrow(
        () ->
            new EvidenceException(
                EvidenceException.Kind.DENIED,
                client.name()
                    + " has no "
                    + question.what()
                    + " of "
                    + project
                    + " (404): the name is wrong, or the token may not see it"));
  }

  private static boolean hasNext(Answer answer) {
    return answer.header("Link").filter(link -> link.contains("rel=\"next\"")).isPresent()
        || answer.header("X-Next-Page").filter(next -> !next.isBlank()).isPresent();
  }
}
