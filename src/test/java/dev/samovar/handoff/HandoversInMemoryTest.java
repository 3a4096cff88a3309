package dev.samovar.handoff;

class HandoversInMemoryTest extends HandoversContract {
  private final Handovers handovers = new HandoversInMemory();

  @Override
  protected Handovers handovers() {
    return handovers;
  }
}
