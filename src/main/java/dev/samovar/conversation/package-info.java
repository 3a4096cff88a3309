/**
 * What to do about something that was said, the same in Slack and in the sandbox's prompt: stay
 * silent, say a few words, or investigate. Knows understanding, triage and evidence's value types.
 */
@NullMarked
package dev.samovar.conversation;

import org.jspecify.annotations.NullMarked;
