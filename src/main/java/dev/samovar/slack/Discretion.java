package dev.samovar.slack;

import dev.samovar.incidents.Incident;

/** What is said in a private channel stays there. */
final class Discretion {
  private final Gateway gateway;

  Discretion(Gateway gateway) {
    this.gateway = gateway;
  }

  /** Whether those in a channel may read of it. */
  boolean mayShow(Incident incident, String channel) {
    return incident.place().channel().equals(channel)
        || !gateway.isPrivate(incident.place().channel());
  }

  /** Whether it may be shown to one person alone. */
  boolean mayShowTo(Incident incident, String user) {
    return incident.owner().filter(user::equals).isPresent()
        || incident.opening().asker().equals(user)
        || !gateway.isPrivate(incident.place().channel());
  }
}
