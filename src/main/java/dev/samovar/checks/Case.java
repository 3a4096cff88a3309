package dev.samovar.checks;

import dev.samovar.evidence.Model;
import dev.samovar.evidence.Window;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is being looked into.
 *
 * @param window the time of the trouble, as far as it was said
 * @param reference earlier windows of the same length that show this model's normal, nearest first
 * @param referenceKind in words: {@code same time on 7 earlier days}
 * @param horizon from well before the window to its end: where beginnings are looked for
 * @param aftermath what the others found; empty for checks that do not come {@link
 *     Check#afterOnset() after} them
 */
public record Case(
    Model model,
    Window window,
    List<Window> reference,
    String referenceKind,
    Window horizon,
    Optional<Aftermath> aftermath) {

  /**
   * What is known once the other checks are through.
   *
   * @param trouble whether any of them found anything
   * @param onset when it began; empty where nothing shows it
   * @param changes what changed before
   */
  public record Aftermath(boolean trouble, Optional<Onset> onset, ChangeLog changes) {}

  public Case {
    reference = List.copyOf(reference);
  }

  /** The moment that counts as now. */
  public Instant now() {
    return window.to();
  }

  public Case after(Aftermath known) {
    return new Case(model, window, reference, referenceKind, horizon, Optional.of(known));
  }
}
