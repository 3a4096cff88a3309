package dev.samovar.prometheus;

/** The names that a metric may have in PromQL, colons among them: {@code vllm:…}. */
final class Names {
  private Names() {}

  static boolean isLegal(String name) {
    return name.matches("[a-zA-Z_:][a-zA-Z0-9_:]*");
  }
}
