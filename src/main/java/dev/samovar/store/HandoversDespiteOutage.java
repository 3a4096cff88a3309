package dev.samovar.store;

import dev.samovar.handoff.Handover;
import dev.samovar.handoff.Handovers;
import dev.samovar.handoff.HandoversInMemory;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Handovers in the database; while it does not answer, those that begin meanwhile. */
final class HandoversDespiteOutage implements Handovers {
  private final Handovers database;
  private final Outage outage;
  private final Handovers memory = new HandoversInMemory();

  HandoversDespiteOutage(Handovers database, Outage outage) {
    this.database = database;
    this.outage = outage;
  }

  @Override
  public boolean begin(Handover handover) {
    return outage.change(() -> database.begin(handover), () -> memory.begin(handover));
  }

  @Override
  public Optional<Handover> find(String id) {
    return outage.ask(() -> database.find(id), () -> memory.find(id));
  }

  @Override
  public List<Handover> unsent(String team, Instant until) {
    return outage.ask(() -> database.unsent(team, until), () -> memory.unsent(team, until));
  }

  @Override
  public List<Handover> waiting(String team) {
    return outage.ask(() -> database.waiting(team), () -> memory.waiting(team));
  }

  @Override
  public Optional<Handover> change(String id, UnaryOperator<Handover> change) {
    return outage.change(() -> database.change(id, change), () -> memory.change(id, change));
  }
}
