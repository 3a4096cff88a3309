package dev.samovar.prometheus;

import dev.samovar.evidence.Condition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * What all labels of a series must be. PromQL has no “or” within a selector, so a condition becomes
 * several of them, of which one must fit.
 */
record Selector(List<Matcher> matchers) {
  private static final int MOST = 200;

  Selector {
    matchers = List.copyOf(matchers);
  }

  boolean matches(Map<String, String> labels) {
    return matchers.stream().allMatch(matcher -> matcher.matches(labels));
  }

  /** {@code {pod=~"a|b"}} of a metric. */
  String of(String metric) {
    return metric + "{" + matchersText() + "}";
  }

  /** Of several metrics. */
  String of(List<String> metrics) {
    String names = metrics.stream().map(Matcher::literal).collect(Collectors.joining("|"));
    String rest = matchersText();
    return "{__name__=~" + Matcher.quoted(names) + (rest.isEmpty() ? "" : "," + rest) + "}";
  }

  String matchersText() {
    return matchers.stream().map(Matcher::text).collect(Collectors.joining(","));
  }

  /**
   * @throws IllegalArgumentException where it is about something that a sample does not have
   */
  static List<Selector> of(Condition condition) {
    return merged(normal(condition, false));
  }

  private static List<Selector> normal(Condition condition, boolean isNot) {
    if (condition instanceof Condition.Everything) {
      return isNot ? List.of() : List.of(new Selector(List.of()));
    } else if (condition instanceof Condition.Is is) {
      return alternatives(is.field(), is.values(), UnaryOperator.identity(), isNot);
    } else if (condition instanceof Condition.StartsWith starts) {
      return alternatives(starts.field(), starts.beginnings(), text -> text + ".*", isNot);
    } else if (condition instanceof Condition.Present present) {
      return alternatives(present.field(), List.of(""), text -> ".+", isNot);
    } else if (condition instanceof Condition.Not not) {
      return normal(not.condition(), !isNot);
    } else if (condition instanceof Condition.All all) {
      return isNot ? any(all.conditions(), true) : all(all.conditions(), false);
    } else if (condition instanceof Condition.Any any) {
      return isNot ? all(any.conditions(), true) : any(any.conditions(), false);
    }
    throw new IllegalArgumentException("A metric sample has no such thing: " + condition);
  }

  private static List<Selector> any(List<Condition> conditions, boolean isNot) {
    return conditions.stream().flatMap(one -> normal(one, isNot).stream()).toList();
  }

  private static List<Selector> all(List<Condition> conditions, boolean isNot) {
    List<Selector> product = List.of(new Selector(List.of()));
    for (Condition condition : conditions) {
      List<Selector> longer = new ArrayList<>();
      for (Selector one : product) {
        for (Selector other : normal(condition, isNot)) {
          List<Matcher> both = new ArrayList<>(one.matchers());
          both.addAll(other.matchers());
          longer.add(new Selector(both));
        }
      }
      product = longer;
    }
    if (product.size() > MOST) {
      throw new IllegalArgumentException("Too many alternatives: " + product.size());
    }
    return product;
  }

  private static List<Selector> alternatives(
      String field, List<String> values, UnaryOperator<String> pattern, boolean isNot) {
    List<Matcher> matchers = new ArrayList<>();
    Labels.of(field)
        .forEach(
            (label, form) -> {
              String any =
                  values.stream()
                      .map(value -> pattern.apply(form.pattern(value)))
                      .distinct()
                      .collect(Collectors.joining("|"));
              if (!values.isEmpty()) {
                matchers.add(new Matcher(label, any, isNot));
              }
            });
    if (isNot) {
      return List.of(new Selector(matchers));
    }
    return matchers.stream().map(matcher -> new Selector(List.of(matcher))).toList();
  }

  /** Alternatives for the same single label are one selector: fewer questions to the index. */
  private static List<Selector> merged(List<Selector> selectors) {
    Map<String, TreeSet<String>> byLabel = new TreeMap<>();
    List<Selector> merged = new ArrayList<>();
    for (Selector selector : selectors) {
      if (selector.matchers().size() == 1 && !selector.matchers().get(0).isNot()) {
        Matcher only = selector.matchers().get(0);
        byLabel.computeIfAbsent(only.label(), unused -> new TreeSet<>()).add(only.pattern());
      } else {
        merged.add(selector);
      }
    }
    byLabel.forEach(
        (label, patterns) ->
            merged.add(
                new Selector(List.of(new Matcher(label, String.join("|", patterns), false)))));
    return merged;
  }
}
