package dev.samovar.redaction;

import java.util.ArrayList;
import java.util.List;

/** Passwords in URLs, whatever their scheme, and keys that stand where a name would. */
final class Addresses implements Finder {
  private static final Form PASSWORD =
      new Form(
          "password",
          List.of("://"),
          com.google.re2j.Pattern.compile(
              "://[^\\s:/?#@\"'<>\\[\\]]{0,128}:([^\\s/\"'<>]{1,256})@"),
          found -> !Values.isPlaceholder(found));

  /** A password that has a slash in it. */
  private static final Form WITH_SLASH =
      new Form(
          "password",
          List.of("://"),
          com.google.re2j.Pattern.compile(
              "://[A-Za-z0-9_.+-]{1,64}:([^\\s@:\"'<>]{1,128})@[A-Za-z0-9.-]"),
          found -> !Values.isPlaceholder(found) && !found.matches("\\d{1,5}/.*"));

  private static final Form KEY =
      new Form(
          "key",
          List.of("://"),
          com.google.re2j.Pattern.compile("://([A-Za-z0-9_-]{20,})@"),
          Values::looksRandom);

  @Override
  public List<Span> find(String text) {
    List<Span> found = new ArrayList<>(PASSWORD.find(text));
    found.addAll(WITH_SLASH.find(text));
    found.addAll(KEY.find(text));
    return found;
  }
}
