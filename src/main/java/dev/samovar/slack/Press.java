package dev.samovar.slack;

import java.util.Optional;

/**
 * Somebody pressed or chose something.
 *
 * @param key the same for a second click on the same state of the same message
 * @param value of the button, or of the option chosen
 * @param message that was pressed in; empty in a view
 * @param isEphemeral whether only that person sees the message
 */
record Press(
    String key,
    Act act,
    String detail,
    String value,
    String blockId,
    String user,
    String channel,
    Optional<String> message,
    Optional<String> thread,
    boolean isEphemeral,
    String trigger,
    Optional<String> view,
    String viewMetadata,
    Optional<String> responseUrl) {}
