package dev.samovar.checks;

import dev.samovar.evidence.Event;
import dev.samovar.evidence.Fields;
import dev.samovar.signatures.Signature;
import dev.samovar.signatures.Signatures;
import java.util.List;
import java.util.Optional;

/** Looks logged events up in the catalogue of known errors. */
final class KnownErrors {
  static final List<String> TEXTS =
      List.of(Fields.ERROR_TYPE, Fields.MESSAGE, Fields.ERROR_MESSAGE, Fields.STACK_TRACE);

  private static final Signatures CATALOGUE = Signatures.load();

  private KnownErrors() {}

  static Optional<Signature> of(Event event) {
    StringBuilder text = new StringBuilder();
    event.text(Fields.ERROR_TYPE).ifPresent(type -> text.append(type).append(": "));
    for (String field : TEXTS.subList(1, TEXTS.size())) {
      event.text(field).ifPresent(value -> text.append(value).append('\n'));
    }
    return CATALOGUE.match(text.toString()).map(Signatures.Match::signature);
  }

  static boolean isOf(String cause, Event event) {
    return of(event).filter(signature -> signature.cause().equals(cause)).isPresent();
  }
}
