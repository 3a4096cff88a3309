package dev.samovar.page;

import java.util.Optional;

/** An address that a page may lead to: of the web, whole. */
public record Link(String href) {
  /** Letters that no address may contain, though people and programs write them. */
  private static final String UNWISE = "\"<>\\^`{|}";

  public Link {
    if (!isSafe(href)) {
      throw new IllegalArgumentException("A page leads to the web only");
    }
  }

  /** Empty where it is none; what no address may contain is written as it must be. */
  public static Optional<Link> of(String address) {
    String stripped = address.strip();
    return isSafe(stripped) ? Optional.of(new Link(encoded(stripped))) : Optional.empty();
  }

  private static String encoded(String address) {
    StringBuilder encoded = new StringBuilder(address.length());
    address
        .chars()
        .forEach(
            c ->
                encoded.append(
                    UNWISE.indexOf(c) < 0 ? String.valueOf((char) c) : String.format("%%%02X", c)));
    return encoded.toString();
  }

  private static boolean isSafe(String address) {
    return (address.regionMatches(true, 0, "https://", 0, 8)
            || address.regionMatches(true, 0, "http://", 0, 7))
        && address.codePoints().noneMatch(Link::isOdd);
  }

  /** What a browser drops or would show in another order. */
  private static boolean isOdd(int point) {
    return Character.isISOControl(point)
        || Character.isWhitespace(point)
        || Character.getType(point) == Character.FORMAT;
  }
}
