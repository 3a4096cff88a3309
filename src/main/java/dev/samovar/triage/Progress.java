package dev.samovar.triage;

/** Hears how far an investigation is. Called from several threads, one at a time. */
public interface Progress {
  Progress SILENT = (done, total, row) -> {};

  /** A check has finished: {@code done} of {@code total} are through. */
  void checked(int done, int total, Report.Row row);
}
