package dev.samovar.evidence;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The training profiles that were stored ({@code samovar baseline}). */
public interface TrainingProfiles {
  /** Nobody stored any. */
  TrainingProfiles NONE =
      new TrainingProfiles() {
        @Override
        public Optional<TrainingProfile> of(String model, String version) {
          return Optional.empty();
        }

        @Override
        public List<Version> versions(String model) {
          return List.of();
        }
      };

  /** A version that has a profile. */
  record Version(String version, long rows, Instant storedAt, String source) {}

  Optional<TrainingProfile> of(String model, String version) throws EvidenceException;

  /** The one stored last comes first. */
  List<Version> versions(String model) throws EvidenceException;
}
