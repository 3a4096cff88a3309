package dev.samovar.slack;

import dev.samovar.conversation.AutoReply;
import dev.samovar.incidents.Incidents;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Shows the app's home. */
final class Home {
  private final Gateway gateway;
  private final Incidents incidents;
  private final Discretion discretion;
  private final Manners manners;
  private final Permissions permissions;
  private final OnCallWords onCall;

  Home(
      Gateway gateway,
      Incidents incidents,
      Discretion discretion,
      Manners manners,
      Permissions permissions,
      OnCallWords onCall) {
    this.gateway = gateway;
    this.incidents = incidents;
    this.discretion = discretion;
    this.manners = manners;
    this.permissions = permissions;
    this.onCall = onCall;
  }

  /**
   * @param channel whose settings are asked for
   */
  void show(String user, Optional<String> channel) throws SlackException {
    Map<String, AutoReply> channels = new HashMap<>(manners.chosen());
    channel.ifPresent(id -> channels.put(id, manners.autoReply(id, gateway.channelName(id))));
    gateway.showHome(
        user,
        HomeView.of(
            permissions.models(user),
            incidents,
            incident -> discretion.mayShowTo(incident, user),
            onCall.lines(),
            channels));
  }
}
