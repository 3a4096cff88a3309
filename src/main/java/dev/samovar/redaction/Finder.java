package dev.samovar.redaction;

import java.util.List;

/** Finds one sort of secret. Takes time that grows as the text does, and no faster. */
interface Finder {
  List<Span> find(String text);
}
