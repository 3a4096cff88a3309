package dev.samovar.evidence;

/** Everything a check may ask. */
public record Evidence(Events events, Metrics metrics) {}
