package dev.samovar.validation;

import dev.samovar.evidence.Requirement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Pattern;

/** A schema of TensorFlow Data Validation, as protobuf's text ({@code schema.pbtxt}). */
final class TfdvSchema {
  private static final Pattern BEGINNING =
      Pattern.compile("(?m)^\\s*(feature|string_domain|sparse_feature)\\s*:?\\s*[{<]");

  /** Of features that are in this state, TFDV checks nothing. */
  private static final Set<String> UNCHECKED =
      Set.of("DEPRECATED", "PLANNED", "ALPHA", "DEBUG_ONLY", "DISABLED");

  private static final Set<String> READ =
      Set.of(
          "name",
          "type",
          "presence",
          "domain",
          "string_domain",
          "int_domain",
          "float_domain",
          "bool_domain",
          "distribution_constraints",
          "lifecycle_stage",
          "deprecated",
          "annotation",
          "in_environment",
          "not_in_environment");

  /** They say nothing of single values. */
  private static final Set<String> ASIDE =
      Set.of(
          "skew_comparator",
          "drift_comparator",
          "unique_constraints",
          "value_count",
          "value_counts",
          "shape",
          "group_presence");

  /** Of the whole schema, what is no rule. */
  private static final Set<String> NO_RULE =
      Set.of(
          "feature",
          "string_domain",
          "default_environment",
          "annotation",
          "tensor_representation_group",
          "represent_variable_length_as_ragged",
          "generate_legacy_feature_spec");

  private final Gathered gathered;
  private final Map<String, List<String>> domains = new HashMap<>();

  private TfdvSchema(Gathered gathered) {
    this.gathered = gathered;
  }

  static boolean fits(String text) {
    return BEGINNING.matcher(text).find();
  }

  static void read(String text, Gathered gathered) throws RuleFileException {
    TextMessage root = TextMessage.parse(gathered.file(), text);
    TfdvSchema schema = new TfdvSchema(gathered);
    for (TextMessage.Field domain : root.all("string_domain")) {
      Optional<TextMessage> inner = domain.message();
      inner
          .flatMap(message -> message.scalar("name"))
          .ifPresent(name -> schema.domains.put(name, values(inner)));
    }
    for (TextMessage.Field field : root.fields()) {
      if (!NO_RULE.contains(field.name())) {
        gathered.unread("", field.name() + " is not known", "line " + field.line());
      }
    }
    for (TextMessage.Field feature : root.all("feature")) {
      if (feature.message().isPresent()) {
        schema.feature(feature.message().get(), "", feature.line());
      }
    }
  }

  private static List<String> values(Optional<TextMessage> domain) {
    return domain.stream()
        .flatMap(message -> message.all("value").stream())
        .flatMap(value -> value.scalar().stream())
        .toList();
  }

  private void feature(TextMessage feature, String parent, int line) throws RuleFileException {
    String name = parent + feature.scalar("name").orElse("");
    String where = "line " + line;
    if (feature.scalar("name").isEmpty()) {
      throw new RuleFileException(gathered.file() + ":" + line + ": this feature has no name");
    }
    boolean isUnchecked =
        feature.scalar("lifecycle_stage").filter(UNCHECKED::contains).isPresent()
            || feature.scalar("deprecated").filter("true"::equals).isPresent();
    if (isUnchecked) {
      gathered.aside();
      return;
    }
    Optional<TextMessage> struct = feature.message("struct_domain");
    if (struct.isPresent()) {
      for (TextMessage.Field inner : struct.get().all("feature")) {
        if (inner.message().isPresent()) {
          feature(inner.message().get(), name + ".", inner.line());
        }
      }
      return;
    }
    double mass =
        feature
            .message("distribution_constraints")
            .flatMap(message -> message.scalar("min_domain_mass"))
            .map(text -> Values.number(text).orElse(-1))
            .orElse(1.0);
    if (!(mass >= 0 && mass <= 1)) {
      gathered.unread(name, "min_domain_mass is no share", where);
      return;
    }
    type(feature, name, where);
    presence(feature, name, where);
    domain(feature, name, mass, where);
    for (TextMessage.Field field : feature.fields()) {
      if (ASIDE.contains(field.name())) {
        gathered.aside();
      } else if (!READ.contains(field.name())) {
        gathered.unread(name, field.name() + " is not known", "line " + field.line());
      }
    }
  }

