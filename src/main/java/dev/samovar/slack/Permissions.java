package dev.samovar.slack;

import dev.samovar.conversation.Conversation;
import dev.samovar.evidence.Model;
import dev.samovar.work.Audit;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who may ask about which model, and change what; and the record of who did. To whom a model is not
 * open, it does not exist: they talk with one who has never heard of it.
 */
final class Permissions {
  private static final Logger LOG = LoggerFactory.getLogger("dev.samovar.audit");

  private final Conversation everything;
  private final Map<String, SlackSettings.Access> access;
  private final List<String> admins;
  private final Gateway gateway;
  private final Audit audit;
  private final Discreet discreet;
  private final Clock clock;

  /** A conversation for each set of models that somebody may ask about; there are few. */
  private final Map<Set<String>, Conversation> conversations = new ConcurrentHashMap<>();

  Permissions(
      Conversation everything, SlackSettings settings, Gateway gateway, Audit audit, Clock clock) {
    this.everything = everything;
    this.access = settings.access();
    this.admins = settings.admins();
    this.gateway = gateway;
    this.audit = audit;
    this.discreet = new Discreet(settings.redaction());
    this.clock = clock;
  }

  /**
   * Whether a model may be talked about where all who are there read it.
   *
   * @param channel an id, or a name with {@code #}
   * @param user who asks; empty for what is said unasked
   */
  boolean maySee(String model, String channel, String user) {
    SlackSettings.Access only = access.get(model);
    return only == null
        || isIn(only.channels(), channel)
        || (channel.startsWith("D") && isMember(only, user));
  }

  /** Whether a model may be shown to one person alone. */
  boolean maySeeAlone(String model, String user) {
    SlackSettings.Access only = access.get(model);
    return only == null || isMember(only, user);
  }

  private boolean isIn(List<String> names, String channel) {
    if (names.isEmpty() || channel.isEmpty()) {
      return false;
    }
    boolean isName = channel.startsWith("#");
    return new ChannelNames(names)
        .contains(channel, isName ? channel.substring(1) : gateway.channelName(channel));
  }

  private boolean isMember(SlackSettings.Access only, String user) {
    return !user.isEmpty()
        && only.userGroups().stream().anyMatch(group -> gateway.members(group).contains(user));
  }

  /** A channel in which a model may be talked about, where its own is none. */
  Optional<String> place(String model) {
    return Optional.ofNullable(access.get(model)).stream()
        .flatMap(only -> only.channels().stream())
        .filter(name -> !name.contains("*"))
        .map(name -> name.startsWith("#") || name.matches("[CG][A-Z0-9]{6,}") ? name : "#" + name)
        .findFirst();
  }

  /** As one who knows of what may be seen there. */
  Conversation conversation(String channel, String user) {
    return among(model -> maySee(model.name(), channel, user));
  }

  /** The models that one person may be shown alone. */
  List<Model> models(String user) {
    return among(model -> maySeeAlone(model.name(), user)).models();
  }

  private Conversation among(Predicate<Model> isOpen) {
    if (access.isEmpty()) {
      return everything;
    }
    List<Model> open = everything.models().stream().filter(isOpen).toList();
    return open.size() == everything.models().size()
        ? everything
        : conversations.computeIfAbsent(
            open.stream().map(Model::name).collect(Collectors.toSet()),
            names -> everything.among(open));
  }

  boolean isAdmin(String user) {
    return admins.isEmpty() || admins.contains(user);
  }

  /** To one who is no admin. */
  String onlyAdmins() {
    return "Only my admins can change that: "
        + admins.stream().map(SlackText::mention).collect(Collectors.joining(", "))
        + ".";
  }

  void asked(String user, String channel, String what, String content) {
    record(user, channel, what, content, Audit.Outcome.DONE);
  }

  void refused(String user, String channel, String what, String content) {
    record(user, channel, what, content, Audit.Outcome.REFUSED);
  }

  private void record(
      String user, String channel, String what, String content, Audit.Outcome outcome) {
    String said = discreet.of(content.strip().replaceAll("\\s+", " "));
    LOG.atInfo()
        .addKeyValue("event.category", "audit")
        .addKeyValue("event.action", what)
        .addKeyValue("event.outcome", outcome == Audit.Outcome.DONE ? "success" : "failure")
        .addKeyValue("user.id", user)
        .addKeyValue("slack.channel", channel)
        .log("{} asked in {}: {} {} ({})", user, channel, what, said, outcome);
    audit.record(new Audit.Entry(clock.instant(), user, channel, what, said, outcome));
  }
}
