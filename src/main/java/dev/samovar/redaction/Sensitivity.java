package dev.samovar.redaction;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** How much a key says about its value. */
enum Sensitivity {
  /** Nothing. */
  NONE,
  /** It is a secret if it looks like one. */
  LIKELY,
  /** It is a secret unless it plainly is none. */
  CERTAIN;

  private static final Set<String> PASSWORDS =
      Set.of("password", "passwd", "passwort", "pwd", "passphrase", "passcode", "pass", "pw");
  private static final Set<String> SECRETS =
      Set.of(
          "secret",
          "secrets",
          "credential",
          "credentials",
          "sig",
          "sessionid",
          "csrftoken",
          "authtoken",
          "accesstoken",
          "apikey",
          "secretkey",
          "accesskey",
          "privatekey",
          "apitoken",
          "authkey",
          "apisecret",
          "clientsecret",
          "jsessionid",
          "phpsessid",
          "otp",
          "dsn");
  private static final Set<String> KEYS =
      Set.of(
          "api",
          "secret",
          "access",
          "private",
          "account",
          "encryption",
          "decryption",
          "signing",
          "master",
          "auth",
          "app",
          "application",
          "license",
          "storage",
          "ssh",
          "service",
          "client",
          "admin",
          "integration",
          "routing",
          "ingest",
          "write",
          "read",
          "server",
          "webhook",
          "hmac");
  private static final Set<String> OTHER_TOKENS =
      Set.of(
          "eos",
          "bos",
          "pad",
          "unk",
          "cls",
          "sep",
          "mask",
          "special",
          "max",
          "min",
          "num",
          "n",
          "per",
          "next",
          "prev",
          "previous",
          "page",
          "continuation",
          "sync",
          "stop",
          "start",
          "end",
          "image",
          "vocab",
          "added",
          "new",
          "first",
          "last",
          "prompt",
          "completion",
          "input",
          "output",
          "total",
          "unexpected",
          "invalid");

  /** A whole word of Slack's, a model's or a log's that only ends like a secret. */
  static Sensitivity of(String key) {
    List<String> words = words(key);
    if (words.isEmpty()) {
      return NONE;
    }
    String last = words.get(words.size() - 1);
    String before = words.size() < 2 ? "" : words.get(words.size() - 2);
    String whole = String.join("", words.subList(Math.max(0, words.size() - 2), words.size()));
    if (PASSWORDS.contains(last) || last.endsWith("password") || last.endsWith("passwd")) {
      return CERTAIN;
    }
    boolean isToken = last.equals("token") && !OTHER_TOKENS.contains(before);
    boolean isKey = last.equals("key") && KEYS.contains(before);
    boolean isKeyId =
        last.equals("id")
            && before.equals("key")
            && words.size() > 2
            && Set.of("private", "access").contains(words.get(words.size() - 3));
    boolean isSession = (before.equals("session") && last.equals("id")) || last.equals("session");
    return SECRETS.contains(last)
            || SECRETS.contains(whole)
            || isToken
            || isKey
            || isKeyId
            || isSession
            || last.endsWith("secret")
            || last.endsWith("apikey")
            || last.endsWith("accesskey")
        ? LIKELY
        : NONE;
  }

  boolean isSecret(String value) {
    return switch (this) {
      case NONE -> false;
      case LIKELY -> Values.looksRandom(value);
      case CERTAIN -> !Values.isPlaceholder(value) && !value.startsWith("(");
    };
  }

  String what(String key) {
    if (this == CERTAIN) {
      return "password";
    }
    String lower = key.toLowerCase(Locale.ROOT);
    return lower.contains("token") ? "token" : lower.contains("key") ? "key" : "secret";
  }

  /** {@code spring.datasource.apiKey} in words. */
  static List<String> words(String key) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    for (int i = 0; i < key.length(); i++) {
      char here = key.charAt(i);
      boolean isLetter = Character.isLetterOrDigit(here);
      boolean begins =
          Character.isUpperCase(here) && i > 0 && Character.isLowerCase(key.charAt(i - 1));
      if ((begins || !isLetter) && !word.isEmpty()) {
        words.add(word.toString().toLowerCase(Locale.ROOT));
        word.setLength(0);
      }
      if (isLetter) {
        word.append(here);
      }
    }
    if (!word.isEmpty()) {
      words.add(word.toString().toLowerCase(Locale.ROOT));
    }
    return words;
  }
}