  private void type(TextMessage feature, String name, String where) throws RuleFileException {
    if (feature.scalar("type").filter(Set.of("INT", "FLOAT")::contains).isPresent()) {
      gathered.rule(name, new Requirement.Numeric(), where);
    }
  }

  private void presence(TextMessage feature, String name, String where) throws RuleFileException {
    Optional<String> share =
        feature.message("presence").flatMap(message -> message.scalar("min_fraction"));
    if (share.isEmpty()) {
      return;
    }
    OptionalDouble least = Values.number(share.get());
    boolean isBound =
        !feature.all("in_environment").isEmpty() || !feature.all("not_in_environment").isEmpty();
    if (isBound) {
      gathered.unread(name, "presence that holds in some environments only", where);
    } else if (least.isEmpty() || least.getAsDouble() < 0 || least.getAsDouble() > 1) {
      gathered.unread(name, "min_fraction is no share: " + share.get(), where);
    } else {
      gathered.rule(name, new Requirement.Filled(), least.getAsDouble(), where);
    }
  }

  private void domain(TextMessage feature, String name, double mass, String where)
      throws RuleFileException {
    Optional<String> shared = feature.scalar("domain");
    if (shared.isPresent()) {
      among(name, domains.getOrDefault(shared.get(), List.of()), mass, where);
    }
    if (feature.message("string_domain").isPresent()) {
      among(name, values(feature.message("string_domain")), mass, where);
    }
    if (feature.message("bool_domain").isPresent()) {
      TextMessage bool = feature.message("bool_domain").get();
      boolean isNumber = feature.scalar("type").filter("INT"::equals).isPresent();
      List<String> values =
          isNumber
              ? List.of("0", "1")
              : java.util.stream.Stream.of("true_value", "false_value")
                  .flatMap(key -> bool.scalar(key).stream())
                  .toList();
      among(name, values, mass, where);
    }
    for (String kind : List.of("int_domain", "float_domain")) {
      Optional<TextMessage> range = feature.message(kind);
      if (range.isPresent()) {
        range(name, kind, range.get(), mass, where);
      }
    }
  }

  private void among(String name, List<String> values, double mass, String where)
      throws RuleFileException {
    if (values.isEmpty()) {
      gathered.unread(name, "its domain has no values", where);
    } else {
      gathered.rule(name, new Requirement.Among(values), mass, where);
    }
  }

  private void range(String name, String kind, TextMessage range, double mass, String where)
      throws RuleFileException {
    OptionalDouble least = end(range, "min", Double.NEGATIVE_INFINITY);
    OptionalDouble most = end(range, "max", Double.POSITIVE_INFINITY);
    if (least.isEmpty() || most.isEmpty()) {
      gathered.unread(name, kind + ": an end is no number", where);
    } else if (Double.isFinite(least.getAsDouble()) || Double.isFinite(most.getAsDouble())) {
      gathered.rule(
          name,
          new Requirement.Within(least.getAsDouble(), true, most.getAsDouble(), true),
          mass,
          where);
    } else {
      gathered.aside();
    }
  }

  private static OptionalDouble end(TextMessage range, String key, double open) {
    Optional<String> given = range.scalar(key);
    if (given.isEmpty() || given.get().matches("-?inf(inity)?")) {
      return OptionalDouble.of(open);
    }
    return Values.number(given.get().replaceAll("(?<=[0-9.])[fF]$", ""));
  }
}
