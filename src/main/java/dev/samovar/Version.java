package dev.samovar;

import picocli.CommandLine;

/** What the jar's manifest says. */
final class Version implements CommandLine.IVersionProvider {
  @Override
  public String[] getVersion() {
    String version = Samovar.class.getPackage().getImplementationVersion();
    return new String[] {"samovar " + (version == null ? "(from sources)" : version)};
  }
}
