package dev.samovar.incidents;

import java.time.Instant;

/** What somebody says it really was, or what helped, in words of their own. */
public record Explanation(String words, String user, Instant at) {}
