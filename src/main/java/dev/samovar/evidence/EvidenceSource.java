package dev.samovar.evidence;

import java.time.Duration;

/** Hands out the evidence for one investigation. */
public interface EvidenceSource {
  /**
   * @param id follows every request of the investigation to the server's logs
   * @param budget no single question takes longer
   */
  Evidence open(String id, Duration budget);
}
