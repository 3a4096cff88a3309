package dev.samovar.config;

import java.util.List;

/** Everything that is wrong with a configuration, a line each: file, line, column, key, what. */
public final class ConfigurationException extends Exception {
  private static final long serialVersionUID = 1L;

  public ConfigurationException(List<String> mistakes) {
    super(String.join(System.lineSeparator(), mistakes));
  }
}
