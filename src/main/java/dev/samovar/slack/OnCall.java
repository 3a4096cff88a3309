package dev.samovar.slack;

/**
 * Who answers for a team just now.
 *
 * @param user an id of Slack
 */
public record OnCall(String team, String user) {}
