package dev.samovar.checks;

import java.util.List;

/** The catalogue: every check, in the fixed order of {@link CheckId}. */
public final class Checks {
  private Checks() {}

  public static List<Check> all() {
    return List.of(
        new RecentChanges(),
        new PreprocessingChange(),
        new TrainingServingSkew(),
        new DataDrift(),
        new ValidationGap(),
        new StaleModel(),
        new BrokenPipeline(),
        new GpuMemory(),
        new HostResources(),
        new DependencyDrift(),
        new UnversionedArtifacts(),
        new TooGoodToBeTrue(),
        new ErrorBurst(),
        new ServingHealth(),
        new PredictionShift(),
        new ModelQuality(),
        new LoggingGap());
  }
}
