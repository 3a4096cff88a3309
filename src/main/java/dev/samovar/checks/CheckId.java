package dev.samovar.checks;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The fixed set of CONTRACT.md, section 5, in its order. The id names the class, the runbook page,
 * the row of the report and the documentation.
 */
public enum CheckId {
  RECENT_CHANGES(
      Role.CAUSE,
      "what did somebody change just before the onset: code, config, model, data, flags,"
          + " infrastructure?"),
  PREPROCESSING_CHANGE(
      Role.CAUSE,
      "did the preprocessing change (“slightly modified”): its version or hash, or how the"
          + " features look right after?"),
  TRAINING_SERVING_SKEW(
      Role.CAUSE, "do features at serving time differ from those the model was trained on?"),
  DATA_DRIFT(Role.CAUSE, "has the input itself moved away from its own recent normal?"),
  VALIDATION_GAP(
      Role.CAUSE,
      "is there an edge case that no validation rule catches and that is now a large share of"
          + " traffic? which slice?"),
  STALE_MODEL(
      Role.CAUSE,
      "has retraining not run, failed, or run on old data, for longer than its schedule allows?"),
  BROKEN_PIPELINE(
      Role.CAUSE,
      "is an upstream pipeline failing, late, lagging (Kafka, Flink, Airflow) or delivering less"
          + " or empty data?"),
  GPU_MEMORY(
      Role.CAUSE,
      "GPU out of memory, or a leak heading there; which host, process and since when?"),
  HOST_RESOURCES(
      Role.CAUSE,
      "host memory, disk, CPU, restarts, evictions, failing GPUs or network (Xid, ECC, NCCL)?"),
  DEPENDENCY_DRIFT(
      Role.CAUSE,
      "do library, CUDA or driver versions differ between training, serving and the lock file"
          + " (“wrong PyTorch”)?"),
  UNVERSIONED_ARTIFACTS(
      Role.CAUSE,
      "can code, data and model in production be traced to a version; is what runs what was"
          + " released?"),
  TOO_GOOD_TO_BE_TRUE(
      Role.CAUSE, "was this model released on suspicious evaluation figures (leakage, 99.9 %)?"),
  ERROR_BURST(
      Role.SYMPTOM,
      "which errors and log patterns are new, surging or vanished? known signatures are named"),
  SERVING_HEALTH(
      Role.SYMPTOM,
      "latency, error rate, traffic and saturation against the SLO and their own normal"),
  PREDICTION_SHIFT(Role.SYMPTOM, "have predictions moved, frozen, gone null or NaN?"),
  MODEL_QUALITY(Role.SYMPTOM, "has measured quality dropped; since when; on which segment?"),
  LOGGING_GAP(
      Role.SYMPTOM, "are logs or fields missing, late or silent, so that the others cannot see?");

  /** Whether a finding says why something is wrong, or that something is. */
  public enum Role {
    CAUSE,
    SYMPTOM
  }

  private final Role role;
  private final String question;

  CheckId(Role role, String question) {
    this.role = role;
    this.question = question;
  }

  public Role role() {
    return role;
  }

  public String question() {
    return question;
  }

  /** {@code preprocessing-change}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public static Optional<CheckId> of(String id) {
    return Stream.of(values()).filter(check -> check.id().equals(id)).findFirst();
  }

  @Override
  public String toString() {
    return id();
  }
}
