package dev.samovar.evidence;

import java.time.Duration;
import java.util.Optional;

/** Hears how sources answer, for those who watch Samovar itself. Called from any thread. */
public interface SourceListener {
  SourceListener NONE = (source, failure, took) -> {};

  /**
   * A source was asked something.
   *
   * @param source as people know it: “Elasticsearch”
   * @param failure empty where it answered
   */
  void asked(String source, Optional<EvidenceException> failure, Duration took);
}
