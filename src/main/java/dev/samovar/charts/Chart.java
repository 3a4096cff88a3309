package dev.samovar.charts;

/** What a picture shows, before anything is drawn. */
sealed interface Chart permits CourseChart, DistributionChart, TimelineChart {
  /** At its head. */
  String title();

  /** What it says, in a sentence. */
  String alt();
}
