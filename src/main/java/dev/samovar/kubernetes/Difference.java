package dev.samovar.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What two pod templates differ in, each with the kind of change that it is. Values of environment
 * variables and arguments are not repeated, since secrets are among them, but for those that name a
 * model.
 */
final class Difference {
  private static final String CODE = "code";
  private static final String MODEL = "model";
  private static final String CONFIG = "config";
  private static final String INFRASTRUCTURE = "infrastructure";

  /** Where KServe has what it serves. */
  private static final String STORAGE = "internal.serving.kserve.io/storage-initializer-sourceuri";

  private static final String RESTARTED = "kubectl.kubernetes.io/restartedAt";

  private static final Pattern NAMES_MODEL =
      Pattern.compile("(?i)(storage_?uri|(.*_)?model_?(uri|version|path|id|tag|revision))");

  private static final Pattern SIDECAR =
      Pattern.compile(
          "istio-.*|linkerd-.*|queue-proxy|vault-agent.*|envoy|fluent-?bit|filebeat|otel.*"
              + "|.*-sidecar|cloud-?sql-proxy|kserve-container-agent|agent");

  /** Parts of a container that are told by themselves. */
  private static final Set<String> TOLD =
      Set.of("name", "image", "env", "envFrom", "args", "command", "resources");

  private final List<Item> items = new ArrayList<>();

  /**
   * @param from empty where the value is not repeated
   */
  record Item(String kind, String what, String from, String to) {}

  private Difference() {}

  static List<Item> between(JsonNode before, JsonNode after) {
    Difference difference = new Difference();
    difference.annotations(
        before.path("metadata").path("annotations"), after.path("metadata").path("annotations"));
    for (String list : List.of("containers", "initContainers")) {
      difference.containers(before.path("spec").path(list), after.path("spec").path(list));
    }
    difference.rest(before.path("spec"), after.path("spec"));
    return difference.items;
  }

  private void add(String kind, String what, String from, String to) {
    items.add(new Item(kind, what, from, to));
  }

  private void annotations(JsonNode before, JsonNode after) {
    for (String name : names(before, after)) {
      String from = before.path(name).asText();
      String to = after.path(name).asText();
      if (from.equals(to)) {
        continue;
      }
      if (name.equals(STORAGE)) {
        add(MODEL, "what it serves", address(from), address(to));
      } else if (name.equals(RESTARTED)) {
        add(INFRASTRUCTURE, "restarted by kubectl rollout restart", "", "");
      } else if (name.contains("checksum") || name.contains("hash")) {
        add(CONFIG, "a ConfigMap or Secret that it reads (" + name + ")", "", "");
      }
    }
  }

  private void containers(JsonNode before, JsonNode after) {
    Map<String, JsonNode> old = byName(before);
    Map<String, JsonNode> young = byName(after);
    old.forEach(
        (name, container) -> {
          if (!young.containsKey(name)) {
            add(INFRASTRUCTURE, "container " + name + " removed", "", "");
          }
        });
    young.forEach(
        (name, container) -> {
          JsonNode earlier = old.get(name);
          if (earlier == null) {
            add(INFRASTRUCTURE, "container " + name + " added", "", "");
          } else {
            container(name, earlier, container);
          }
        });
  }

  private void container(String name, JsonNode before, JsonNode after) {
    Image old = Image.of(before.path("image").asText());
    Image young = Image.of(after.path("image").asText());
    if (!old.equals(young)) {
      add(
          SIDECAR.matcher(name).matches() ? INFRASTRUCTURE : CODE,
          "image of container " + name,
          old.beside(young),
          young.beside(old));
    }
    environment(name, before, after);
    boolean isStorage = name.equals("storage-initializer");
    for (String part : List.of("command", "args")) {
      if (!before.path(part).equals(after.path(part))) {
        add(
            isStorage ? MODEL : CONFIG,
            isStorage ? "what it serves" : part + " of container " + name,
            isStorage ? address(before.path(part).path(0).asText()) : "",
            isStorage ? address(after.path(part).path(0).asText()) : "");
      }
    }
    for (String kind : List.of("requests", "limits")) {
      resources(
          name, kind, before.path("resources").path(kind), after.path("resources").path(kind));
    }
    List<String> others =
        names(before, after).stream()
            .filter(part -> !TOLD.contains(part))
            .filter(part -> !before.path(part).equals(after.path(part)))
            .toList();
    if (!others.isEmpty()) {
      add(CONFIG, String.join(", ", others) + " of container " + name, "", "");
    }
  }

