package dev.samovar.incidents;

class IncidentsInMemoryTest extends IncidentsContract {
  private final Incidents incidents = new IncidentsInMemory(100);

  @Override
  protected Incidents incidents() {
    return incidents;
  }
}
