package dev.samovar.web;

/** The port can't be had. The message is one sentence a person can act on. */
public final class PortException extends Exception {
  private static final long serialVersionUID = 1L;

  PortException(int port, Throwable cause) {
    super("port " + port + " can't be had: another program has it, or it needs more rights", cause);
  }
}
