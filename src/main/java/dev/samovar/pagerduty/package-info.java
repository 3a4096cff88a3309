/** Asks PagerDuty who is on call. */
@NullMarked
package dev.samovar.pagerduty;

import org.jspecify.annotations.NullMarked;
