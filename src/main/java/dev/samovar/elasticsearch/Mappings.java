package dev.samovar.elasticsearch;

import co.elastic.clients.elasticsearch.core.FieldCapsResponse;
import co.elastic.clients.elasticsearch.core.field_caps.FieldCapability;
import co.elastic.clients.elasticsearch.indices.resolve_index.ResolveIndexItem;
import dev.samovar.evidence.Catalog;
import dev.samovar.evidence.Catalog.Kind;
import dev.samovar.evidence.Dataset;
import dev.samovar.evidence.EvidenceException;
import dev.samovar.evidence.Fields;
import dev.samovar.evidence.Model;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the indices of a dataset hold, by the names that checks use. */
final class Mappings {
  private static final Set<String> NUMBERS =
      Set.of(
          "long",
          "integer",
          "short",
          "byte",
          "double",
          "float",
          "half_float",
          "scaled_float",
          "unsigned_long");
  private static final Set<String> WORDS =
      Set.of("keyword", "constant_keyword", "wildcard", "ip", "version");
  private static final Set<String> TEXTS = Set.of("text", "match_only_text");
  private static final Set<String> DATES = Set.of("date", "date_nanos");

  /** Canonical names that stand for all below them. */
  private static final List<String> PARENTS =
      List.of(Fields.FEATURES, Fields.METRICS, Fields.PACKAGES, Fields.METRIC_LABELS);

  private final Model model;
  private final Catalog catalog;
  private final Map<String, Mapping> byCanonical;

  private Mappings(Model model, Catalog catalog, Map<String, Mapping> byCanonical) {
    this.model = model;
    this.catalog = catalog;
    this.byCanonical = byCanonical;
  }

  static Mappings read(Searcher searcher, Model model, Dataset dataset) throws EvidenceException {
    String expression = model.index(dataset);
    Map<String, String> wanted = new TreeMap<>();
    for (String canonical : Fields.ALL) {
      wanted.put(canonical, model.fieldName(canonical));
    }
    Set<String> patterns = new TreeSet<>();
    for (String actual : wanted.values()) {
      patterns.add(actual);
      patterns.add(actual + ".*");
    }
    FieldCapsResponse caps = searcher.fields(expression, List.copyOf(patterns));
    Map<String, Mapping> fields = new TreeMap<>();
    if (!caps.indices().isEmpty()) {
      wanted.forEach(
          (canonical, actual) ->
              mapping(actual, caps).ifPresent(found -> fields.put(canonical, found)));
      for (String parent : PARENTS) {
        addBelow(parent, model.fieldName(parent), caps, fields);
      }
    }
    Map<String, Catalog.Field> visible = new HashMap<>();
    fields.forEach((canonical, mapping) -> visible.put(canonical, mapping.field()));
    Catalog catalog =
        new Catalog(
            expression,
            caps.indices().stream().sorted().toList(),
            closed(searcher, expression),
            visible);
    return new Mappings(model, catalog, Map.copyOf(fields));
  }

  /** By the very names in the indices, of fields that were asked for by them. */
  static Mappings plain(Model model, FieldCapsResponse caps) {
    Map<String, Mapping> fields = new TreeMap<>();
    for (String actual : caps.fields().keySet()) {
      mapping(actual, caps).ifPresent(found -> fields.put(actual, found));
    }
    return new Mappings(
        model,
        new Catalog(model.index(Dataset.METRICS), caps.indices(), List.of(), Map.of()),
        Map.copyOf(fields));
  }

  Catalog catalog() {
    return catalog;
  }

  /** The time stamp is needed even where nothing is mapped yet. */
  String time() {
    return model.fieldName(Fields.TIME);
  }

  Optional<Mapping> of(String canonical) {
    Mapping known = byCanonical.get(canonical);
    if (known != null) {
      return Optional.of(known);
    }
    if (canonical.equals(Fields.INDEX)) {
      return Optional.of(Mapping.plain(Fields.INDEX, "keyword"));
    }
    for (String parent : PARENTS) {
      Mapping flattened = byCanonical.get(parent);
      if (canonical.startsWith(parent + ".") && flattened != null && isFlattened(flattened)) {
        String actual = flattened.base() + canonical.substring(parent.length());
        return Optional.of(
            new Mapping(
                actual, "flattened", actual, Kind.KEYWORD, flattened.lackingIn(), "", Map.of()));
      }
    }
    return Optional.empty();
  }

