package dev.samovar.checks;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Something that is not logged as it was. */
record LogGap(
    double strength, String text, Fact fact, List<Signal> signals, Optional<Instant> since) {}
