package dev.samovar.elasticsearch;

import dev.samovar.evidence.Catalog;
import java.util.List;
import java.util.Map;

/**
 * A field as the indices of one dataset map it.
 *
 * @param base its name
 * @param type as Elasticsearch calls it; of several, the first by name
 * @param types the indices of each type where they conflict
 * @param countable the name under which its values can be counted: itself or a keyword sub-field
 */
record Mapping(
    String base,
    String type,
    String countable,
    Catalog.Kind kind,
    List<String> lackingIn,
    String note,
    Map<String, List<String>> types) {

  /** As all indices map it alike. */
  static Mapping plain(String name, String type) {
    return new Mapping(name, type, name, Catalog.Kind.KEYWORD, List.of(), "", Map.of());
  }

  boolean isText() {
    return type.equals("text") || type.equals("match_only_text");
  }

  Catalog.Field field() {
    return new Catalog.Field(kind, countable, lackingIn, note, types);
  }
}
