package dev.samovar.triage;

/** Answers requests; what the faces ask. */
public interface Triage {
  Report investigate(Request request, Progress progress);
}
