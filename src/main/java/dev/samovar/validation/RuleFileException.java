package dev.samovar.validation;

import java.util.List;

/** Rule files that can't be read; each mistake names the file and, where there is one, the line. */
public final class RuleFileException extends Exception {
  private static final long serialVersionUID = 1L;
  private final List<String> mistakes;

  RuleFileException(String mistake) {
    this(List.of(mistake));
  }

  RuleFileException(List<String> mistakes) {
    super(String.join("\n", mistakes));
    this.mistakes = List.copyOf(mistakes);
  }

  public List<String> mistakes() {
    return mistakes;
  }
}
