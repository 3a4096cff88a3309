package dev.samovar.signatures;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The runs of plain characters of which a text that matches a regular expression must hold at least
 * one. They find the few expressions worth trying on a line.
 *
 * <p>Understands what the catalogue uses: groups, alternatives, classes, quantifiers, escapes and
 * look-around, which is passed over.
 */
final class Literals {
  private static final int SHORTEST = 3;

  private final String regex;
  private int at;

  private Literals(String regex) {
    this.regex = regex;
  }

  /** In lower case; empty where there is no such run. */
  static Optional<Set<String>> of(String regex) {
    return new Literals(regex).alternatives();
  }

  /** All alternatives must offer something, or a text may match without any of it. */
  private Optional<Set<String>> alternatives() {
    Set<String> all = new HashSet<>();
    boolean each = true;
    do {
      Optional<Set<String>> one = sequence();
      each = each && one.isPresent();
      one.ifPresent(all::addAll);
    } while (at < regex.length() && regex.charAt(at) == '|' && at++ >= 0);
    return each ? Optional.of(all) : Optional.empty();
  }

  private Optional<Set<String>> sequence() {
    Optional<Set<String>> best = Optional.empty();
    StringBuilder run = new StringBuilder();
    while (at < regex.length() && regex.charAt(at) != '|' && regex.charAt(at) != ')') {
      char c = regex.charAt(at++);
      switch (c) {
        case '(' -> {
          best = better(best, flush(run));
          boolean isLook = isLookAround();
          Optional<Set<String>> group = alternatives();
          at++;
          boolean isOptional = isOptional();
          best = isLook || isOptional ? best : better(best, group);
        }
        case '[' -> {
          best = better(best, flush(run));
          skipClass();
          isOptional();
        }
        case '\\' -> {
          char escaped = regex.charAt(at++);
          if (Character.isLetterOrDigit(escaped)) {
            best = better(best, flush(run));
            isOptional();
          } else {
            run.append(escaped);
          }
        }
        case '?', '*', '{' -> {
          at--;
          run.setLength(Math.max(0, run.length() - 1));
          best = better(best, flush(run));
          isOptional();
        }
        case '.', '^', '$' -> {
          best = better(best, flush(run));
          isOptional();
        }
        case '+' -> best = better(best, flush(run));
        default -> run.append(c);
      }
    }
    return better(best, flush(run));
  }

  private boolean isLookAround() {
    if (regex.startsWith("?:", at)) {
      at += 2;
      return false;
    }
    if (regex.startsWith("?<=", at) || regex.startsWith("?<!", at)) {
      at += 3;
      return true;
    }
    if (regex.startsWith("?=", at) || regex.startsWith("?!", at)) {
      at += 2;
      return true;
    }
    return false;
  }

  /** Passes over a quantifier; whether it lets what it follows be absent. */
  private boolean isOptional() {
    if (at >= regex.length()) {
      return false;
    }
    char c = regex.charAt(at);
    boolean optional = c == '?' || c == '*' || regex.startsWith("{0", at);
    if (c == '{') {
      at = regex.indexOf('}', at) + 1;
    } else if (c == '?' || c == '*' || c == '+') {
      at++;
    }
    return optional;
  }

  private void skipClass() {
    if (regex.charAt(at) == '^') {
      at++;
    }
    if (regex.charAt(at) == ']') {
      at++;
    }
    while (regex.charAt(at) != ']') {
      at += regex.charAt(at) == '\\' ? 2 : 1;
    }
    at++;
  }

  private static Optional<Set<String>> flush(StringBuilder run) {
    String literal = run.toString().toLowerCase(java.util.Locale.ROOT);
    run.setLength(0);
    return literal.strip().length() < SHORTEST ? Optional.empty() : Optional.of(Set.of(literal));
  }

  /** The one whose shortest literal is longer. */
  private static Optional<Set<String>> better(
      Optional<Set<String>> one, Optional<Set<String>> other) {
    if (one.isEmpty() || other.isEmpty()) {
      return one.isPresent() ? one : other;
    }
    return shortest(other.get()) > shortest(one.get()) ? other : one;
  }

  private static int shortest(Set<String> literals) {
    return literals.stream().mapToInt(String::length).min().orElse(0);
  }
}
