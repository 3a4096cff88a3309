package dev.samovar.changes;

import dev.samovar.evidence.ChangeNote;
import dev.samovar.evidence.ChangeRecorder;
import dev.samovar.evidence.Dataset;
import dev.samovar.evidence.EvidenceException;
import dev.samovar.evidence.Model;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Where the models' investigations read changes, and so where one is written. */
public final class ChangePlaces {
  /** Where changes go whose models read the default pattern. */
  private static final String USUAL = "logs-ml.change-default";

  private final List<Model> models;

  public ChangePlaces(List<Model> models) {
    this.models = List.copyOf(models);
  }

  public List<Model> models() {
    return models;
  }

  /**
   * What became of a change.
   *
   * @param all where it is now
   * @param fresh where it was not before
   */
  public record Written(List<String> all, List<String> fresh) {
    public Written {
      all = List.copyOf(all);
      fresh = List.copyOf(fresh);
    }

    public boolean isFresh() {
      return !fresh.isEmpty();
    }
  }

  /**
   * Index and who reads it, of whom a change is about.
   *
   * @throws ChangeException where a model's pattern does not say where to write
   */
  public Map<String, Model> of(ChangeNote change) throws ChangeException {
    List<Model> readers =
        change
            .model()
            .map(name -> models.stream().filter(model -> model.name().equals(name)).toList())
            .orElse(models);
    Map<String, Model> places = new LinkedHashMap<>();
    for (Model reader : readers) {
      places.putIfAbsent(place(reader), reader);
    }
    if (places.isEmpty()) {
      places.put(USUAL, Model.named(""));
    }
    return places;
  }

  /** Writes it everywhere, as far as it is not there yet. */
  public Written write(ChangeNote change, ChangeRecorder recorder)
      throws ChangeException, EvidenceException {
    Map<String, Model> places = of(change);
    List<String> fresh = new ArrayList<>();
    for (Map.Entry<String, Model> place : places.entrySet()) {
      if (recorder.record(change, place.getValue(), place.getKey())) {
        fresh.add(place.getKey());
      }
    }
    return new Written(List.copyOf(places.keySet()), fresh);
  }

  private static String place(Model reader) throws ChangeException {
    String expression = reader.index(Dataset.CHANGE);
    List<String> parts =
        List.of(expression.split(",")).stream()
            .map(String::strip)
            .filter(part -> !part.isEmpty() && !part.startsWith("-"))
            .toList();
    Optional<String> concrete =
        parts.stream()
            .filter(part -> !part.contains("*") && !part.contains("?") && !part.contains("<"))
            .filter(part -> !part.contains(":"))
            .findFirst();
    if (concrete.isPresent()) {
      return concrete.get();
    }
    if (parts.stream().anyMatch(part -> matches(part, USUAL))) {
      return USUAL;
    }
    throw new ChangeException(
        "",
        "models: "
            + reader.name()
            + ": indices.change is the pattern "
            + expression
            + ", which does not say where to write; name an index or data stream in it, such as \""
            + expression
            + ","
            + USUAL
            + "\".");
  }

  private static boolean matches(String pattern, String name) {
    String regex = Pattern.quote(pattern).replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q");
    return name.matches(regex);
  }
}
