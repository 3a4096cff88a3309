package dev.samovar;

/** The launcher. */
public final class Samovar {
  private Samovar() {}

  public static void main(String[] args) {
    System.exit(0);
  }
}
