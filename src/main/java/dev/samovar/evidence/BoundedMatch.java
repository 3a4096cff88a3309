package dev.samovar.evidence;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Looks for a form in a text, but not for long: some forms, on some texts, would keep a processor
 * busy for years.
 */
record BoundedMatch(Pattern pattern, boolean isAnchored) {
  private static final int MOST_LOOKS = 200_000;

  /** Empty where it would take too long. */
  Optional<Boolean> of(String text) {
    Matcher matcher = pattern.matcher(new Counted(text, 0, text.length(), new AtomicInteger()));
    try {
      return Optional.of(isAnchored ? matcher.lookingAt() : matcher.find());
    } catch (TooLong | StackOverflowError e) {
      // A form that never ends or nests too deeply says nothing about the text.
      return Optional.empty();
    }
  }

  private static final class TooLong extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private TooLong() {
      super("too many looks at the text", null, false, false);
    }
  }

  private record Counted(String text, int from, int to, AtomicInteger looks)
      implements CharSequence {
    @Override
    public int length() {
      return to - from;
    }

    @Override
    public char charAt(int index) {
      if (looks.incrementAndGet() > MOST_LOOKS) {
        throw new TooLong();
      }
      return text.charAt(from + index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return new Counted(text, from + start, from + end, looks);
    }

    @Override
    public String toString() {
      return text.substring(from, to);
    }
  }
}
