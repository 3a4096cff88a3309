package dev.samovar.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.samovar.changes.ChangePlaces;
import dev.samovar.evidence.ChangeNote;
import dev.samovar.evidence.ChangeRecorder;
import dev.samovar.evidence.EvidenceException;
import dev.samovar.work.Inbox;
import dev.samovar.work.Job;
import dev.samovar.work.Jobs;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes that came while Elasticsearch did not answer: kept, and written when it does. A
 * deployment while the logs are down is the very one that will be asked for.
 */
public final class LateChanges {
  private static final Logger LOG = LoggerFactory.getLogger(LateChanges.class);
  private static final String KIND = "change";
  private static final Duration AGAIN = Duration.ofMinutes(1);

  /** After that, nobody investigates what it explains. */
  private static final Duration GIVEN_UP = Duration.ofDays(7);

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModule(new Jdk8Module())
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private final ChangePlaces places;
  private final ChangeRecorder recorder;
  private final Inbox inbox;
  private final Jobs jobs;
  private final Clock clock;

  /** What waits, and since when. */
  record Waiting(List<ChangeNote> changes, Instant since, int tries) {
    Waiting {
      changes = List.copyOf(changes);
    }
  }

  public LateChanges(
      ChangePlaces places, ChangeRecorder recorder, Inbox inbox, Jobs jobs, Clock clock) {
    this.places = places;
    this.recorder = recorder;
    this.inbox = inbox;
    this.jobs = jobs;
    this.clock = clock;
  }

  /** Says that it does the jobs; to be called before they start. */
  public void start() {
    jobs.does(KIND, this::write);
  }

  /**
   * @param delivery the same for what came again
   */
  void keep(List<ChangeNote> changes, String delivery) {
    inbox.accept(KIND, delivery, json(new Waiting(changes, clock.instant(), 0)));
  }

  private void write(Job job) throws Exception {
    Waiting waiting = JSON.readValue(job.payload(), Waiting.class);
    try {
      for (ChangeNote change : waiting.changes()) {
        places.write(change, recorder);
      }
      LOG.info("Recorded {} changes that came before", waiting.changes().size());
    } catch (EvidenceException e) {
      Instant now = clock.instant();
      if (now.isAfter(waiting.since().plus(GIVEN_UP))) {
        LOG.error("{} changes were never recorded: {}", waiting.changes().size(), e.getMessage());
        return;
      }
      LOG.warn("{} changes wait to be recorded: {}", waiting.changes().size(), e.getMessage());
      int tries = waiting.tries() + 1;
      jobs.at(
          now.plus(AGAIN),
          KIND,
          key(job.key(), tries),
          json(new Waiting(waiting.changes(), waiting.since(), tries)));
    }
  }

  /** The job that runs has its key until it ends. */
  private static String key(String before, int tries) {
    return before.replaceFirst(" again \\d+$", "") + " again " + tries;
  }

  private static String json(Waiting waiting) {
    try {
      return JSON.writeValueAsString(waiting);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
