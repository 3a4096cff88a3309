package dev.samovar.checks;

import java.util.List;

/** The catalogue: every check that is built, in the fixed order of {@link CheckId}. */
public final class Checks {
  private Checks() {}

  public static List<Check> all() {
    return List.of(
        new RecentChanges(),
        new PreprocessingChange(),
        new TrainingServingSkew(),
        new DataDrift(),
        new StaleModel(),
        new GpuMemory(),
        new ErrorBurst(),
        new PredictionShift());
  }
}
