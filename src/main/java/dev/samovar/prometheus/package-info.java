/** Metrics from Prometheus, or from what speaks its API: Thanos, Mimir, VictoriaMetrics. */
@NullMarked
package dev.samovar.prometheus;

import org.jspecify.annotations.NullMarked;
