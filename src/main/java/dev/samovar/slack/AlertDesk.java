package dev.samovar.slack;

import dev.samovar.alerts.Alert;
import dev.samovar.alerts.Delivery;
import dev.samovar.alerts.ModelLabels;
import dev.samovar.alerts.Parcel;
import dev.samovar.conversation.Asked;
import dev.samovar.conversation.Conversation;
import dev.samovar.conversation.Reply;
import dev.samovar.evidence.Model;
import dev.samovar.work.Job;
import dev.samovar.work.Jobs;
import dev.samovar.work.Keepers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers alerts: the first about a model opens a thread and is looked into there, as a report is;
 * those that follow change a line of that thread's message, now and then.
 */
final class AlertDesk {
  private static final Logger LOG = LoggerFactory.getLogger(AlertDesk.class);

  private static final String LOOK = "alert-look";
  private static final String EDIT = "alert-edit";

  /** An alert waits for a while before it fires: the trouble is at least so old. */
  private static final Duration AT_LEAST = Duration.ofMinutes(30);

  /** A storm edits a message no more often. */
  private static final Duration CALM = Duration.ofSeconds(5);

  /** Where Slack refused a thread, this long no other is tried. */
  private static final Duration BLOCKED = Duration.ofMinutes(5);

  private final Gateway gateway;
  private final Desk desk;
  private final Conversation conversation;
  private final Permissions permissions;
  private final Manners manners;
  private final Jobs jobs;
  private final AlertBook book;
  private final ModelLabels labels;
  private final String usual;
  private final Clock clock;

  /** Of two edits of a message the later must win; threads share a few locks. */
  private final List<Lock> edits = Stream.<Lock>generate(ReentrantLock::new).limit(64).toList();

  /**
   * @param usual the channel of alerts about no model, or one without a channel
   */
  AlertDesk(
      Gateway gateway,
      Desk desk,
      Conversation conversation,
      Permissions permissions,
      Manners manners,
      Keepers keepers,
      String usual,
      Clock clock) {
    this.gateway = gateway;
    this.desk = desk;
    this.conversation = conversation;
    this.permissions = permissions;
    this.manners = manners;
    this.jobs = keepers.jobs();
    this.book = new AlertBook(keepers.marks());
    this.labels = new ModelLabels(conversation.models());
    this.usual = usual;
    this.clock = clock;
  }

  void start() {
    jobs.does(Parcel.KIND, this::take);
    jobs.does(LOOK, job -> look(job.payload()));
    jobs.does(EDIT, job -> edit(job.payload()));
  }

  private void take(Job job) throws SlackException {
    Parcel parcel = Parcel.of(job.payload());
    Map<AlertPlace, List<Alert>> places = new LinkedHashMap<>();
    for (Alert alert : parcel.delivery().alerts()) {
      place(alert)
          .ifPresent(place -> places.computeIfAbsent(place, key -> new ArrayList<>()).add(alert));
    }
    Optional<SlackException> unreachable = Optional.empty();
    for (Map.Entry<AlertPlace, List<Alert>> one : places.entrySet()) {
      try {
        take(job.key(), one.getKey(), one.getValue(), parcel);
      } catch (SlackException e) {
        unreachable = Optional.of(e);
      }
    }
    if (unreachable.isPresent()) {
      throw unreachable.get();
    }
  }

  /** Empty where there is none in which the model may be talked about. */
  private Optional<AlertPlace> place(Alert alert) {
    Optional<Model> model = labels.model(alert).or(() -> conversation.named(alert.words()));
    String name = model.map(Model::name).orElse("");
    String channel = model.flatMap(Model::channel).filter(one -> !one.contains("*")).orElse(usual);
    Optional<String> open =
        permissions.maySee(name, channel, "") ? Optional.of(channel) : permissions.place(name);
    if (open.isEmpty()) {
      LOG.error("An alert about {} has no channel: its access names none", name);
    }
    return open.map(where -> new AlertPlace(where, name));
  }

  private static Instant at(Alert alert, Parcel parcel) {
    return alert.startsAt().orElse(parcel.received());
  }

  private void take(String key, AlertPlace place, List<Alert> alerts, Parcel parcel)
      throws SlackException {
    Instant now = clock.instant();
    for (Alert alert : alerts) {
      if (!alert.firing()) {
        book.resolved(place, alert, at(alert, parcel), now);
        book.last(place, alert).ifPresent(this::editSoon);
      }
    }
    List<Alert> firing = alerts.stream().filter(Alert::firing).toList();
    List<Alert> live =
        firing.stream().filter(alert -> !book.isOver(place, alert, at(alert, parcel))).toList();
    if (live.isEmpty() || (isMuted(place, now) && book.young(place).isEmpty())) {
      return;
    }
    String own = Delivery.digest(key + "\n" + place.key());
    String thread = book.begin(place, own, head(place, live, parcel), now);
    firing.forEach(alert -> book.fired(place, thread, alert, at(alert, parcel), now));
    if (parcel.delivery().leftOut() > 0) {
      book.leftOut(thread, parcel.delivery().leftOut(), now);
    }
    if (thread.equals(own)) {
      open(place, thread);
    } else {
      book.prolong(place, thread, now);
      editSoon(thread);
    }
  }

