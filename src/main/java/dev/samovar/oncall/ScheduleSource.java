package dev.samovar.oncall;

import dev.samovar.evidence.EvidenceException;
import dev.samovar.evidence.Presence;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A program that keeps schedules. */
public interface ScheduleSource {
  /** As people know it: “PagerDuty”. */
  String name();

  /**
   * Who is on call when, oldest first, everything that overlaps the time.
   *
   * @param id of the schedule
   * @param budget the whole of it takes no longer
   * @throws EvidenceException also where there is no such schedule
   */
  List<Stint> stints(String id, Instant from, Instant to, Duration budget) throws EvidenceException;

  /** That it answers. */
  Presence presence(Duration budget) throws EvidenceException;
}
