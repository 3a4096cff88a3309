package dev.samovar.standin;

import java.time.ZoneId;

/**
 * Somebody of the workspace.
 *
 * @param id as Slack's: a {@code U}, then capitals and digits
 * @param name as people mention it
 */
public record Member(String id, String name, String realName, String role, ZoneId zone) {}
