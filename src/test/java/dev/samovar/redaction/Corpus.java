package dev.samovar.redaction;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;

/** Secrets in the forms that their makers document, and what looks like them; by a seed. */
final class Corpus {
  private static final String UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  private static final String LOWER = "abcdefghijklmnopqrstuvwxyz";
  private static final String DIGITS = "0123456789";
  private static final String LETTERS = UPPER + LOWER;
  private static final String WORD = LETTERS + DIGITS;
  private static final String URL = WORD + "-_";
  private static final String BASE64 = WORD + "+/";
  private static final String BASE32 = UPPER + "234567";
  private static final String HEX = DIGITS + "abcdef";

  /** Where a token turns up by itself. */
  private static final List<String> ANYWHERE =
      List.of(
          "%s",
          "401 Unauthorized for %s",
          "ERROR auth - rejected credential '%s' from worker-7",
          "{\"message\":\"invalid key %s\",\"level\":\"error\"}",
          "Traceback: ValueError: bad key \"%s\"",
          "using key=%s, retry 2/5",
          "env: KEY=%s LANG=C",
          "GET /v1/models?access=%s HTTP/1.1",
          "(%s)",
          "<%s>",
          "[2026-11-25 14:33:01] %s: refused",
          "`%s` expired",
          "old:%s,new:none");

  /** Where what stands after the key is secret, whatever it looks like. */
  private static final List<String> AFTER_KEY =
      List.of(
          "password=%s",
          "DB_PASSWORD=%s",
          "\"password\":\"%s\"",
          "'api_key': '%s'",
          "client_secret: %s",
          "X-Api-Key: %s",
          "--token %s",
          "auth_token=\"%s\"",
          "secretKey=%s&region=eu",
          "Authorization: Bearer %s",
          "postgres://svc:%s@db:5432/features",
          "spring.datasource.password=%s",
          "\\\"password\\\":\\\"%s\\\"",
          "<password>%s</password>",
          "AccountKey=%s;EndpointSuffix=core.windows.net");

  private static final List<String> PERSONAL =
      List.of(
          "user %s not found",
          "\"contact\":\"%s\"",
          "could not parse '%s' as float",
          "row 17: [%s, 12.5, DE]",
          "customer=%s declined");

  private final Random random;

  Corpus(long seed) {
    random = new Random(seed);
  }

  private String of(String alphabet, int length) {
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }

  private <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  /** A prefix in two parts, which no scanner of repositories takes for a token. */
  private Supplier<String> form(String one, String two, String alphabet, int length) {
    return () -> one + two + of(alphabet, length);
  }

  private List<Supplier<String>> tokens() {
    return List.of(
        form("AK", "IA", BASE32, 16),
        form("AS", "IA", BASE32, 16),
        form("AI", "za", URL, 35),
        form("ya", "29.", URL, 120),
        form("GOC", "SPX-", URL, 28),
        () -> of(WORD, 3) + "8Q" + "~" + of(URL, 34),
        form("gh", "p_", WORD, 36),
        form("gh", "o_", WORD, 36),
        form("gh", "s_", WORD, 36),
        form("gh", "r_", WORD, 76),
        () -> "github" + "_pat_" + of(WORD, 22) + "_" + of(WORD, 59),
        form("gl", "pat-", URL, 20),
        form("gl", "dt-", URL, 20),
        form("gl", "ptt-", HEX, 40),
        () -> "xo" + "xb-" + of(DIGITS, 12) + "-" + of(DIGITS, 13) + "-" + of(WORD, 24),
        () -> "xa" + "pp-1-A" + of(UPPER, 10) + "-" + of(DIGITS, 13) + "-" + of(HEX, 64),
        form("sk", "_live_", WORD, 24),
        form("rk", "_test_", WORD, 99),
        form("wh", "sec_", WORD, 32),
        () -> "sk" + "-" + of(WORD, 20) + "T3Blb" + "kFJ" + of(WORD, 20),
        () -> "sk" + "-proj-" + of(URL, 74) + "T3Blb" + "kFJ" + of(URL, 74),
        () -> "sk" + "-ant-api03-" + of(URL, 93) + "AA",
        form("h", "f_", LETTERS, 34),
        form("np", "m_", WORD, 36),
        form("py", "pi-AgEIcHlwaS5vcmc", URL, 120),
        form("S", "K", HEX, 32),
        () -> "SG" + "." + of(URL, 22) + "." + of(URL, 43),
        form("da", "pi", HEX, 32),
        () -> "gl" + "sa_" + of(WORD, 32) + "_" + of(HEX, 8),
        form("hv", "s.", URL, 95),
        () -> of(HEX, 32) + "-us" + (1 + random.nextInt(20)),
        form("NR", "AK-", UPPER + DIGITS, 27),
        form("dck", "r_pat_", URL, 27),
        form("do", "p_v1_", HEX, 64),
        form("lin", "_api_", WORD, 40),
        form("shp", "at_", HEX, 32),
        form("pu", "l-", HEX, 40),
        () -> of(WORD, 14) + ".at" + "lasv1." + of(URL, 64),
        form("gs", "k_", WORD, 52),
        form("r", "8_", WORD, 37),
        () -> "ey" + "J" + of(URL, 30) + ".ey" + "J" + of(URL, 60) + "." + of(URL, 86),
        () ->
            "-----BEGIN RSA PRIV"
                + "ATE KEY-----\\n"
                + lines()
                + "-----END RSA PRIV"
                + "ATE KEY-----",
        () ->
            "-----BEGIN PRIV"
                + "ATE KEY-----\n"
                + lines().replace("\\n", "\n")
                + "-----END PRIV"
                + "ATE KEY-----");
  }

