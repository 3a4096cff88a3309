package dev.samovar.elasticsearch;

import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.query_dsl.BoolQuery;
import co.elastic.clients.elasticsearch._types.query_dsl.Operator;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.elasticsearch._types.query_dsl.UntypedRangeQuery;
import co.elastic.clients.json.JsonData;
import dev.samovar.evidence.Catalog.Kind;
import dev.samovar.evidence.Condition;
import dev.samovar.evidence.Fields;
import dev.samovar.evidence.Model;
import dev.samovar.evidence.Numbers;
import dev.samovar.evidence.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** Writes conditions as queries. A value is always a value here, never query syntax. */
final class Conditions {
  private static final Query NOTHING = Query.of(q -> q.matchNone(none -> none));

  private final Mappings mappings;

  Conditions(Mappings mappings) {
    this.mappings = mappings;
  }

  /** What makes events this model's (see {@link dev.samovar.evidence.Query}). */
  Query scope(dev.samovar.evidence.Query query) {
    Model model = query.model();
    Condition scope =
        switch (query.dataset()) {
          case INFERENCE, ENVIRONMENT ->
              mappings.of(Fields.MODEL).isPresent()
                  ? Condition.is(Fields.MODEL, model.name())
                  : byService(model);
          case TRAINING, QUALITY ->
              mappings.of(Fields.MODEL).isPresent()
                  ? Condition.is(Fields.MODEL, model.name())
                  : Condition.everything();
          case APPLICATION -> query.anyService() ? Condition.everything() : byService(model);
          case RUN, CHANGE, METRICS -> Condition.everything();
        };
    return write(scope);
  }

  private Condition byService(Model model) {
    return mappings.of(Fields.SERVICE).isPresent()
        ? Condition.is(Fields.SERVICE, model.service())
        : Condition.everything();
  }

  Query within(Window window) {
    return range(
        mappings.time(),
        builder ->
            builder
                .gte(JsonData.of(window.from().toString()))
                .lt(JsonData.of(window.to().toString()))
                .format("strict_date_optional_time_nanos"));
  }

  static Query all(List<Query> queries) {
    return Query.of(q -> q.bool(bool -> bool.filter(queries)));
  }

  static Query any(List<Query> queries) {
    return Query.of(q -> q.bool(bool -> bool.should(queries).minimumShouldMatch("1")));
  }

  Query write(Condition condition) {
    if (condition instanceof Condition.Everything) {
      return Query.of(q -> q.matchAll(all -> all));
    } else if (condition instanceof Condition.Is is) {
      return mappings.of(is.field()).map(field -> is(field, is.values())).orElse(NOTHING);
    } else if (condition instanceof Condition.StartsWith starts) {
      return mappings
          .of(starts.field())
          .map(
              field ->
                  any(
                      starts.beginnings().stream()
                          .map(
                              beginning ->
                                  Query.of(
                                      q ->
                                          q.prefix(
                                              prefix ->
                                                  prefix
                                                      .field(field.countable())
                                                      .value(beginning))))
                          .toList()))
          .orElse(NOTHING);
    } else if (condition instanceof Condition.Present present) {
      return mappings
          .of(present.field())
          .map(field -> Query.of(q -> q.exists(exists -> exists.field(field.base()))))
          .orElse(NOTHING);
    } else if (condition instanceof Condition.Between between) {
      return mappings.of(between.field()).map(field -> between(field, between)).orElse(NOTHING);
    } else if (condition instanceof Condition.Malformed malformed) {
      return mappings.of(malformed.field()).map(Conditions::ignored).orElse(NOTHING);
    } else if (condition instanceof Condition.Phrase phrase) {
      return textual(phrase.fields(), phrase.phrases(), Conditions::phrase);
    } else if (condition instanceof Condition.Words words) {
      return textual(words.fields(), List.of(String.join(" ", words.words())), Conditions::words);
    } else if (condition instanceof Condition.Not not) {
      return Query.of(q -> q.bool(bool -> bool.mustNot(write(not.condition()))));
    } else if (condition instanceof Condition.All all) {
      return all(all.conditions().stream().map(this::write).toList());
    } else if (condition instanceof Condition.Any any) {
      return any.conditions().isEmpty()
          ? NOTHING
          : any(any.conditions().stream().map(this::write).toList());
    }
    throw new IllegalArgumentException("No such condition: " + condition);
  }

