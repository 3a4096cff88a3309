package dev.samovar.redaction;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Addresses of hosts, in both versions; not one's own, and not the numbers of versions. */
final class IpAddresses implements Finder {
  private static final Pattern FOUR = Pattern.compile("[0-9]{1,3}(?:\\.[0-9]{1,3}){3}");
  private static final Pattern SIX = Pattern.compile("[0-9A-Fa-f]{0,4}(?::[0-9A-Fa-f]{0,4}){2,7}");
  private static final Set<String> VERSIONS =
      Set.of("version", "v", "driver", "build", "release", "release of", "firmware");

  @Override
  public List<Span> find(String text) {
    List<Span> found = new ArrayList<>();
    collect(text, FOUR, found);
    if (text.indexOf(':') >= 0) {
      collect(text, SIX, found);
    }
    return found;
  }

  private static void collect(String text, Pattern pattern, List<Span> found) {
    Matcher matcher = pattern.matcher(text);
    int at = 0;
    while (at < text.length() && matcher.find(at)) {
      int from = matcher.start();
      int to = matcher.end();
      String address = text.substring(from, to);
      boolean isFour = address.indexOf(':') < 0;
      if (isAlone(text, from, to)
          && (isFour ? isFour(address) : isSix(address))
          && !VERSIONS.contains(Numbers.labelBefore(text, from))) {
        found.add(new Span(from, to, "IP address"));
      }
      at = Math.max(at + 1, to);
    }
  }

  private static boolean isAlone(String text, int from, int to) {
    boolean before =
        from == 0
            || (!Character.isLetterOrDigit(text.charAt(from - 1))
                && "._-:".indexOf(text.charAt(from - 1)) < 0);
    boolean after =
        to == text.length()
            || (!Character.isLetterOrDigit(text.charAt(to))
                && "_-".indexOf(text.charAt(to)) < 0
                && !(text.charAt(to) == '.'
                    && to + 1 < text.length()
                    && Character.isLetterOrDigit(text.charAt(to + 1))));
    return before && after;
  }

  private static boolean isFour(String address) {
    for (String part : address.split("\\.", -1)) {
      if (Integer.parseInt(part) > 255 || (part.length() > 1 && part.startsWith("0"))) {
        return false;
      }
    }
    return !address.startsWith("127.") && !address.startsWith("0.") && !address.startsWith("255.");
  }

  private static boolean isSix(String address) {
    int gap = address.indexOf("::");
    if (gap != address.lastIndexOf("::") || address.contains(":::")) {
      return false;
    }
    long groups =
        java.util.Arrays.stream(address.split(":", -1)).filter(one -> !one.isEmpty()).count();
    boolean isWhole =
        gap < 0
            ? groups == 8 && !address.startsWith(":") && !address.endsWith(":")
            : groups >= 2 && groups < 8;
    return isWhole && !address.equals("::1");
  }
}
