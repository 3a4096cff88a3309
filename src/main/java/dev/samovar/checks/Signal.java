package dev.samovar.checks;

import dev.samovar.evidence.Condition;
import dev.samovar.evidence.Query;

/**
 * A share over time in which a finding should show its beginning: events that meet the condition
 * among the events of the query.
 *
 * @param name as a reader would say it: {@code share of passenger_count = 0}
 */
public record Signal(String name, Query query, Condition condition) {}
