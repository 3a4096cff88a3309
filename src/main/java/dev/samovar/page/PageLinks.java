package dev.samovar.page;

import dev.samovar.incidents.Incident;
import dev.samovar.incidents.Publication;
import dev.samovar.incidents.Run;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signed links to incidents' pages: {@code /r/ID.EDITION.END.SIGNATURE}. Who has none can't make
 * one; each ends at its time, or when another edition of links begins.
 */
public final class PageLinks {
  static final String PATH = "/r/";

  /** So that nothing else that is ever signed with the key can pass for a link. */
  private static final String PURPOSE = "samovar report link 1:";

  private static final int RADIX = 36;
  private static final Pattern TOKEN =
      Pattern.compile("(([A-Za-z0-9_-]{1,64})\\.([0-9a-z]{1,6})\\.([0-9a-z]{1,8}))\\.(.{1,100})");

  private final String baseUrl;
  private final byte[] key;
  private final Duration expire;

  /**
   * @param baseUrl where people reach the server
   * @param key at least 32 bytes; another one ends all links
   * @param expire how long a link lasts after the last look
   */
  public PageLinks(String baseUrl, String key, Duration expire) {
    this.baseUrl = baseUrl.endsWith("/") ? baseUrl.substring(0, baseUrl.length() - 1) : baseUrl;
    this.key = key.getBytes(StandardCharsets.UTF_8);
    this.expire = expire;
  }

  /** The same for the same state; empty where there is no report yet, or nobody may see it. */
  public Optional<String> of(Incident incident) {
    Publication page = Publication.of(incident);
    return incident.report().isEmpty() || page.revoked()
        ? Optional.empty()
        : Optional.of(baseUrl + PATH + token(incident.id(), page.edition(), end(incident)));
  }

  private Instant end(Incident incident) {
    Instant last =
        incident.runs().stream()
            .map(Run::at)
            .max(Instant::compareTo)
            .orElse(incident.opening().at());
    return last.plus(expire);
  }

  private String token(String id, int edition, Instant end) {
    String said =
        id
            + "."
            + Integer.toString(edition, RADIX)
            + "."
            + Long.toString(end.getEpochSecond(), RADIX);
    return said + "." + signature(said);
  }

  /**
   * What a link says.
   *
   * @param end when it ends
   */
  record Ticket(String id, int edition, Instant end) {}

  /** Empty for what was not signed here. */
  Optional<Ticket> read(String token) {
    Matcher parts = TOKEN.matcher(token);
    if (!parts.matches()) {
      return Optional.empty();
    }
    boolean isSigned =
        MessageDigest.isEqual(
            signature(parts.group(1)).getBytes(StandardCharsets.UTF_8),
            parts.group(5).getBytes(StandardCharsets.UTF_8));
    return isSigned
        ? Optional.of(
            new Ticket(
                parts.group(2),
                Integer.parseInt(parts.group(3), RADIX),
                Instant.ofEpochSecond(Long.parseLong(parts.group(4), RADIX))))
        : Optional.empty();
  }

  private String signature(String said) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      mac.update(PURPOSE.getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(mac.doFinal(said.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every JDK has HmacSHA256", e);
    }
  }
}
