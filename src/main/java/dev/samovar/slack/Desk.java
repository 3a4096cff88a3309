package dev.samovar.slack;

import dev.samovar.conversation.Conversation;
import dev.samovar.conversation.Reply;
import dev.samovar.evidence.Window;
import dev.samovar.incidents.Incident;
import dev.samovar.incidents.Incidents;
import dev.samovar.incidents.Opening;
import dev.samovar.incidents.Place;
import dev.samovar.triage.Report;
import dev.samovar.triage.Request;
import dev.samovar.triage.Triage;
import dev.samovar.triage.Verdict;
import dev.samovar.work.Trail;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes answers: one message that shows progress, becomes the summary, and is edited whenever its
 * incident changes.
 */
final class Desk {
  private static final Logger LOG = LoggerFactory.getLogger(Desk.class);

  private final Gateway gateway;
  private final Triage triage;
  private final AnswerMessage message;
  private final Incidents incidents;
  private final SeenBefore seenBefore;
  private final OnCallWords onCall;
  private final Conversation conversation;
  private final BooleanSupplier forgetful;
  private final SlackListener listener;
  private final Clock clock;
  private final Consumer<Incident> changed;

  /** Of two edits of a message the later must win; incidents share a few locks. */
  private final List<Lock> edits = Stream.<Lock>generate(ReentrantLock::new).limit(64).toList();

  /**
   * @param forgetful whether the store is away, which answers then say
   */
  Desk(
      Gateway gateway,
      Triage triage,
      AnswerMessage message,
      Incidents incidents,
      SeenBefore seenBefore,
      OnCallWords onCall,
      Conversation conversation,
      BooleanSupplier forgetful,
      SlackListener listener,
      Clock clock) {
    this(
        gateway,
        triage,
        message,
        incidents,
        seenBefore,
        onCall,
        conversation,
        forgetful,
        listener,
        clock,
        unheeded -> {});
  }

  /**
   * @param changed hears what a look came to, and of an end
   */
  Desk(
      Gateway gateway,
      Triage triage,
      AnswerMessage message,
      Incidents incidents,
      SeenBefore seenBefore,
      OnCallWords onCall,
      Conversation conversation,
      BooleanSupplier forgetful,
      SlackListener listener,
      Clock clock,
      Consumer<Incident> changed) {
    this.gateway = gateway;
    this.triage = triage;
    this.message = message;
    this.incidents = incidents;
    this.seenBefore = seenBefore;
    this.onCall = onCall;
    this.conversation = conversation;
    this.forgetful = forgetful;
    this.listener = listener;
    this.clock = clock;
    this.changed = changed;
  }

  /** Words, a menu, or a look that ends with its summary. Orders are not for this desk. */
  void answer(Origin origin, Reply reply) throws SlackException {
    if (reply instanceof Reply.Words words) {
      say(origin, OutgoingMessage.words(words(words)));
    } else if (reply instanceof Reply.Which which) {
      say(origin, Menu.of(which, origin.thread(), origin.because()));
    } else if (reply instanceof Reply.Investigate investigate) {
      begin(origin, investigate.request());
    }
  }

  void say(Origin origin, OutgoingMessage said) throws SlackException {
    if (origin.answer().isPresent()) {
      gateway.update(origin.channel(), origin.answer().get(), said);
    } else {
      gateway.postOnce(
          origin.key() + " answer", origin.channel(), origin.thread().orElse(null), said);
    }
  }

  /** Plain words; what stands in backticks stays so. */
  static String words(Reply.Words words) {
    List<String> lines = new ArrayList<>();
    lines.add("*" + SlackText.escape(words.title()).replace("*", "") + "*");
    words.lines().forEach(line -> lines.add("• " + SlackText.escapeAroundCode(line)));
    return String.join("\n", lines);
  }

  /** What was begun before the process died goes on in the same message. */
  private void begin(Origin origin, Request request) throws SlackException {
    String id = UUID.nameUUIDFromBytes(origin.key().getBytes(StandardCharsets.UTF_8)).toString();
    Trail.follow(id, () -> begin(id, origin, request));
  }

  private void begin(String id, Origin origin, Request request) throws SlackException {
    Instant asked = origin.at().orElseGet(clock::instant);
    Optional<Incident> begun = incidents.find(id);
    if (begun.isEmpty()) {
      open(id, origin, request);
      listener.began(since(asked));
    } else if (!begun.get().running()) {
      refresh(id);
      tell(id);
      return;
    }
    look(id, Optional.of(request), Incident::reported);
    listener.answered(since(asked));
  }

  /** Slack's clock may be a little ahead. */
  private Duration since(Instant asked) {
    Duration passed = Duration.between(asked, clock.instant());
    return passed.isNegative() ? Duration.ZERO : passed;
  }

  private void open(String id, Origin origin, Request request) throws SlackException {
    Opening opening =
        new Opening(
            request.model().name(),
            request.window().from(),
            request.symptoms(),
            request.text(),
            origin.user(),
            origin.because(),
            clock.instant());
    OutgoingMessage looking =
        AnswerMessage.looking(Incident.begin(id, new Place(origin.channel(), "", ""), opening), "");
    String ts;
    if (origin.answer().isPresent()) {
      ts = origin.answer().get();
      gateway.become(origin.key() + " answer", origin.channel(), ts, looking);
    } else {
      ts =
          gateway.postOnce(
              origin.key() + " answer", origin.channel(), origin.thread().orElse(null), looking);
    }
    incidents.open(
        Incident.begin(id, new Place(origin.channel(), origin.thread().orElse(ts), ts), opening));
  }

