package dev.samovar.lockfile;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.nio.charset.StandardCharsets;

/** Any bytes as a lock file. */
public final class LockFuzz {
  private LockFuzz() {}

  public static void eat(byte[] bytes) {
    try {
      int unused =
          LockFileFolder.parse("lock", new String(bytes, StandardCharsets.UTF_8)).pinned().size();
    } catch (JsonProcessingException e) {
      // No JSON; that is said where files are read.
    }
  }
}
