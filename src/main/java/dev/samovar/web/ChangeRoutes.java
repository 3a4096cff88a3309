package dev.samovar.web;

import dev.samovar.changes.ChangeException;
import dev.samovar.changes.ChangePayload;
import dev.samovar.changes.ChangePlaces;
import dev.samovar.evidence.ChangeNote;
import dev.samovar.evidence.ChangeRecorder;
import dev.samovar.evidence.EvidenceException;
import dev.samovar.work.Marks;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Where deploy pipelines tell of changes. What is sent again has no effect: it is given the time at
 * which it came first, and the same change at the same time is written once.
 */
public final class ChangeRoutes implements Routes {
  private static final int MOST_BYTES = 1_000_000;
  private static final String DELIVERY = "change-delivery";

  /** Without a key of its own, the same body within this time is a repetition. */
  private static final Duration REPETITION = Duration.ofMinutes(10);

  /** As long as a key is remembered. */
  private static final Duration NAMED = Duration.ofDays(1);

  private static final String KEY = "Idempotency-Key";
  private static final int LONGEST_KEY = 200;

  private final Gate gate;
  private final ChangePlaces places;
  private final ChangeRecorder recorder;
  private final LateChanges late;
  private final Marks marks;
  private final Clock clock;

  public ChangeRoutes(
      Gate gate,
      ChangePlaces places,
      ChangeRecorder recorder,
      LateChanges late,
      Marks marks,
      Clock clock) {
    this.gate = gate;
    this.places = places;
    this.recorder = recorder;
    this.late = late;
    this.marks = marks;
    this.clock = clock;
  }

  @Override
  public List<Route> routes() {
    return List.of(Route.post("/v1/changes", this::take));
  }

  private Answer take(Call call) {
    Optional<Answer> refusal = gate.refuse(call);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    if (call.body().length > MOST_BYTES) {
      return Answer.text(413, "This is more than " + MOST_BYTES + " bytes; send less at once.");
    }
    Optional<String> key = call.header(KEY).map(String::strip).filter(given -> !given.isEmpty());
    if (key.isPresent() && key.get().length() > LONGEST_KEY) {
      return Answer.text(400, KEY + ": has more than " + LONGEST_KEY + " characters.");
    }
    try {
      // First of all it must be right: what is not has no time at which it came first.
      ChangePayload.read(call.body(), places.models(), clock.instant());
      String digest = digest(call.body());
      Optional<Instant> came = came(key, digest);
      if (came.isEmpty()) {
        return Answer.text(
            422, KEY + ": came with another body before; send a key of its own with each.");
      }
      List<ChangeNote> changes = ChangePayload.read(call.body(), places.models(), came.get());
      for (ChangeNote change : changes) {
        places.of(change);
      }
      return write(changes, digest(bytes(key.orElse(digest) + " " + came.get())));
    } catch (ChangeException e) {
      return Answer.text(400, String.valueOf(e.getMessage()));
    }
  }

  /** When it came first; empty where its key came with something else. */
  private Optional<Instant> came(Optional<String> key, String digest) {
    Instant now = clock.instant();
    String first =
        marks.putIfAbsent(
            DELIVERY,
            key.map(given -> "key " + digest(bytes(given))).orElse("body " + digest),
            now + " " + digest,
            now.plus(key.isPresent() ? NAMED : REPETITION));
    String[] parts = first.split(" ", 2);
    return parts[1].equals(digest) ? Optional.of(Instant.parse(parts[0])) : Optional.empty();
  }

  private Answer write(List<ChangeNote> changes, String delivery) throws ChangeException {
    int recorded = 0;
    int known = 0;
    for (ChangeNote change : changes) {
      try {
        if (places.write(change, recorder).isFresh()) {
          recorded++;
        } else {
          known++;
        }
      } catch (EvidenceException e) {
        if (e.kind() == EvidenceException.Kind.DENIED) {
          return Answer.text(502, "The change was not recorded: " + e.getMessage());
        }
        // What was written meanwhile is found again, and written once.
        late.keep(changes, delivery);
        return Answer.json(202, told(recorded, known, changes.size() - recorded - known));
      }
    }
    return Answer.json(recorded > 0 ? 201 : 200, told(recorded, known, 0));
  }

  /**
   * @param kept until Elasticsearch answers
   */
  private static String told(int recorded, int known, int kept) {
    return "{\"recorded\":" + recorded + ",\"known\":" + known + ",\"kept\":" + kept + "}\n";
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String digest(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes), 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }
}
