package dev.samovar.oncall;

import java.time.ZoneId;
import java.util.Optional;

/**
 * Somebody of a schedule, as the other program knows the person.
 *
 * @param zone where the person lives
 */
public record Contact(String name, Optional<String> email, Optional<ZoneId> zone) {}