  private String lines() {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 3 + random.nextInt(20); i++) {
      lines.append(of(BASE64, 64)).append("\\n");
    }
    return lines.toString();
  }

  private List<Supplier<String>> passwords() {
    return List.of(
        () -> of(WORD, 10 + random.nextInt(20)) + random.nextInt(10) + "a",
        () -> of(HEX, 32) + "0a",
        () -> of(BASE64, 42) + "1a=",
        () ->
            UUID.nameUUIDFromBytes(of(WORD, 9).getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .toString(),
        () ->
            Base64.getEncoder()
                .encodeToString(
                    (of(URL, 20) + ":" + of(URL, 22))
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8)));
  }

  private List<Supplier<String>> personal() {
    return List.of(
        () ->
            of(LOWER, 6)
                + "."
                + of(LOWER, 7)
                + "@"
                + of(LOWER, 6)
                + one(List.of(".com", ".de", ".co.uk", ".io")),
        () ->
            "+"
                + one(List.of("49", "44", "33", "1", "91", "351", "420"))
                + one(List.of(" ", "-", ""))
                + "2"
                + of(DIGITS, 2)
                + one(List.of(" ", "-", ""))
                + "5"
                + of(DIGITS, 6),
        () -> card(one(List.of("4", "51", "55", "2221", "6011", "62")), 16),
        () -> card("37", 15),
        () -> card("4", 16).replaceAll("(\\d{4})(?=\\d)", "$1 "),
        () -> iban("DE", of(DIGITS, 18)),
        () -> iban("GB", of(UPPER, 4) + of(DIGITS, 14)),
        () -> iban("NL", of(UPPER, 4) + of(DIGITS, 10)),
        () ->
            iban("FR", of(DIGITS, 10) + of(UPPER, 11) + of(DIGITS, 2))
                .replaceAll("(.{4})(?=.)", "$1 "));
  }

  private String card(String prefix, int length) {
    String most = prefix + of(DIGITS, length - 1 - prefix.length());
    for (int check = 0; check < 10; check++) {
      int sum = 0;
      String all = most + check;
      for (int i = 0; i < length; i++) {
        int digit = all.charAt(length - 1 - i) - '0';
        sum += i % 2 == 0 ? digit : digit * 2 / 10 + digit * 2 % 10;
      }
      if (sum % 10 == 0) {
        return all;
      }
    }
    throw new IllegalStateException("One of ten digits is right");
  }

  private static String iban(String country, String account) {
    StringBuilder number = new StringBuilder();
    (account + country + "00").chars().forEach(c -> number.append(Character.digit(c, 36)));
    int check = 98 - new BigInteger(number.toString()).mod(BigInteger.valueOf(97)).intValue();
    return country + String.format(Locale.ROOT, "%02d", check) + account;
  }

  private List<Supplier<String>> harmless() {
    return List.of(
        () -> "commit " + of(HEX, 40) + " by ci",
        () -> "image@sha256:" + of(HEX, 64) + " pulled in 3.1 s",
        () ->
            "request "
                + new UUID(random.nextLong(), random.nextLong())
                + " took "
                + random.nextInt(900)
                + " ms",
        () -> "trace.id=" + of(HEX, 32) + " span.id=" + of(HEX, 16) + " parent=" + of(HEX, 16),
        () -> "traceparent: 00-" + of(HEX, 32) + "-" + of(HEX, 16) + "-01",
        () ->
            "2026-11-"
                + (10 + random.nextInt(20))
                + "T0"
                + random.nextInt(10)
                + ":1"
                + random.nextInt(10)
                + ":22."
                + of(DIGITS, 6)
                + "Z INFO ok",
        () ->
            "order_id="
                + (1 + random.nextInt(9))
                + of(DIGITS, 9 + random.nextInt(4))
                + " amount="
                + random.nextInt(900)
                + "."
                + of(DIGITS, 2),
        () -> "fraud-scorer:" + 20261100 + random.nextInt(30) + "-" + of(HEX, 7) + " loaded",
        () -> "data:image/png;base64,iVBORw0KGgo" + of(BASE64, 200) + "==",
        () -> "etag \"" + of(HEX, 32) + "\" unchanged",
        () ->
            "pod fraud-scorer-"
                + of("bcdfghjklmnpqrstvwxz2456789", 10)
                + "-"
                + of("bcdfghjklmnpqrstvwxz2456789", 5)
                + " OOMKilled",
        () ->
            "ts=17"
                + of(DIGITS, 17)
                + " partition="
                + random.nextInt(64)
                + " offset="
                + of(DIGITS, 12),
        () ->
            "s3://models/fraud/"
                + of(HEX, 8)
                + "/part-"
                + of(DIGITS, 5)
                + "-"
                + new UUID(random.nextLong(), random.nextLong())
                + ".snappy.parquet",
        () ->
            "loss="
                + random.nextDouble()
                + " lr="
                + random.nextFloat()
                + " step="
                + random.nextInt(1_000_000),
        () -> "mlflow run " + of(HEX, 32) + " experiment " + of(DIGITS, 18) + " FINISHED",
        () -> "integrity sha512-" + of(BASE64, 86) + "== of package",
        () -> "0x" + of(HEX, 16) + " in libtorch_cuda.so+0x" + of(HEX, 6),
        () ->
            "bbox=["
                + random.nextInt(999)
                + "."
                + of(DIGITS, 4)
                + ", "
                + random.nextInt(999)
                + "."
                + of(DIGITS, 4)
                + "]",
        () ->
            "tokens="
                + random.nextInt(9000)
                + " max_tokens="
                + random.nextInt(9000)
                + " eos_token=</s>",
        () ->
            "primary_key="
                + of(DIGITS, 8)
                + " cache_key=features:v"
                + random.nextInt(9)
                + ":"
                + of(HEX, 12),
        () ->
            "GPU-"
                + new UUID(random.nextLong(), random.nextLong())
                + " temperature "
                + random.nextInt(99),
        () ->
            "torch==2."
                + random.nextInt(9)
                + "."
                + random.nextInt(9)
                + "+cu12"
                + random.nextInt(9)
                + " numpy==1.26."
                + random.nextInt(9),
        () ->
            "GET /api/v2/items/"
                + of(DIGITS, 9)
                + "?page="
                + random.nextInt(99)
                + "&sort=desc 200 "
                + of(DIGITS, 5));
  }

  /** As many lines as that of each form and context. */
  List<MarkedLine> lines(int each) {
    List<MarkedLine> lines = new ArrayList<>();
    for (int i = 0; i < each; i++) {
      tokens().forEach(token -> lines.add(marked(one(ANYWHERE), token.get())));
      AFTER_KEY.forEach(context -> lines.add(marked("conf " + context, one(passwords()).get())));
      personal().forEach(data -> lines.add(marked(one(PERSONAL), data.get())));
      harmless().forEach(line -> lines.add(new MarkedLine(line.get(), List.of())));
    }
    return lines;
  }

  private static MarkedLine marked(String context, String secret) {
    return new MarkedLine(context.replace("%s", secret), List.of(secret));
  }
}
