package dev.samovar.conversation;

import java.time.Instant;
import java.time.ZoneId;

/**
 * Decides from the words alone. Texts are as Slack delivers them: markup, emoji codes, entities.
 */
public interface Conversation {

  /** What follows {@code /triage}. Never {@link Reply.Silence}. */
  Reply command(String text, Instant now, ZoneId zone);

  /**
   * Said to Samovar: a mention (already cut off) or a direct message. Never {@link Reply.Silence}.
   */
  Reply addressed(String text, Instant now, ZoneId zone);

  /** Said in an incident channel, to nobody in particular. */
  Reply overheard(String text, Instant now, ZoneId zone);
}
