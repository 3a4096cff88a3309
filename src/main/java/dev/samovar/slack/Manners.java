package dev.samovar.slack;

import dev.samovar.conversation.AutoReply;
import dev.samovar.evidence.Model;
import dev.samovar.work.Marks;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How Samovar behaves in each channel: whether it speaks unasked, for how long it is muted, and
 * when it has just answered about the same model. What people set by command goes before the
 * configuration.
 */
final class Manners {
  private final AutoReply usual;
  private final Duration cooldown;
  private final ChannelNames incidentChannels;
  private final List<SlackSettings.Channel> channels;
  private final List<Model> models;
  private final Marks marks;

  private static final String CHOSEN = "auto-reply";
  private static final String MUTED = "muted";
  private static final String SPOKEN = "spoken";

  /**
   * An automatic answer.
   *
   * @param thread it stands in
   */
  record Spoken(Instant at, String thread) {
    private String written() {
      return at + " " + thread;
    }

    private static Spoken read(String written) {
      int space = written.indexOf(' ');
      return new Spoken(Instant.parse(written.substring(0, space)), written.substring(space + 1));
    }
  }

  /**
   * @param marks keeps what was set and said, for all replicas
   */
  Manners(SlackSettings settings, List<Model> models, Marks marks) {
    this.marks = marks;
    this.usual = settings.autoReply();
    this.cooldown = settings.cooldown();
    this.incidentChannels = new ChannelNames(settings.incidentChannels());
    this.channels = settings.channels();
    this.models = List.copyOf(models);
  }

  /** In a channel that is neither an incident channel nor configured, it speaks only when asked. */
  AutoReply autoReply(String id, String name) {
    Optional<AutoReply> set = marks.get(CHOSEN, id).flatMap(AutoReply::of);
    if (set.isPresent()) {
      return set.get();
    }
    return configured(id, name)
        .flatMap(SlackSettings.Channel::autoReply)
        .orElse(incidentChannels.contains(id, name) ? usual : AutoReply.OFF);
  }

  private Optional<SlackSettings.Channel> configured(String id, String name) {
    return channels.stream()
        .filter(channel -> new ChannelNames(List.of(channel.name())).contains(id, name))
        .findFirst();
  }

  void choose(String id, AutoReply autoReply) {
    marks.put(CHOSEN, id, autoReply.label(), Marks.FOREVER);
  }

  /** What people chose by command or in the app's home. */
  Map<String, AutoReply> chosen() {
    Map<String, AutoReply> chosen = new HashMap<>();
    marks
        .all(CHOSEN)
        .forEach((id, label) -> AutoReply.of(label).ifPresent(set -> chosen.put(id, set)));
    return Map.copyOf(chosen);
  }

  /** The model that is meant there where none is named. */
  Optional<Model> model(String id, String name) {
    Optional<Model> set =
        configured(id, name)
            .flatMap(SlackSettings.Channel::model)
            .flatMap(model -> models.stream().filter(one -> one.name().equals(model)).findFirst());
    if (set.isPresent()) {
      return set;
    }
    List<Model> own =
        models.stream()
            .filter(
                model ->
                    model.channel().stream()
                        .anyMatch(channel -> new ChannelNames(List.of(channel)).contains(id, name)))
            .toList();
    return own.size() == 1 ? Optional.of(own.get(0)) : Optional.empty();
  }

  /** Until then it speaks only when asked; now or earlier ends it. */
  void mute(String id, Instant until) {
    marks.put(MUTED, id, until.toString(), until);
  }

  Optional<Instant> mutedUntil(String id, Instant now) {
    return marks.get(MUTED, id).map(Instant::parse).filter(until -> until.isAfter(now));
  }

  /**
   * Asks to speak unasked about a model; who is first may, of all replicas. Who asks again about
   * the same message is answered as the first time.
   *
   * @return the recent answer that makes another needless; empty where this one may be given
   */
  Optional<Spoken> recentOr(String id, String name, String model, Spoken answer) {
    Duration limit = configured(id, name).flatMap(SlackSettings.Channel::cooldown).orElse(cooldown);
    Spoken kept =
        Spoken.read(
            marks.putIfAbsent(SPOKEN, id + " " + model, answer.written(), answer.at().plus(limit)));
    return kept.thread().equals(answer.thread()) ? Optional.empty() : Optional.of(kept);
  }
}