  private boolean isMuted(AlertPlace place, Instant now) {
    String bare = place.channel().startsWith("#") ? place.channel().substring(1) : place.channel();
    return Stream.of(bare, book.id(place.channel()))
        .anyMatch(channel -> manners.mutedUntil(channel, now).isPresent());
  }

  private static AlertHead head(AlertPlace place, List<Alert> live, Parcel parcel) {
    Instant usually = parcel.received().minus(AT_LEAST);
    Instant from =
        live.stream()
            .map(alert -> at(alert, parcel))
            .min(Instant::compareTo)
            .filter(first -> first.isBefore(usually))
            .orElse(usually);
    return new AlertHead(place, from, live.get(0));
  }

  private void open(AlertPlace place, String thread) throws SlackException {
    AlertHead head = book.head(thread).orElseThrow();
    AlertTally tally = book.tally(place, thread);
    String channel = book.id(place.channel());
    try {
      Gateway.Posted message =
          gateway.publishOnce("alert " + thread, channel, AlertMessage.of(head, tally));
      Instant now = clock.instant();
      book.posted(thread, message, now);
      book.isCalled(place.channel(), message.channel());
      jobs.at(now, LOOK, thread, thread);
      if (!book.tally(place, thread).equals(tally)) {
        editSoon(thread);
      }
    } catch (SlackException e) {
      if (!e.isRefusal()) {
        throw e;
      }
      Instant now = clock.instant();
      book.blocked(place, thread, now.plus(BLOCKED));
      book.forgetId(place.channel(), now);
      LOG.error("An alert could not be posted in {}: {}", place.channel(), e.getMessage(), e);
    }
  }

  /** As a report that was overheard; the message it is about is Samovar's own. */
  private void look(String thread) throws SlackException {
    Optional<AlertHead> head = book.head(thread);
    Optional<Gateway.Posted> message = book.message(thread);
    if (head.isEmpty() || message.isEmpty()) {
      LOG.warn("What an alert's thread began with is forgotten");
      return;
    }
    String channel = message.get().channel();
    String ts = message.get().ts();
    String name = gateway.channelName(channel);
    Instant now = clock.instant();
    Reply reply =
        permissions
            .conversation(channel, "")
            .alerted(
                conversation.models().stream()
                    .filter(one -> one.name().equals(head.get().place().model()))
                    .findFirst(),
                head.get().from(),
                head.get().alert().words(),
                new Asked(
                    now,
                    ZoneOffset.UTC,
                    manners
                        .model(channel, name)
                        .filter(model -> permissions.maySee(model.name(), channel, ""))));
    if (reply instanceof Reply.Investigate investigate) {
      // Who reports the same now is shown this thread.
      Optional<Manners.Spoken> unused =
          manners.recentOr(
              channel, name, investigate.request().model().name(), new Manners.Spoken(now, ts));
    }
    try {
      desk.answer(
          Origin.overheard("alert " + thread, channel, ts, "", Orders.because(reply)), reply);
    } catch (SlackException e) {
      if (!e.isRefusal()) {
        throw e;
      }
      LOG.error("An alert could not be answered: {}", e.getMessage(), e);
    }
  }

  private void editSoon(String thread) {
    long pace = CALM.toSeconds();
    long bucket = clock.instant().getEpochSecond() / pace + 1;
    boolean unused =
        jobs.at(Instant.ofEpochSecond(bucket * pace), EDIT, thread + " " + bucket, thread);
  }

  /**
   * Before the message is there, there is nothing to edit: who posts it says what is known then.
   */
  private void edit(String thread) throws SlackException {
    Lock lock = edits.get(Math.floorMod(thread.hashCode(), edits.size()));
    lock.lock();
    try {
      Optional<AlertHead> head = book.head(thread);
      Optional<Gateway.Posted> message = book.message(thread);
      if (head.isPresent() && message.isPresent()) {
        gateway.update(
            message.get().channel(),
            message.get().ts(),
            AlertMessage.of(head.get(), book.tally(head.get().place(), thread)));
      }
    } catch (SlackException e) {
      if (!e.isRefusal()) {
        throw e;
      }
      LOG.error("The message of an alert could not be edited: {}", e.getMessage(), e);
    } finally {
      lock.unlock();
    }
  }
}
