package dev.samovar.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was said.
 *
 * @param thread the first message of the thread it answers in; empty outside of one
 * @param text in Slack's mrkdwn, escaped as Slack escapes
 * @param blocks an array; missing where there are none
 * @param onlyFor the one person who sees it
 * @param edited when, as Slack writes moments
 * @param reactions by name, who reacted
 */
public record Message(
    String channel,
    String ts,
    Optional<String> thread,
    String author,
    String text,
    JsonNode blocks,
    JsonNode metadata,
    List<String> files,
    Optional<String> onlyFor,
    Optional<String> edited,
    Map<String, List<String>> reactions) {
  public Message {
    files = List.copyOf(files);
    reactions = new LinkedHashMap<>(reactions);
  }

  static Message by(String author, String channel, String ts, Optional<String> thread) {
    return new Message(
        channel,
        ts,
        thread,
        author,
        "",
        MissingNode.getInstance(),
        MissingNode.getInstance(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Map.of());
  }

  /** Whether a person may read it. */
  public boolean isFor(String user) {
    return onlyFor.isEmpty() || onlyFor.get().equals(user);
  }

  /** The thread it belongs to: its own where it is the first. */
  public String root() {
    return thread.orElse(ts);
  }

  Message saying(String words, JsonNode shown) {
    return new Message(
        channel, ts, thread, author, words, shown, metadata, files, onlyFor, edited, reactions);
  }

  Message named(JsonNode given) {
    return new Message(
        channel, ts, thread, author, text, blocks, given, files, onlyFor, edited, reactions);
  }

  Message showing(List<String> pictures) {
    return new Message(
        channel, ts, thread, author, text, blocks, metadata, pictures, onlyFor, edited, reactions);
  }

  Message onlyFor(String user) {
    return new Message(
        channel,
        ts,
        thread,
        author,
        text,
        blocks,
        metadata,
        files,
        Optional.of(user),
        edited,
        reactions);
  }

  Message editedAt(String moment) {
    return new Message(
        channel,
        ts,
        thread,
        author,
        text,
        blocks,
        metadata,
        files,
        onlyFor,
        Optional.of(moment),
        reactions);
  }

  /** Empty where that person reacted so already. */
  Optional<Message> reacted(String name, String user) {
    List<String> users = new ArrayList<>(reactions.getOrDefault(name, List.of()));
    if (users.contains(user)) {
      return Optional.empty();
    }
    users.add(user);
    Map<String, List<String>> more = new LinkedHashMap<>(reactions);
    more.put(name, List.copyOf(users));
    return Optional.of(
        new Message(
            channel, ts, thread, author, text, blocks, metadata, files, onlyFor, edited, more));
  }
}
