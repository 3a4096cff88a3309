/**
 * From what alert senders post to alerts, and from an alert to the model it is about. Pure; knows
 * the models that are configured, nothing else.
 */
@NullMarked
package dev.samovar.alerts;

import org.jspecify.annotations.NullMarked;
