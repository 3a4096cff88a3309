package dev.samovar.evidence;

import java.util.List;

/**
 * The validation rules of a model.
 *
 * @param files the suites' names
 * @param remarks what was left out of them, and why; one sentence each
 */
public record RuleBook(List<String> files, List<Rule> rules, List<String> remarks) {
  public static final RuleBook NONE = new RuleBook(List.of(), List.of(), List.of());

  public RuleBook {
    files = List.copyOf(files);
    rules = List.copyOf(rules);
    remarks = List.copyOf(remarks);
  }

  public List<Rule> on(String field) {
    return rules.stream().filter(rule -> rule.field().equals(field)).toList();
  }
}
