package dev.samovar.evidence;

import java.time.Instant;
import java.util.List;

/**
 * How the features of a model's version were distributed in the data it was trained on, in bins
 * that were fixed then.
 *
 * @param source what it was computed from: a file's name, an index
 * @param rows of the training data
 */
public record TrainingProfile(
    String model,
    String version,
    Instant storedAt,
    String source,
    long rows,
    List<Feature> features) {

  /**
   * One feature.
   *
   * @param histogram its bins and how many rows fell into each; the field by its canonical name
   */
  public record Feature(Catalog.Kind kind, Histogram histogram) {
    public String field() {
      return histogram.binning().field();
    }
  }

  public TrainingProfile {
    features = List.copyOf(features);
  }
}
