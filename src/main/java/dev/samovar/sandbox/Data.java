package dev.samovar.sandbox;

import java.io.IOException;

/** All that stories write. */
public final class Data {
  private static final String ALL = "logs-*,ml-training-*,metrics-*";

  private Data() {}

  /** Takes it away, so that another story can be told. */
  public static void clear(EventWriter writer) throws IOException {
    writer.send("DELETE", "/" + ALL + "?ignore_unavailable=true", "");
  }
}
