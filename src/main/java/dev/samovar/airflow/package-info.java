/**
 * Airflow 2 and 3: the runs of the pipelines that models name. Knows the evidence it gives and the
 * client it asks with, and nobody else.
 */
@NullMarked
package dev.samovar.airflow;

import org.jspecify.annotations.NullMarked;
