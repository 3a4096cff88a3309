package dev.samovar.changes;

import dev.samovar.changes.ChangeException.Mistake;
import dev.samovar.evidence.ChangeNote;
import dev.samovar.evidence.Model;
import dev.samovar.evidence.Nearest;
import dev.samovar.understanding.TimeArgument;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A change as it was told, not yet checked. An empty text is what a pipeline's unset variable
 * leaves, and says nothing.
 */
public record GivenChange(Map<ChangeField, String> said) {
  /** More is not a summary but a log. */
  private static final int LONGEST = 2000;

  public GivenChange {
    Map<ChangeField, String> kept = new EnumMap<>(ChangeField.class);
    said.forEach(
        (field, text) -> {
          if (!text.isBlank()) {
            kept.put(field, text.strip());
          }
        });
    said = Map.copyOf(kept);
  }

  private Optional<String> text(ChangeField field) {
    return Optional.ofNullable(said.get(field));
  }

  /**
   * The change, with a model by its own name.
   *
   * @param now when it took effect where it says nothing of that
   * @throws ChangeException with all that is wrong
   */
  public ChangeNote check(List<Model> models, Instant now, ZoneId zone) throws ChangeException {
    List<Mistake> mistakes = new ArrayList<>();
    said.forEach(
        (field, text) -> {
          if (text.length() > LONGEST) {
            wrong(mistakes, field, "has more than " + LONGEST + " characters.");
          }
        });
    ChangeNote note =
        new ChangeNote(
            at(now, zone, mistakes),
            kind(mistakes),
            component(mistakes),
            text(ChangeField.FROM),
            text(ChangeField.TO),
            text(ChangeField.AUTHOR),
            url(mistakes),
            text(ChangeField.SUMMARY),
            model(models, mistakes));
    if (!mistakes.isEmpty()) {
      throw new ChangeException(mistakes);
    }
    return note;
  }

  private static void wrong(List<Mistake> mistakes, ChangeField field, String what) {
    mistakes.add(new Mistake(field.key(), what));
  }

  private String kind(List<Mistake> mistakes) {
    String known = "Known are: " + String.join(", ", ChangeNote.KINDS) + ".";
    Optional<String> given = text(ChangeField.KIND).map(text -> text.toLowerCase(Locale.ROOT));
    if (given.isEmpty()) {
      wrong(mistakes, ChangeField.KIND, "say what sort of change it was; it is missing. " + known);
    } else if (!ChangeNote.KINDS.contains(given.get())) {
      wrong(
          mistakes,
          ChangeField.KIND,
          said.get(ChangeField.KIND)
              + " is no kind of change"
              + Nearest.of(given.get(), ChangeNote.KINDS)
                  .map(near -> "; did you mean " + near + "? ")
                  .orElse(". ")
              + known);
    }
    return given.orElse("");
  }

  private String component(List<Mistake> mistakes) {
    Optional<String> given = text(ChangeField.COMPONENT);
    if (given.isEmpty()) {
      wrong(mistakes, ChangeField.COMPONENT, "say what was changed; it is empty.");
    }
    return given.orElse("");
  }

  private Instant at(Instant now, ZoneId zone, List<Mistake> mistakes) {
    try {
      return text(ChangeField.AT).map(text -> TimeArgument.parse(text, now, zone)).orElse(now);
    } catch (IllegalArgumentException e) {
      wrong(mistakes, ChangeField.AT, e.getMessage() + ".");
      return now;
    }
  }

  private Optional<String> url(List<Mistake> mistakes) {
    Optional<String> given = text(ChangeField.URL);
    if (given.isPresent() && !isHttp(given.get())) {
      wrong(mistakes, ChangeField.URL, given.get() + " is no http:// or https:// address.");
    }
    return given;
  }

  private static boolean isHttp(String text) {
    try {
      URI uri = URI.create(text);
      return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
          && uri.getHost() != null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private Optional<String> model(List<Model> models, List<Mistake> mistakes) {
    Optional<String> given = text(ChangeField.MODEL);
    Optional<String> found =
        given.flatMap(
            name ->
                models.stream()
                    .filter(model -> names(model).anyMatch(name::equalsIgnoreCase))
                    .map(Model::name)
                    .findFirst());
    if (given.isPresent() && found.isEmpty()) {
      List<String> names = models.stream().flatMap(GivenChange::names).toList();
      wrong(
          mistakes,
          ChangeField.MODEL,
          "No model is called "
              + given.get()
              + Nearest.of(given.get(), names)
                  .map(near -> "; did you mean " + near + "?")
                  .orElse(".")
              + " Known are: "
              + (models.isEmpty()
                  ? "none yet (models: in the configuration)"
                  : String.join(", ", models.stream().map(Model::name).toList()))
              + ".");
    }
    return found;
  }

  private static Stream<String> names(Model model) {
    return Stream.concat(Stream.of(model.name()), model.aliases().stream());
  }
}