  private static boolean isFlattened(Mapping mapping) {
    return mapping.type().equals("flattened");
  }

  private static List<String> closed(Searcher searcher, String expression)
      throws EvidenceException {
    List<ResolveIndexItem> items;
    try {
      items = searcher.resolve(expression).indices();
    } catch (EvidenceException e) {
      if (e.kind() == EvidenceException.Kind.DENIED) {
        // A key that may read but not look at metadata: closed indices stay unknown, no more.
        return List.of();
      }
      throw e;
    }
    return items.stream()
        .filter(item -> item.attributes().contains("closed"))
        .map(ResolveIndexItem::name)
        .sorted()
        .toList();
  }

  private static void addBelow(
      String parent, String actualParent, FieldCapsResponse caps, Map<String, Mapping> into) {
    for (String actual : caps.fields().keySet()) {
      if (!actual.startsWith(actualParent + ".")) {
        continue;
      }
      int dot = actual.lastIndexOf('.');
      String container = actual.substring(0, dot);
      boolean isSubField =
          !container.equals(actualParent)
              && types(caps, container).stream()
                  .anyMatch(type -> TEXTS.contains(type) || WORDS.contains(type));
      if (!isSubField) {
        mapping(actual, caps)
            .ifPresent(found -> into.put(parent + actual.substring(actualParent.length()), found));
      }
    }
  }

  private static Set<String> types(FieldCapsResponse caps, String field) {
    return caps.fields().getOrDefault(field, Map.of()).keySet().stream()
        .filter(type -> !type.equals("unmapped"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Optional<Mapping> mapping(String actual, FieldCapsResponse caps) {
    Map<String, FieldCapability> capabilities = caps.fields().getOrDefault(actual, Map.of());
    Set<String> types = types(caps, actual);
    types.removeAll(Set.of("object", "nested"));
    if (types.isEmpty()) {
      return Optional.empty();
    }
    List<String> lackingIn =
        Optional.ofNullable(capabilities.get("unmapped"))
            .map(FieldCapability::indices)
            .orElse(List.of());
    String type = types.iterator().next();
    String countable = countable(actual, types, caps);
    Kind kind = kind(types, !countable.equals(actual));
    String note = kind == Kind.CONFLICT ? conflict(actual, types, capabilities) : "";
    Map<String, List<String>> byType = new HashMap<>();
    if (kind == Kind.CONFLICT) {
      for (String each : types) {
        FieldCapability capability = capabilities.get(each);
        byType.put(each, capability == null ? List.of() : capability.indices());
      }
    }
    return Optional.of(new Mapping(actual, type, countable, kind, lackingIn, note, byType));
  }

  private static String countable(String actual, Set<String> types, FieldCapsResponse caps) {
    if (!TEXTS.containsAll(types)) {
      return actual;
    }
    return Stream.of(actual + ".keyword", actual + ".raw")
        .filter(sub -> types(caps, sub).contains("keyword"))
        .findFirst()
        .orElse(actual);
  }

  private static Kind kind(Set<String> types, boolean countableElsewhere) {
    if (NUMBERS.containsAll(types)) {
      return Kind.NUMBER;
    }
    if (WORDS.containsAll(types) || types.equals(Set.of("flattened"))) {
      return Kind.KEYWORD;
    }
    if (TEXTS.containsAll(types)) {
      return countableElsewhere ? Kind.KEYWORD : Kind.TEXT;
    }
    if (DATES.containsAll(types)) {
      return Kind.DATE;
    }
    return types.equals(Set.of("boolean")) ? Kind.BOOLEAN : Kind.CONFLICT;
  }

  private static String conflict(
      String actual, Set<String> types, Map<String, FieldCapability> capabilities) {
    return actual
        + " is mapped "
        + types.stream()
            .map(
                type -> {
                  FieldCapability capability = capabilities.get(type);
                  List<String> indices = capability == null ? List.of() : capability.indices();
                  return "as "
                      + type
                      + (indices.isEmpty()
                          ? ""
                          : " in "
                              + indices.get(0)
                              + (indices.size() > 1
                                  ? " and " + (indices.size() - 1) + " more"
                                  : ""));
                })
            .collect(Collectors.joining(", "));
  }
}
