package dev.samovar.checks;

import dev.samovar.evidence.Fields;

/**
 * What was done to a feature, as its values tell.
 *
 * @param says completes a sentence that begins with its name and “is”
 */
record Trace(String field, String says) {
  String sentence() {
    return Fields.shortName(field) + " is " + says;
  }
}
