package dev.samovar.evidence;

/**
 * A validation rule that a team already has.
 *
 * @param column as the rule names it
 * @param mostly the share of a batch's rows that must keep it, 1 for all
 * @param place where it is written: {@code great_expectations/fraud.json, expectation 3}
 */
public record Rule(String column, Requirement requirement, double mostly, String place) {
  public Rule {
    if (!(mostly >= 0 && mostly <= 1)) {
      throw new IllegalArgumentException("No share: " + mostly);
    }
  }
}
