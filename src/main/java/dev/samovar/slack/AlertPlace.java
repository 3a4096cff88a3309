package dev.samovar.slack;

import dev.samovar.alerts.Delivery;

/**
 * Where alerts come together: in one thread while it is young.
 *
 * @param channel as it is configured: an id or a name
 * @param model its name; empty for alerts about none
 */
record AlertPlace(String channel, String model) {
  String key() {
    return Delivery.digest(channel + "\n" + model);
  }
}
