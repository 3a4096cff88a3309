package dev.samovar.evidence;

import java.util.List;

/** Which events are meant. Fields by their names in {@link Fields}. */
public sealed interface Condition {

  /** Every event. */
  record Everything() implements Condition {}

  /** The field has one of these values, to the letter; a list field has it among its values. */
  record Is(String field, List<String> values) implements Condition {
    public Is {
      values = List.copyOf(values);
    }
  }

  /** The field has a value that begins with one of these, to the letter. */
  record StartsWith(String field, List<String> beginnings) implements Condition {
    public StartsWith {
      beginnings = List.copyOf(beginnings);
    }
  }

  /** The field has a value. */
  record Present(String field) implements Condition {}

  /** The number lies in {@code [from, to)}; either end may be infinite. */
  record Between(String field, double from, double to) implements Condition {}

  /** The field holds something that does not fit its mapping and was left out of the index. */
  record Malformed(String field) implements Condition {}

  /** One of the text fields contains one of the phrases: same words, same order, any case. */
  record Phrase(List<String> fields, List<String> phrases) implements Condition {
    public Phrase {
      fields = List.copyOf(fields);
      phrases = List.copyOf(phrases);
    }
  }

  /** One of the text fields contains all these words, in any order and case. */
  record Words(List<String> fields, List<String> words) implements Condition {
    public Words {
      fields = List.copyOf(fields);
      words = List.copyOf(words);
    }
  }

  record Not(Condition condition) implements Condition {}

  record All(List<Condition> conditions) implements Condition {
    public All {
      conditions = List.copyOf(conditions);
    }
  }

  record Any(List<Condition> conditions) implements Condition {
    public Any {
      conditions = List.copyOf(conditions);
    }
  }

  static Condition everything() {
    return new Everything();
  }

  static Condition is(String field, String... values) {
    return new Is(field, List.of(values));
  }

  static Condition missing(String field) {
    return new Not(new Present(field));
  }

  default Condition and(Condition other) {
    return new All(List.of(this, other));
  }

  default Condition negate() {
    return new Not(this);
  }
}
