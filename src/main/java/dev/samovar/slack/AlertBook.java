package dev.samovar.slack;

import dev.samovar.alerts.Alert;
import dev.samovar.work.Marks;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of alerts, for all replicas and in whatever order they arrive: that one fired and
 * that it was resolved stand apart, and the later time counts.
 */
final class AlertBook {
  /** So long after its last alert a thread takes more. */
  private static final Duration YOUNG = Duration.ofHours(2);

  private static final Duration KEPT = Duration.ofDays(1);

  private static final String THREAD = "alert-thread";
  private static final String HEAD = "alert-head";
  private static final String MESSAGE = "alert-message";
  private static final String LEFT_OUT = "alert-left-out";
  private static final String FIRED = "alert-fired";
  private static final String RESOLVED = "alert-resolved";
  private static final String LAST = "alert-last";
  private static final String CHANNEL = "alert-channel";

  private final Marks marks;

  AlertBook(Marks marks) {
    this.marks = marks;
  }

  /** The thread that takes alerts there. */
  Optional<String> young(AlertPlace place) {
    return marks.get(THREAD, place.key());
  }

  /**
   * Asks to begin a thread.
   *
   * @return the own one, or the one of who was first
   */
  String begin(AlertPlace place, String thread, AlertHead head, Instant now) {
    String holder = marks.putIfAbsent(THREAD, place.key(), thread, now.plus(YOUNG));
    if (holder.equals(thread)) {
      marks.putIfAbsent(HEAD, thread, head.json(), now.plus(KEPT));
    }
    return holder;
  }

  /** It got another alert. */
  void prolong(AlertPlace place, String thread, Instant now) {
    marks.put(THREAD, place.key(), thread, now.plus(YOUNG));
    for (String kind : List.of(HEAD, MESSAGE)) {
      marks.get(kind, thread).ifPresent(value -> marks.put(kind, thread, value, now.plus(KEPT)));
    }
  }

  /** The thread could not be begun: until then none is, and then the next alert begins one. */
  void blocked(AlertPlace place, String thread, Instant until) {
    marks.put(THREAD, place.key(), thread, until);
  }

  Optional<AlertHead> head(String thread) {
    return marks.get(HEAD, thread).map(AlertHead::of);
  }

  void posted(String thread, Gateway.Posted message, Instant now) {
    marks.put(MESSAGE, thread, message.channel() + " " + message.ts(), now.plus(KEPT));
  }

  Optional<Gateway.Posted> message(String thread) {
    return marks
        .get(MESSAGE, thread)
        .map(written -> written.split(" ", 2))
        .map(parts -> new Gateway.Posted(parts[0], parts[1]));
  }

  void leftOut(String thread, long count, Instant now) {
    marks.put(LEFT_OUT, thread, Long.toString(count), now.plus(KEPT));
  }

  /**
   * @param at since when it fires
   */
  void fired(AlertPlace place, String thread, Alert alert, Instant at, Instant now) {
    Optional<Instant> known =
        marks.get(FIRED, thread + " " + alert.key()).map(Fired::of).map(Fired::at);
    if (known.isEmpty() || known.get().isBefore(at)) {
      marks.put(
          FIRED, thread + " " + alert.key(), new Fired(at, alert.name()).written(), now.plus(KEPT));
    }
    marks.put(LAST, place.key() + " " + alert.key(), thread, now.plus(KEPT));
  }

  void resolved(AlertPlace place, Alert alert, Instant at, Instant now) {
    String name = place.key() + " " + alert.key();
    if (marks
        .get(RESOLVED, name)
        .map(Instant::parse)
        .filter(known -> !known.isBefore(at))
        .isEmpty()) {
      marks.put(RESOLVED, name, at.toString(), now.plus(KEPT));
    }
  }

  /** Whether the news came late: it fired, and that is over. */
  boolean isOver(AlertPlace place, Alert alert, Instant at) {
    return marks
        .get(RESOLVED, place.key() + " " + alert.key())
        .map(Instant::parse)
        .filter(end -> !end.isBefore(at))
        .isPresent();
  }

  /** The thread it fired in last. */
  Optional<String> last(AlertPlace place, Alert alert) {
    return marks.get(LAST, place.key() + " " + alert.key());
  }

  private record Fired(Instant at, String name) {
    private String written() {
      return at + " " + name;
    }

    private static Fired of(String written) {
      String[] parts = written.split(" ", 2);
      return new Fired(Instant.parse(parts[0]), parts[1]);
    }
  }

  AlertTally tally(AlertPlace place, String thread) {
    Map<String, String> ends = marks.all(RESOLVED);
    List<Fired> firing = new ArrayList<>();
    int resolved = 0;
    for (Map.Entry<String, String> one : marks.all(FIRED).entrySet()) {
      if (one.getKey().startsWith(thread + " ")) {
        Fired fired = Fired.of(one.getValue());
        String end = ends.get(place.key() + one.getKey().substring(thread.length()));
        if (end != null && !Instant.parse(end).isBefore(fired.at())) {
          resolved++;
        } else {
          firing.add(fired);
        }
      }
    }
    return new AlertTally(
        firing.stream()
            .sorted(Comparator.comparing(Fired::at).thenComparing(Fired::name))
            .map(Fired::name)
            .toList(),
        resolved,
        marks.get(LEFT_OUT, thread).map(Long::parseLong).orElse(0L));
  }

  /** The id of a channel that is configured by name, once it is known. */
  String id(String channel) {
    return marks.get(CHANNEL, channel).orElse(channel);
  }

  void isCalled(String channel, String id) {
    if (!channel.equals(id) && !id(channel).equals(id)) {
      marks.put(CHANNEL, channel, id, Marks.FOREVER);
    }
  }

  /** The id leads nowhere any more. */
  void forgetId(String channel, Instant now) {
    if (!id(channel).equals(channel)) {
      marks.put(CHANNEL, channel, channel, now);
    }
  }
}
