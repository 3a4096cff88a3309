package dev.samovar.slack;

import dev.samovar.incidents.Incident;
import dev.samovar.incidents.Incidents;
import dev.samovar.incidents.Likeness;
import dev.samovar.incidents.Traits;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The most similar earlier incidents that may be shown where an incident is talked about. */
final class SeenBefore {
  private static final Duration BACK = Duration.ofDays(180);

  /** Of the model, and as many of others. */
  private static final int READ = 200;

  private static final int LOADED = 10;

  /** Where most of them may not be shown, enough is enough. */
  private static final int TRIED = 40;

  private static final int SHOWN = 2;

  private final Incidents incidents;
  private final Discretion discretion;
  private final Gateway gateway;

  SeenBefore(Incidents incidents, Discretion discretion, Gateway gateway) {
    this.incidents = incidents;
    this.discretion = discretion;
    this.gateway = gateway;
  }

  private record Candidate(Incident incident, double similarity) {
    /** Differences below a tenth say little: then the one that taught something is better. */
    long tenths() {
      return Math.round(10 * similarity);
    }
  }

  /** A line each; none where nothing is similar enough. */
  List<String> lines(Incident incident) {
    Traits traits = Traits.of(incident);
    if (traits.names().isEmpty()) {
      return List.of();
    }
    Instant begun = incident.opening().at();
    String model = incident.opening().model();
    List<Candidate> candidates = new ArrayList<>();
    List<Likeness.Similar> alike =
        Likeness.among(incidents.earlier(model, begun.minus(BACK), begun, READ), model, traits);
    for (Likeness.Similar similar : alike.subList(0, Math.min(TRIED, alike.size()))) {
      Optional<Incident> earlier =
          incidents
              .find(similar.earlier().id())
              .filter(one -> !one.id().equals(incident.id()))
              .filter(one -> discretion.mayShow(one, incident.place().channel(), ""));
      if (earlier.isPresent()) {
        candidates.add(new Candidate(earlier.get(), similar.similarity()));
      }
      if (candidates.size() == LOADED) {
        break;
      }
    }
    return candidates.stream()
        .sorted(
            Comparator.comparingLong(Candidate::tenths)
                .thenComparing(one -> one.incident().isExplained())
                .thenComparing(one -> one.incident().opening().at())
                .reversed())
        .limit(SHOWN)
        .map(
            one -> Recollection.line(incident, one.incident(), user -> gateway.person(user).name()))
        .toList();
  }
}
