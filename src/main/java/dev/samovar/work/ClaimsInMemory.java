package dev.samovar.work;

import java.util.LinkedHashMap;
import java.util.Map;

/** Keeps the last claims while the process lives. */
public final class ClaimsInMemory implements Claims {
  private final int most;
  private final Map<String, String> claims = new LinkedHashMap<>();

  public ClaimsInMemory(int most) {
    this.most = most;
  }

  @Override
  public synchronized boolean claim(String what, String by) {
    String owner = claims.putIfAbsent(what, by);
    if (claims.size() > most) {
      claims.remove(claims.keySet().iterator().next());
    }
    return owner == null || owner.equals(by);
  }
}
