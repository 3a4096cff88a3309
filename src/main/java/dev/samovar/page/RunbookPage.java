package dev.samovar.page;

import java.util.Optional;

/**
 * A runbook, ready to be read.
 *
 * @param link where the team keeps it; empty where it is not known
 */
public record RunbookPage(String title, Markup body, Optional<Link> link) {}
