/**
 * From what somebody wrote to what they ask: whether it is a report, about which model, since when,
 * with which symptoms. Pure: the words alone decide. Knows triage's value types, nothing else.
 */
@NullMarked
package dev.samovar.understanding;

import org.jspecify.annotations.NullMarked;
