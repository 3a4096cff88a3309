package dev.samovar.redaction;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Account numbers: a country's length, and the remainder of ISO 7064. */
final class Ibans implements Finder {
  private static final int SHORTEST = 15;

  /** From the IBAN registry. */
  private static final Map<String, Integer> LENGTHS =
      lengths(
          "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 "
              + "DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 "
              + "IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 "
              + "ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 "
              + "RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20");

  private static Map<String, Integer> lengths(String list) {
    Map<String, Integer> lengths = new java.util.HashMap<>();
    for (String one : list.split(" ", -1)) {
      lengths.put(one.substring(0, 2), Integer.parseInt(one.substring(2)));
    }
    return Map.copyOf(lengths);
  }

  @Override
  public List<Span> find(String text) {
    if (!Numbers.hasDigits(text, 8)) {
      return List.of();
    }
    List<Span> found = new ArrayList<>();
    int at = 0;
    while (at + SHORTEST <= text.length()) {
      int to = begins(text, at) ? end(text, at) : -1;
      if (to > 0 && isRight(text.substring(at, to).replace(" ", ""))) {
        found.add(new Span(at, to, "IBAN"));
        at = to;
      } else {
        at++;
      }
    }
    return found;
  }

  /** Two capitals and two digits, at the beginning of a word. */
  private static boolean begins(String text, int at) {
    return isCapital(text.charAt(at))
        && isCapital(text.charAt(at + 1))
        && isDigit(text.charAt(at + 2))
        && isDigit(text.charAt(at + 3))
        && (at == 0 || !Character.isLetterOrDigit(text.charAt(at - 1)));
  }

  private static boolean isCapital(char letter) {
    return letter >= 'A' && letter <= 'Z';
  }

  private static boolean isDigit(char letter) {
    return letter >= '0' && letter <= '9';
  }

  private static int end(String text, int from) {
    @Nullable Integer length = LENGTHS.get(text.substring(from, from + 2));
    return length == null ? -1 : end(text, from, length);
  }

  /** Where that many letters end, in fours or together; negative where there are fewer or more. */
  private static int end(String text, int from, int length) {
    int at = from;
    int seen = 0;
    while (at < text.length() && seen < length) {
      char here = text.charAt(at);
      if (here < 128 && Character.isLetterOrDigit(here)) {
        seen++;
      } else if (here != ' ' || seen % 4 != 0) {
        return -1;
      }
      at++;
    }
    boolean goesOn = at < text.length() && Character.isLetterOrDigit(text.charAt(at));
    return seen == length && !goesOn ? at : -1;
  }

  static boolean isRight(String iban) {
    String turned = iban.substring(4) + iban.substring(0, 4);
    int rest = 0;
    for (int i = 0; i < turned.length(); i++) {
      int value = Character.digit(turned.charAt(i), 36);
      rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
    }
    return rest == 1;
  }
}
