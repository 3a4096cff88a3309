package dev.samovar.validation;

import dev.samovar.evidence.Requirement;
import dev.samovar.evidence.Rule;
import dev.samovar.evidence.Rules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What was found in one file so far. */
final class Gathered {
  private static final int MOST = 20_000;

  private final String file;
  private final List<Rule> rules = new ArrayList<>();
  private final List<Rules.Unread> unread = new ArrayList<>();
  private int asides;

  Gathered(String file) {
    this.file = file;
  }

  String file() {
    return file;
  }

  void rule(String column, Requirement requirement, String where) throws RuleFileException {
    rule(column, requirement, 1, where);
  }

  void rule(String column, Requirement requirement, double mostly, String where)
      throws RuleFileException {
    rules.add(new Rule(column, requirement, mostly, place(where)));
    mustBeFew();
  }

  void unread(String column, String what, String where) throws RuleFileException {
    unread.add(
        new Rules.Unread(
            column.isEmpty() ? Optional.empty() : Optional.of(column), what, place(where)));
    mustBeFew();
  }

  /** One that says nothing of single values. */
  void aside() throws RuleFileException {
    asides++;
    mustBeFew();
  }

  private String place(String where) {
    return file + ", " + where;
  }

  private void mustBeFew() throws RuleFileException {
    if (rules.size() + unread.size() + asides > MOST) {
      throw new RuleFileException(file + ": more than " + MOST + " rules in one file");
    }
  }

  Rules rules() {
    return new Rules(1, rules, unread, asides);
  }
}