  private void environment(String container, JsonNode before, JsonNode after) {
    Map<String, JsonNode> old = byName(before.path("env"));
    Map<String, JsonNode> young = byName(after.path("env"));
    Set<String> changed = new TreeSet<>();
    Stream.concat(old.keySet().stream(), young.keySet().stream())
        .filter(name -> !java.util.Objects.equals(old.get(name), young.get(name)))
        .forEach(changed::add);
    for (String name : changed) {
      if (NAMES_MODEL.matcher(name).matches()) {
        add(MODEL, name, value(old.get(name)), value(young.get(name)));
      }
    }
    changed.removeIf(name -> NAMES_MODEL.matcher(name).matches());
    if (!before.path("envFrom").equals(after.path("envFrom"))) {
      changed.add("envFrom");
    }
    if (!changed.isEmpty()) {
      add(
          CONFIG,
          "environment of container " + container + ": " + String.join(", ", changed),
          "",
          "");
    }
  }

  private static String value(@org.jspecify.annotations.Nullable JsonNode variable) {
    return variable == null ? "" : address(variable.path("value").asText());
  }

  private void resources(String container, String kind, JsonNode before, JsonNode after) {
    for (String name : names(before, after)) {
      String from = before.path(name).asText();
      String to = after.path(name).asText();
      if (!from.equals(to)) {
        add(
            INFRASTRUCTURE,
            name + " " + kind.substring(0, kind.length() - 1) + " of container " + container,
            from.isEmpty() ? "none" : from,
            to.isEmpty() ? "none" : to);
      }
    }
  }

  private void rest(JsonNode before, JsonNode after) {
    List<String> others =
        names(before, after).stream()
            .filter(part -> !part.endsWith("ontainers"))
            .filter(part -> !before.path(part).equals(after.path(part)))
            .toList();
    List<String> volumes = others.stream().filter(part -> part.equals("volumes")).toList();
    if (!volumes.isEmpty()) {
      add(CONFIG, "volumes", "", "");
    }
    List<String> placed = others.stream().filter(part -> !part.equals("volumes")).toList();
    if (!placed.isEmpty()) {
      add(INFRASTRUCTURE, String.join(", ", placed), "", "");
    }
  }

  private static Set<String> names(JsonNode one, JsonNode other) {
    Set<String> names = new TreeSet<>();
    one.fieldNames().forEachRemaining(names::add);
    other.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static Map<String, JsonNode> byName(JsonNode list) {
    Map<String, JsonNode> named = new LinkedHashMap<>();
    list.forEach(one -> named.put(one.path("name").asText(), one));
    return named;
  }

  /** Without a user, a password or a signature. */
  private static String address(String text) {
    return text.replaceFirst("//[^/@]*@", "//").replaceFirst("\\?.*", "");
  }

  /**
   * An image as it is named.
   *
   * @param tag empty where there is none
   */
  record Image(String repository, String tag, Optional<String> digest) {
    static Image of(String reference) {
      int at = reference.indexOf('@');
      String named = at < 0 ? reference : reference.substring(0, at);
      int colon = named.lastIndexOf(':');
      boolean hasTag = colon > named.lastIndexOf('/');
      return new Image(
          hasTag ? named.substring(0, colon) : named,
          hasTag ? named.substring(colon + 1) : "",
          at < 0 ? Optional.empty() : Optional.of(reference.substring(at + 1)));
    }

    /** What of it is different in the other. */
    String beside(Image other) {
      if (!repository.equals(other.repository())) {
        return repository + (tag.isEmpty() ? "" : ":" + tag);
      }
      if (!tag.isEmpty() && !tag.equals(other.tag())) {
        return tag;
      }
      return digest.map(Image::shortened).orElse(tag.isEmpty() ? "no tag" : tag);
    }

    private static String shortened(String digest) {
      int hash = digest.indexOf(':') + 1;
      return digest.substring(0, Math.min(digest.length(), hash + 12));
    }
  }
}
