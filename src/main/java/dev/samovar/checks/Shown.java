package dev.samovar.checks;

import dev.samovar.evidence.Numbers;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What of a feature may be told: values that many rows share. What one person's row holds is
 * nobody's business, and neither is what tells one person from another.
 */
final class Shown {
  /** Fewer rows than that are a few people's. */
  static final int LEAST_ROWS = 20;

  static final String RARE = "a rare value";
  static final String HIDDEN = "one value (not shown: it identifies)";

  /** A field whose last word is one of these names people or things one by one. */
  private static final Set<String> IDENTIFYING =
      Set.of(
          "id",
          "ids",
          "uuid",
          "guid",
          "email",
          "mail",
          "phone",
          "msisdn",
          "iban",
          "ssn",
          "ip",
          "address",
          "street",
          "token",
          "username",
          "login",
          "surname",
          "firstname",
          "lastname",
          "fullname",
          "passport",
          "card",
          "pan",
          "cookie",
          "session");

  /** … and these only with what stands before: {@code customer_name}, not {@code model_name}. */
  private static final Set<String> OF_PEOPLE =
      Set.of("first", "last", "full", "user", "customer", "person", "account", "holder", "patient");

  /** A UUID, a hash, or an address. */
  private static final Pattern IDENTIFIER =
      Pattern.compile(
          "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}"
              + "|(?=.*[0-9])(?=.*[a-fA-F])[0-9a-fA-F]{16,128}"
              + "|[^@\\s]{1,64}@[^@\\s]{1,190}\\.[A-Za-z]{2,24}");

  private static final MathContext UP = new MathContext(2, RoundingMode.CEILING);
  private static final MathContext DOWN = new MathContext(2, RoundingMode.FLOOR);

  private Shown() {}

  /**
   * @param rows that have the value, then or before
   */
  static String value(String field, String value, long rows) {
    if (rows < LEAST_ROWS) {
      return RARE;
    }
    return isIdentifying(field) || IDENTIFIER.matcher(value).matches() ? HIDDEN : value;
  }

  static boolean isIdentifying(String field) {
    List<String> words =
        List.of(
            field
                .replaceAll("([a-z0-9])([A-Z])", "$1_$2")
                .toLowerCase(Locale.ROOT)
                .split("[^a-z0-9]+"));
    String last = words.get(words.size() - 1);
    return IDENTIFYING.contains(last)
        || (last.equals("name")
            && words.size() > 1
            && OF_PEOPLE.contains(words.get(words.size() - 2)));
  }

  /** The highest value there was is somebody's: two figures of it are told, away from the rest. */
  static String highest(double value) {
    return Numbers.text(new BigDecimal(value).round(UP).doubleValue());
  }

  static String lowest(double value) {
    return Numbers.text(new BigDecimal(value).round(DOWN).doubleValue());
  }
}
