/**
 * Samovar in Slack: the only room that knows Slack. Acknowledges at once, works in a bounded pool,
 * answers once. Knows conversation, triage, report's wording and runbooks.
 */
@NullMarked
package dev.samovar.slack;

import org.jspecify.annotations.NullMarked;
