package dev.samovar.page;

import dev.samovar.incidents.Incident;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The last few pages: many people open the same one at once, and drawing it again says nothing. */
final class Recent {
  private static final int MOST = 8;

  private record Drawn(Incident incident, Instant end, String page) {}

  private final Map<String, Drawn> drawn =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Drawn> eldest) {
          return size() > MOST;
        }
      };

  /** Draws a page. */
  interface Drawing {
    String of(Incident incident, Instant end);
  }

  /** As it was drawn, if the incident is still the same. */
  String of(Incident incident, Instant end, Drawing drawing) {
    Optional<String> known = known(incident, end);
    return known.orElseGet(() -> keep(new Drawn(incident, end, drawing.of(incident, end))));
  }

  private synchronized Optional<String> known(Incident incident, Instant end) {
    return Optional.ofNullable(drawn.get(incident.id()))
        .filter(one -> one.end().equals(end) && one.incident().equals(incident))
        .map(Drawn::page);
  }

  private synchronized String keep(Drawn one) {
    drawn.put(one.incident().id(), one);
    return one.page();
  }
}