  /** Events whose value was left out of the index because it does not fit. */
  static Query ignored(Mapping field) {
    return Query.of(q -> q.term(term -> term.field("_ignored").value(field.base())));
  }

  /** Without a value that can be counted; one that is ignored is none. */
  static Query absent(Mapping field) {
    Query there = Query.of(q -> q.exists(exists -> exists.field(field.countable())));
    return Query.of(q -> q.bool(bool -> bool.mustNot(there)));
  }

  private static Query is(Mapping field, List<String> values) {
    if (field.kind() == Kind.NUMBER) {
      List<Query> ranges = new ArrayList<>();
      for (String value : values) {
        parse(value).ifPresent(number -> ranges.add(near(field.base(), number)));
      }
      return ranges.isEmpty() ? NOTHING : any(ranges);
    }
    return Query.of(
        q ->
            q.terms(
                terms ->
                    terms
                        .field(field.countable())
                        .terms(list -> list.value(values.stream().map(FieldValue::of).toList()))));
  }

  private static Optional<Double> parse(String value) {
    try {
      return Optional.of(Double.valueOf(value));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Query near(String field, double number) {
    double tolerance = Numbers.tolerance(number);
    return range(
        field,
        builder ->
            builder.gte(JsonData.of(number - tolerance)).lte(JsonData.of(number + tolerance)));
  }

  private static Query between(Mapping field, Condition.Between between) {
    return range(
        field.countable(),
        builder -> {
          UntypedRangeQuery.Builder bounded = builder;
          if (Double.isFinite(between.from())) {
            bounded = bounded.gte(JsonData.of(between.from()));
          }
          return Double.isFinite(between.to()) ? bounded.lt(JsonData.of(between.to())) : bounded;
        });
  }

  private static Query range(
      String field, java.util.function.UnaryOperator<UntypedRangeQuery.Builder> bounds) {
    return Query.of(
        q -> q.range(range -> range.untyped(untyped -> bounds.apply(untyped.field(field)))));
  }

  private Query textual(
      List<String> fields, List<String> texts, BiFunction<Mapping, String, Query> one) {
    List<Query> queries = new ArrayList<>();
    for (String name : fields) {
      mappings
          .of(name)
          .ifPresent(field -> texts.forEach(text -> queries.add(one.apply(field, text))));
    }
    return queries.isEmpty() ? NOTHING : any(queries);
  }

  private static Query phrase(Mapping field, String phrase) {
    return field.isText()
        ? Query.of(q -> q.matchPhrase(match -> match.field(field.base()).query(phrase)))
        : containing(field, List.of(phrase));
  }

  private static Query words(Mapping field, String words) {
    return field.isText()
        ? Query.of(
            q -> q.match(match -> match.field(field.base()).query(words).operator(Operator.And)))
        : containing(field, List.of(words.split(" ")));
  }

  /** For text that is mapped as one keyword: each part occurs somewhere in it. */
  private static Query containing(Mapping field, List<String> parts) {
    BoolQuery.Builder bool = new BoolQuery.Builder();
    for (String part : parts) {
      String escaped = part.replace("\\", "\\\\").replace("*", "\\*").replace("?", "\\?");
      bool.filter(
          f ->
              f.wildcard(
                  wildcard ->
                      wildcard
                          .field(field.base())
                          .value("*" + escaped + "*")
                          .caseInsensitive(true)));
    }
    return Query.of(q -> q.bool(bool.build()));
  }
}
