/** Asks Grafana OnCall (Grafana IRM) who is on call. */
@NullMarked
package dev.samovar.grafanaoncall;

import org.jspecify.annotations.NullMarked;
