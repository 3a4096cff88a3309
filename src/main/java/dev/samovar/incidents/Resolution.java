package dev.samovar.incidents;

import java.time.Instant;

/**
 * How an incident ended.
 *
 * @param by empty where Samovar itself saw that it is over
 */
public record Resolution(String by, Instant at, String how) {}
