package dev.samovar.slack;

import dev.samovar.incidents.Incident;

/** What is said in a private channel stays there, and so does what is known of a closed model. */
final class Discretion {
  private final Gateway gateway;
  private final Permissions permissions;

  Discretion(Gateway gateway, Permissions permissions) {
    this.gateway = gateway;
    this.permissions = permissions;
  }

  /** Whether those in a channel may know that there is such a model. */
  boolean mayKnow(Incident incident, String channel, String user) {
    return permissions.maySee(incident.opening().model(), channel, user);
  }

  /**
   * Whether those in a channel may read of it.
   *
   * @param user who asks; empty where nobody does
   */
  boolean mayShow(Incident incident, String channel, String user) {
    return mayKnow(incident, channel, user)
        && (incident.place().channel().equals(channel)
            || !gateway.isPrivate(incident.place().channel()));
  }

  /** Whether it may be shown to one person alone. */
  boolean mayShowTo(Incident incident, String user) {
    return permissions.maySeeAlone(incident.opening().model(), user)
        && (incident.owner().filter(user::equals).isPresent()
            || incident.opening().asker().equals(user)
            || !gateway.isPrivate(incident.place().channel()));
  }
}
