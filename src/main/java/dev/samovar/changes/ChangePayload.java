package dev.samovar.changes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.samovar.changes.ChangeException.Mistake;
import dev.samovar.evidence.ChangeNote;
import dev.samovar.evidence.Model;
import dev.samovar.evidence.Nearest;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One change, or a list of them, as JSON: by short keys ({@code kind}, {@code component}, …), or as
 * the event that is written ({@code ml.change.kind}, with dots or as objects in objects). A short
 * key that nobody knows is a mistake; of an event, fields of other kinds are left alone.
 */
public final class ChangePayload {
  /** More at once is no deployment. */
  private static final int MOST = 500;

  /** Nobody reads more at once. */
  private static final int MOST_MISTAKES = 20;

  private static final String DATASET = "event.dataset";
  private static final String CHANGES = "ml.change";

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private ChangePayload() {}

  /**
   * @param now when those took effect that say nothing of it
   * @throws ChangeException with all that is wrong
   */
  public static List<ChangeNote> read(byte[] body, List<Model> models, Instant now)
      throws ChangeException {
    JsonNode root = json(body);
    if (!root.isArray()) {
      return List.of(one(root, "", models, now));
    }
    if (root.isEmpty() || root.size() > MOST) {
      throw new ChangeException(
          "", "The list has " + root.size() + " changes; expected 1 to " + MOST + ".");
    }
    List<ChangeNote> notes = new ArrayList<>();
    List<Mistake> mistakes = new ArrayList<>();
    for (int i = 0; i < root.size(); i++) {
      try {
        notes.add(one(root.get(i), "[" + i + "]", models, now));
      } catch (ChangeException e) {
        mistakes.addAll(e.mistakes());
      }
    }
    if (!mistakes.isEmpty()) {
      throw new ChangeException(mistakes.subList(0, Math.min(MOST_MISTAKES, mistakes.size())));
    }
    return notes;
  }

  /**
   * @param where it stands in the body
   */
  private static ChangeNote one(JsonNode item, String where, List<Model> models, Instant now)
      throws ChangeException {
    if (!item.isObject()) {
      throw new ChangeException(
          where, (where.isEmpty() ? "The body" : "this") + " is no object; expected {…}.");
    }
    Map<ChangeField, String> said = new EnumMap<>(ChangeField.class);
    List<Mistake> mistakes = new ArrayList<>();
    gather(item, "", said, mistakes);
    if (mistakes.isEmpty()) {
      try {
        return new GivenChange(said).check(models, now, ZoneOffset.UTC);
      } catch (ChangeException e) {
        mistakes.addAll(e.mistakes());
      }
    }
    throw new ChangeException(
        mistakes.stream().map(one -> new Mistake(joined(where, one.where()), one.what())).toList());
  }

  private static void gather(
      JsonNode object, String path, Map<ChangeField, String> said, List<Mistake> mistakes) {
    for (Map.Entry<String, JsonNode> entry : object.properties()) {
      String name = joined(path, entry.getKey());
      JsonNode value = entry.getValue();
      Optional<ChangeField> field = ChangeField.of(name);
      if (field.isPresent()) {
        take(field.get(), name, value, said, mistakes);
      } else if (name.equals(DATASET)) {
        if (!CHANGES.equals(value.asText())) {
          mistakes.add(new Mistake(name, value.asText() + " is not " + CHANGES + "."));
        }
      } else if (value.isObject()) {
        gather(value, name, said, mistakes);
      } else if (name.indexOf('.') < 0 || name.startsWith(CHANGES)) {
        mistakes.add(new Mistake(name, unknown(name)));
      }
    }
  }

  private static String unknown(String name) {
    String key = name.substring(name.lastIndexOf('.') + 1);
    return "is no key of a change"
        + Nearest.of(key, ChangeField.keys())
            .map(near -> "; did you mean " + near + "?")
            .orElse("; known are " + String.join(", ", ChangeField.keys()) + ".");
  }

  private static void take(
      ChangeField field,
      String name,
      JsonNode value,
      Map<ChangeField, String> said,
      List<Mistake> mistakes) {
    if (value.isContainerNode()) {
      mistakes.add(
          new Mistake(
              name, "is " + (value.isArray() ? "a list" : "an object") + "; expected a text."));
    } else if (!value.isNull() && said.put(field, value.asText()) != null) {
      mistakes.add(new Mistake(name, "is said twice, as " + field.key() + " and in the event."));
    }
  }

  private static String joined(String path, String key) {
    return path.isEmpty() || key.isEmpty() ? path + key : path + "." + key;
  }

  private static JsonNode json(byte[] body) throws ChangeException {
    try {
      JsonNode root = JSON.readTree(body);
      if (root == null || root.isMissingNode()) {
        throw new ChangeException("", "The body is empty; expected JSON.");
      }
      return root;
    } catch (JsonProcessingException e) {
      String where =
          e.getLocation() == null
              ? ""
              : " (line "
                  + e.getLocation().getLineNr()
                  + ", column "
                  + e.getLocation().getColumnNr()
                  + ")";
      throw new ChangeException("", "The body is no JSON" + where + ".");
    } catch (IOException e) {
      throw new ChangeException("", "The body is no JSON.");
    }
  }
}
