package dev.samovar.store;

import dev.samovar.incidents.Earlier;
import dev.samovar.incidents.Feedback;
import dev.samovar.incidents.Incident;
import dev.samovar.incidents.Incidents;
import dev.samovar.incidents.IncidentsInMemory;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Incidents in the database; while it does not answer, the last ones that this process had to do
 * with, and those that begin.
 */
final class IncidentsDespiteOutage implements Incidents {
  private static final int REMEMBERED = 100;

  private final Incidents database;
  private final Outage outage;
  private final Incidents memory = new IncidentsInMemory(REMEMBERED);

  IncidentsDespiteOutage(Incidents database, Outage outage) {
    this.database = database;
    this.outage = outage;
  }

  private Optional<Incident> remember(Optional<Incident> seen) {
    seen.ifPresent(memory::open);
    return seen;
  }

  @Override
  public void open(Incident incident) {
    memory.open(incident);
    outage.change(
        () -> {
          database.open(incident);
          return incident;
        },
        () -> incident);
  }

  @Override
  public Optional<Incident> find(String id) {
    return outage.ask(() -> remember(database.find(id)), () -> memory.find(id));
  }

  @Override
  public Optional<Incident> inThread(String channel, String thread) {
    return outage.ask(
        () -> remember(database.inThread(channel, thread)), () -> memory.inThread(channel, thread));
  }

  @Override
  public List<Incident> open() {
    return outage.ask(database::open, memory::open);
  }

  @Override
  public int openCount() {
    return outage.ask(database::openCount, memory::openCount);
  }

  @Override
  public List<Incident> since(Instant moment) {
    return outage.ask(() -> database.since(moment), () -> memory.since(moment));
  }

  @Override
  public List<Incident> ofModel(String model, int most) {
    return outage.ask(() -> database.ofModel(model, most), () -> memory.ofModel(model, most));
  }

  @Override
  public List<Incident> silent(Instant now) {
    return outage.ask(() -> database.silent(now), () -> memory.silent(now));
  }

  @Override
  public List<Earlier> earlier(String model, Instant begin, Instant end, int most) {
    return outage.ask(
        () -> database.earlier(model, begin, end, most),
        () -> memory.earlier(model, begin, end, most));
  }

  @Override
  public List<Feedback> feedback(Instant since) {
    return outage.ask(() -> database.feedback(since), () -> memory.feedback(since));
  }

  @Override
  public Optional<Incident> change(String id, UnaryOperator<Incident> change) {
    return outage.change(
        () -> remember(database.change(id, change)), () -> memory.change(id, change));
  }
}
