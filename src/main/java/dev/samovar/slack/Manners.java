package dev.samovar.slack;

import dev.samovar.conversation.AutoReply;
import dev.samovar.evidence.Model;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How Samovar behaves in each channel: whether it speaks unasked, for how long it is muted, and
 * when it has just answered about the same model. What people set by command lasts until the
 * process ends; what shall last longer is in the configuration.
 */
final class Manners {
  private final AutoReply usual;
  private final Duration cooldown;
  private final ChannelNames incidentChannels;
  private final List<SlackSettings.Channel> channels;
  private final List<Model> models;
  private final Map<String, AutoReply> chosen = new ConcurrentHashMap<>();
  private final Map<String, Instant> mutedUntil = new ConcurrentHashMap<>();
  private final Map<String, Spoken> spoken = new ConcurrentHashMap<>();

  /**
   * An automatic answer.
   *
   * @param thread it stands in
   */
  record Spoken(Instant at, String thread) {}

  Manners(SlackSettings settings, List<Model> models) {
    this.usual = settings.autoReply();
    this.cooldown = settings.cooldown();
    this.incidentChannels = new ChannelNames(settings.incidentChannels());
    this.channels = settings.channels();
    this.models = List.copyOf(models);
  }

  /** In a channel that is neither an incident channel nor configured, it speaks only when asked. */
  AutoReply autoReply(String id, String name) {
    AutoReply set = chosen.get(id);
    if (set != null) {
      return set;
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
    chosen.put(id, autoReply);
  }

  /** What people chose by command or in the app's home. */
  Map<String, AutoReply> chosen() {
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
    mutedUntil.put(id, until);
  }

  Optional<Instant> mutedUntil(String id, Instant now) {
    return Optional.ofNullable(mutedUntil.get(id)).filter(until -> until.isAfter(now));
  }

  /**
   * Asks to speak unasked about a model; who is first may.
   *
   * @return the recent answer that makes another needless; empty where this one may be given
   */
  Optional<Spoken> recentOr(String id, String name, String model, Spoken answer) {
    Duration limit = configured(id, name).flatMap(SlackSettings.Channel::cooldown).orElse(cooldown);
    Spoken kept =
        spoken.merge(
            id + " " + model,
            answer,
            (last, next) -> last.at().plus(limit).isAfter(next.at()) ? last : next);
    return kept.equals(answer) ? Optional.empty() : Optional.of(kept);
  }
}
