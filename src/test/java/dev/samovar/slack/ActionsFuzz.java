package dev.samovar.slack;

import java.nio.charset.StandardCharsets;

/** Any bytes as the ids and values of buttons and menus. */
public final class ActionsFuzz {
  private ActionsFuzz() {}

  public static void eat(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    Menu.read(text);
    Act.of(text);
    Offer.read(text);
    Checklist.step(text);
  }
}
