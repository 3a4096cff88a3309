package dev.samovar.incidents;

/**
 * Where an incident is talked about.
 *
 * @param thread the message it began with
 * @param answer the one message that tells its present state
 */
public record Place(String channel, String thread, String answer) {}
