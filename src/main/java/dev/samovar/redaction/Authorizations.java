package dev.samovar.redaction;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** What follows {@code Authorization:}, {@code Bearer}, {@code Basic} and the like; cookies. */
final class Authorizations implements Finder {
  private static final Form HEADER =
      Form.of(
          "authorization",
          List.of("authorization"),
          "(?i)authorization\\\\?[\"']?\\s{0,3}(?:[:=]|=>)\\s{0,3}\\\\?[\"']?\\s{0,3}"
              + "(?:(?:bearer|basic|token|apikey|ssws|digest|negotiate|splunk|genie-?key|key|bot|jwt|oauth)\\s{1,3})"
              + "([A-Za-z0-9+/=_.~:%-]{8,})");

  private static final Form BARE =
      new Form(
          "authorization",
          List.of("authorization"),
          com.google.re2j.Pattern.compile(
              "(?i)authorization\\\\?[\"']?\\s{0,3}[:=]\\s{0,3}\\\\?[\"']?([A-Za-z0-9+/=_.~-]{12,})"),
          Values::looksRandom);

  private static final Form SCHEME =
      new Form(
          "authorization",
          List.of("bearer", "apikey ", "ssws "),
          com.google.re2j.Pattern.compile(
              "(?i)\\b(?:bearer|apikey|ssws)\\s{1,3}([A-Za-z0-9+/=_.~-]{12,})"),
          Values::looksRandom);

  private static final Form BASIC =
      new Form(
          "authorization",
          List.of("basic "),
          com.google.re2j.Pattern.compile("(?i)\\bbasic\\s{1,3}([A-Za-z0-9+/]{8,}={0,2})"),
          Authorizations::isNameAndPassword);

  private static final Form COOKIE =
      new Form(
          "cookie",
          List.of("cookie"),
          com.google.re2j.Pattern.compile(
              "(?i)\\b(?:set-)?cookie\\\\?[\"']?\\s{0,3}[:=]\\s{0,3}\\\\?[\"']?((?:[A-Za-z0-9_.-]{1,64}=[^;\\s\"',]{8,}(?:;\\s?)?)+)"),
          found -> true);

  private static final Form CURL =
      Form.of(
          "password",
          List.of("-u ", "--user "),
          "(?:^|\\s)(?:-u|--user)\\s{1,3}[\"']?[A-Za-z0-9_.@-]{1,64}:([^\\s\"']{3,})");

  private static final List<Form> ALL = List.of(HEADER, BARE, SCHEME, BASIC, COOKIE, CURL);

  @Override
  public List<Span> find(String text) {
    List<Span> found = new ArrayList<>();
    ALL.forEach(form -> found.addAll(form.find(text)));
    return found;
  }

  private static boolean isNameAndPassword(String encoded) {
    try {
      String decoded = new String(Base64.getDecoder().decode(encoded), StandardCharsets.ISO_8859_1);
      return decoded.indexOf(':') >= 0 && decoded.chars().allMatch(c -> c >= ' ' && c < 127);
    } catch (IllegalArgumentException e) {
      return false; // no base64, so no credentials
    }
  }
}