  /** What becomes of a report. */
  private interface Keeping {
    Incident keep(Incident incident, Report report, Instant at);
  }

  /**
   * Looks again, since the same time until now, unless somebody is just looking.
   *
   * @param key of what asks: asked again after a crash, it goes on
   * @return whether it did
   */
  boolean again(String id, String key) throws SlackException {
    Optional<Incident> begun = begun(id, key);
    if (begun.isPresent()) {
      refresh(id);
      look(id, request(begun.get(), begun.get().opening().from()), Incident::reported);
    }
    return begun.isPresent();
  }

  /** A look of the watch, unless somebody is just looking. */
  void lookAtTheLast(String id, String key, Duration window) throws SlackException {
    Optional<Incident> begun = begun(id, key);
    if (begun.isPresent()) {
      Instant from = begun.get().opening().from();
      Instant recent = clock.instant().minus(window);
      look(id, request(begun.get(), recent.isAfter(from) ? recent : from), Incident::watched);
    }
  }

  /** Marks that a look begins; empty where another's is under way. */
  private Optional<Incident> begun(String id, String key) {
    boolean[] isTheirs = {false};
    return incidents
        .change(
            id,
            one -> {
              isTheirs[0] = !one.running() || one.handled().contains(key);
              return one.once(key, Incident::looking);
            })
        .filter(one -> isTheirs[0]);
  }

  private Optional<Request> request(Incident incident, Instant from) {
    Opening opening = incident.opening();
    return conversation.models().stream()
        .filter(one -> one.name().equals(opening.model()))
        .findFirst()
        .map(
            model ->
                new Request(
                    model, new Window(from, clock.instant()), opening.said(), opening.symptoms()));
  }

  /**
   * @param request empty where the model is no longer configured
   */
  private void look(String id, Optional<Request> request, Keeping keeping) throws SlackException {
    Trail.follow(id, () -> investigate(id, request, keeping));
  }

  private void investigate(String id, Optional<Request> request, Keeping keeping)
      throws SlackException {
    try {
      Report report =
          triage.investigate(
              request.orElseThrow(
                  () -> new IllegalStateException("The model is no longer configured")),
              (done, total, row) -> progress(id, done + " of " + total + " checks"));
      Instant now = clock.instant();
      incidents.change(id, incident -> keeping.keep(incident, report, now));
    } catch (RuntimeException e) {
      LOG.error("An investigation broke", e);
      Instant now = clock.instant();
      incidents.change(id, incident -> incident.broken(now));
    }
    refresh(id);
    keepLink(id);
    callWhoIsOnCall(id);
    tell(id);
  }

  /** Whoever wants to know hears what has come of it. */
  void tell(String id) {
    incidents.find(id).ifPresent(changed);
  }

  /** Once, where something is wrong, nobody is on it yet and the team allows it. */
  private void callWhoIsOnCall(String id) throws SlackException {
    Optional<Incident> found =
        incidents.find(id).filter(one -> one.owner().isEmpty() && one.runs().size() == 1);
    if (found.isEmpty() || found.get().place().channel().startsWith("D")) {
      return;
    }
    Incident incident = found.get();
    boolean isWrong =
        incident
            .report()
            .map(Report::verdict)
            .filter(one -> one == Verdict.CAUSE_FOUND || one == Verdict.SYMPTOMS_ONLY)
            .isPresent();
    Optional<String> call = isWrong ? onCall.call(incident.opening().model()) : Optional.empty();
    if (call.isPresent()) {
      gateway.postOnce(
          id + " on call",
          incident.place().channel(),
          incident.place().thread(),
          OutgoingMessage.words(call.get()));
    }
  }

  /** Lists and later incidents lead to the answer; also where nobody can ask Slack for the way. */
  private void keepLink(String id) {
    incidents
        .find(id)
        .map(Incident::place)
        .filter(place -> place.link().isEmpty())
        .flatMap(place -> gateway.link(place.channel(), place.answer()))
        .ifPresent(link -> incidents.change(id, one -> one.linked(link)));
  }

  private void progress(String id, String how) {
    Optional<Incident> incident = incidents.find(id);
    if (incident.isPresent() && incident.get().report().isEmpty()) {
      Place place = incident.get().place();
      try {
        gateway.updateIfQuiet(
            place.channel(), place.answer(), AnswerMessage.looking(incident.get(), how));
      } catch (SlackException e) {
        LOG.warn("No progress shown: {}", e.getMessage());
      }
    }
  }

  /** Shows the incident as it is now. */
  void refresh(String id) throws SlackException {
    Lock lock = edits.get(Math.floorMod(id.hashCode(), edits.size()));
    lock.lock();
    try {
      Optional<Incident> incident = incidents.find(id);
      if (incident.isPresent()) {
        Place place = incident.get().place();
        gateway.update(
            place.channel(),
            place.answer(),
            message.of(
                incident.get(),
                seenBefore.lines(incident.get()),
                onCall.of(incident.get().opening().model()),
                forgetful.getAsBoolean()));
      }
    } finally {
      lock.unlock();
    }
  }
}
