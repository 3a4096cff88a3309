package dev.samovar.doctor;

import java.util.Optional;
import java.util.function.Consumer;

/** Makes a diagnosis; asks all sources for it, which takes a while. */
public interface Practice {
  /**
   * @param model the only one whose checks are tried; empty for all
   * @param progress told what is done next, in a few words
   */
  Diagnosis diagnose(Optional<String> model, Consumer<String> progress);
}
