package dev.samovar.standin;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** What stands in the workspace now, and who wants to know of changes. */
final class Book {
  private static final int MOST_MESSAGES = 2000;

  private final Clock clock;
  private final Map<String, Member> members = new LinkedHashMap<>();
  private final Map<String, Channel> channels = new LinkedHashMap<>();
  private final TreeMap<String, Message> messages = new TreeMap<>();
  private final Map<String, Upload> uploads = new HashMap<>();
  private final Map<String, Deque<OpenView>> modals = new HashMap<>();
  private final Map<String, OpenView> homes = new HashMap<>();
  private final List<Consumer<Change>> onlookers = new CopyOnWriteArrayList<>();
  private long lastMicros;
  private int count;

  Book(Clock clock, List<Member> members, List<Channel> channels) {
    this.clock = clock;
    members.forEach(one -> this.members.put(one.id(), one));
    channels.forEach(one -> this.channels.put(one.id(), one));
  }

  void tell(Consumer<Change> onlooker) {
    onlookers.add(onlooker);
  }

  private void changed(Change change) {
    onlookers.forEach(one -> one.accept(change));
  }

  Instant now() {
    return clock.instant();
  }

  /** A moment that nothing else has, as Slack writes it: it is a message's name. */
  synchronized String moment() {
    Instant now = clock.instant();
    long micros = now.getEpochSecond() * 1_000_000 + now.getNano() / 1000;
    lastMicros = Math.max(micros, lastMicros + 1);
    return lastMicros / 1_000_000 + "." + String.format("%06d", lastMicros % 1_000_000);
  }

  synchronized String id(String letter) {
    return letter + "0" + Integer.toString(1000 + count++, 36).toUpperCase(java.util.Locale.ROOT);
  }

  List<Member> members() {
    return List.copyOf(members.values());
  }

  Optional<Member> member(String id) {
    return Optional.ofNullable(members.get(id));
  }

  List<Channel> channels() {
    return List.copyOf(channels.values());
  }

  /**
   * @param named an id, a name with or without the {@code #}, or a person, whose direct messages
   *     are meant
   */
  Optional<Channel> channel(String named) {
    String name = named.startsWith("#") ? named.substring(1) : named;
    return channels.values().stream()
        .filter(
            one ->
                one.id().equals(named)
                    || (!one.isDirect() && one.name().equals(name))
                    || one.with().filter(named::equals).isPresent())
        .findFirst();
  }

  private static String key(String channel, String ts) {
    return channel + " " + ts;
  }

  void add(Message message) {
    synchronized (this) {
      messages.put(key(message.channel(), message.ts()), message);
      if (messages.size() > MOST_MESSAGES) {
        messages.pollFirstEntry();
      }
    }
    changed(new Change.Said(message));
  }

  synchronized Optional<Message> message(String channel, String ts) {
    return Optional.ofNullable(messages.get(key(channel, ts)));
  }

  /** Gives the message as it is now; empty where there is none. */
  Optional<Message> change(String channel, String ts, UnaryOperator<Message> change) {
    Optional<Message> changed;
    synchronized (this) {
      changed =
          Optional.ofNullable(
              messages.computeIfPresent(key(channel, ts), (key, old) -> change.apply(old)));
    }
    changed.ifPresent(one -> changed(new Change.Said(one)));
    return changed;
  }

  Optional<Message> remove(String channel, String ts) {
    Optional<Message> gone;
    synchronized (this) {
      gone = Optional.ofNullable(messages.remove(key(channel, ts)));
    }
    gone.ifPresent(one -> changed(new Change.Gone(one)));
    return gone;
  }

  /** Of a channel, threads included, the oldest first. */
  synchronized List<Message> messages(String channel) {
    return messages.values().stream().filter(one -> one.channel().equals(channel)).toList();
  }

  /** A thread's first message and its answers. */
  Stream<Message> thread(String channel, String root) {
    return messages(channel).stream().filter(one -> one.root().equals(root));
  }

  synchronized void keep(Upload upload) {
    uploads.put(upload.id(), upload);
  }

  synchronized Optional<Upload> upload(String id) {
    return Optional.ofNullable(uploads.get(id));
  }

  /** The modal on top. */
  synchronized Optional<OpenView> modal(String user) {
    return Optional.ofNullable(modals.getOrDefault(user, new ArrayDeque<>()).peek());
  }

  synchronized Optional<OpenView> view(String id) {
    return Stream.concat(modals.values().stream().flatMap(Deque::stream), homes.values().stream())
        .filter(one -> one.id().equals(id))
        .findFirst();
  }

  void push(OpenView view) {
    synchronized (this) {
      modals.computeIfAbsent(view.user(), user -> new ArrayDeque<>()).push(view);
    }
    changed(new Change.Viewed(view.user()));
  }

  /** Puts another in the place of the one with the same id. */
  void replace(OpenView view) {
    if (view.isHome()) {
      show(view);
      return;
    }
    synchronized (this) {
      Deque<OpenView> open = modals.getOrDefault(view.user(), new ArrayDeque<>());
      List<OpenView> all =
          open.stream().map(one -> one.id().equals(view.id()) ? view : one).toList();
      modals.put(view.user(), new ArrayDeque<>(all));
    }
    changed(new Change.Viewed(view.user()));
  }

  void pop(String user, boolean all) {
    synchronized (this) {
      Deque<OpenView> open = modals.getOrDefault(user, new ArrayDeque<>());
      if (all) {
        open.clear();
      } else {
        open.poll();
      }
    }
    changed(new Change.Viewed(user));
  }

  void show(OpenView home) {
    synchronized (this) {
      homes.put(home.user(), home);
    }
    changed(new Change.AtHome(home.user()));
  }

  synchronized Optional<OpenView> home(String user) {
    return Optional.ofNullable(homes.get(user));
  }

  void empty() {
    synchronized (this) {
      messages.clear();
      // The clock may have been set back.
      lastMicros = 0;
      uploads.clear();
      modals.clear();
      homes.clear();
    }
    changed(new Change.Emptied());
  }
}
