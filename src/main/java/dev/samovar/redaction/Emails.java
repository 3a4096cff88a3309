package dev.samovar.redaction;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Addresses of people, and not of packages, images, repositories or hosts of one's own. */
final class Emails implements Finder {
  private static final Pattern ADDRESS =
      Pattern.compile(
          "[A-Za-z0-9._%+'-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.){1,8}([A-Za-z]{2,24})\\b");

  /** What ends a file or a host inside, not a public domain. */
  private static final Set<String> NO_DOMAINS =
      Set.of(
          "png",
          "jpg",
          "jpeg",
          "gif",
          "svg",
          "webp",
          "js",
          "ts",
          "css",
          "json",
          "yaml",
          "yml",
          "so",
          "dll",
          "jar",
          "whl",
          "gz",
          "zip",
          "tar",
          "txt",
          "log",
          "local",
          "internal",
          "localhost",
          "localdomain",
          "lan",
          "svc",
          "cluster",
          "onnx",
          "pt",
          "parquet",
          "dev0",
          "rc",
          "post");

  @Override
  public List<Span> find(String text) {
    if (text.indexOf('@') < 0) {
      return List.of();
    }
    List<Span> found = new ArrayList<>();
    Matcher matcher = ADDRESS.matcher(text);
    int at = 0;
    while (at < text.length() && matcher.find(at)) {
      if (!NO_DOMAINS.contains(matcher.group(1).toLowerCase(Locale.ROOT))
          && !isOfAddress(text, matcher.start(), matcher.end())) {
        found.add(new Span(start(text, matcher.start()), matcher.end(), "e-mail address"));
      }
      at = matcher.end();
    }
    return found;
  }

  private static int start(String text, int from) {
    return text.charAt(from) == '\'' ? from + 1 : from;
  }

  /** {@code https://user@host}, {@code git@github.com:acme/repo.git}. */
  private static boolean isOfAddress(String text, int from, int to) {
    int at = from;
    while (at > 0 && !Character.isWhitespace(text.charAt(at - 1)) && from - at < 200) {
      at--;
      if (text.startsWith("://", at)) {
        return true;
      }
    }
    return text.startsWith("git@", from) && to < text.length() && text.charAt(to) == ':';
  }
}
