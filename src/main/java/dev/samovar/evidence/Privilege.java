package dev.samovar.evidence;

/**
 * What the configured credentials may do.
 *
 * @param on an index expression; {@code the cluster} for what is no matter of indices
 */
public record Privilege(String name, String on, boolean granted) {}
