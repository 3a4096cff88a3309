package dev.samovar.handoff;

import dev.samovar.handoff.Handover.State;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Keeps handovers while the process lives. */
public final class HandoversInMemory implements Handovers {
  private final Map<String, Handover> byId = new LinkedHashMap<>();

  @Override
  public synchronized boolean begin(Handover handover) {
    return byId.putIfAbsent(handover.id(), handover) == null;
  }

  @Override
  public synchronized Optional<Handover> find(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  @Override
  public List<Handover> unsent(String team, Instant until) {
    return of(
        team,
        one ->
            !one.end().isAfter(until)
                && (one.state() == State.RUNNING || one.state() == State.SENDING));
  }

  @Override
  public List<Handover> waiting(String team) {
    return of(team, Handover::isWaiting);
  }

  private synchronized List<Handover> of(String team, Predicate<Handover> wanted) {
    return byId.values().stream()
        .filter(one -> one.team().equals(team))
        .filter(wanted)
        .sorted(Comparator.comparing(Handover::end))
        .toList();
  }

  @Override
  public synchronized Optional<Handover> change(String id, UnaryOperator<Handover> change) {
    return Optional.ofNullable(byId.computeIfPresent(id, (key, one) -> change.apply(one)));
  }
}
