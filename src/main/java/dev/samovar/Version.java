package dev.samovar;

import picocli.CommandLine;

/** What the jar's manifest says. */
final class Version implements CommandLine.IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"samovar " + number()};
  }

  static String number() {
    String version = Samovar.class.getPackage().getImplementationVersion();
    return version == null ? "(from sources)" : version;
  }
}
