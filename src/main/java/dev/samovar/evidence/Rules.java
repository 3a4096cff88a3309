package dev.samovar.evidence;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The validation rules of one model, as far as they could be understood.
 *
 * @param files how many files they are from
 * @param asides rules that say nothing of single values: of whole batches, tables, uniqueness
 */
public record Rules(int files, List<Rule> rules, List<Unread> unread, int asides) {
  public static final Rules NONE = new Rules(0, List.of(), List.of(), 0);

  /**
   * One that could not be understood.
   *
   * @param column which it is about, where that much is clear
   * @param what it says, and why that is not understood
   */
  public record Unread(Optional<String> column, String what, String place) {}

  public Rules {
    rules = List.copyOf(rules);
    unread = List.copyOf(unread);
  }

  public boolean isEmpty() {
    return files == 0;
  }

  public Rules and(Rules others) {
    List<Rule> all = new ArrayList<>(rules);
    all.addAll(others.rules);
    List<Unread> allUnread = new ArrayList<>(unread);
    allUnread.addAll(others.unread);
    return new Rules(files + others.files, all, allUnread, asides + others.asides);
  }
}
