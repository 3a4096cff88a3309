package dev.samovar.slack;

import dev.samovar.charts.Gallery;
import dev.samovar.charts.Picture;
import dev.samovar.incidents.Entry;
import dev.samovar.incidents.Incident;
import dev.samovar.incidents.Incidents;
import dev.samovar.incidents.Run;
import dev.samovar.incidents.State;
import dev.samovar.triage.Report;
import dev.samovar.triage.Verdict;
import dev.samovar.work.Jobs;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hangs pictures into an incident's thread: those of the first report, then one when trouble comes
 * back and one when it is over, and nothing between. Each once: what is drawn comes from what is
 * kept, so that another process finishes what one began. An answer never waits for its pictures.
 */
final class Pinboard {
  private static final Logger LOG = LoggerFactory.getLogger(Pinboard.class);
  private static final String KIND = "pictures";
  private static final String FIRST = "first";

  /** A model that falls ill again and again needs no picture of each time. */
  private static final long MOST_RELAPSES = 3;

  private final Gateway gateway;
  private final Incidents incidents;
  private final Jobs jobs;
  private final Function<ZoneId, Gallery> galleries;
  private final Clock clock;
  private final AtomicBoolean isRefused = new AtomicBoolean();

  /**
   * @param galleries whose pictures show a reader's time
   */
  Pinboard(
      Gateway gateway,
      Incidents incidents,
      Jobs jobs,
      Function<ZoneId, Gallery> galleries,
      Clock clock) {
    this.gateway = gateway;
    this.incidents = incidents;
    this.jobs = jobs;
    this.galleries = galleries;
    this.clock = clock;
  }

  /** Says that it does the pictures. */
  void start() {
    jobs.does(
        KIND,
        job -> {
          String[] parts = job.payload().split(" ", 2);
          pin(parts[0], parts[1]);
        });
  }

  /** Something has come of an incident that may be worth a picture. */
  void changed(Incident incident) {
    occasion(incident)
        .map(occasion -> incident.id() + " " + occasion)
        .ifPresent(key -> jobs.at(clock.instant(), KIND, key, key));
  }

  /** The same whenever it is asked of the same state. */
  private static Optional<String> occasion(Incident incident) {
    if (incident.report().isEmpty() || incident.runs().stream().noneMatch(Pinboard::isIll)) {
      return Optional.empty();
    }
    if (incident.state() == State.RESOLVED) {
      return incident.resolution().map(over -> "over " + over.at().getEpochSecond());
    }
    long relapses = relapses(incident.runs());
    return relapses == 0
        ? Optional.of(FIRST)
        : relapses <= MOST_RELAPSES ? Optional.of("again " + relapses) : Optional.empty();
  }

  private static boolean isIll(Run run) {
    return run.verdict() == Verdict.CAUSE_FOUND || run.verdict() == Verdict.SYMPTOMS_ONLY;
  }

  private static long relapses(List<Run> runs) {
    long relapses = 0;
    boolean wasIll = false;
    boolean wasWell = false;
    for (Run run : runs) {
      if (isIll(run)) {
        relapses += wasIll && wasWell ? 1 : 0;
        wasIll = true;
        wasWell = false;
      } else if (run.verdict() == Verdict.ALL_CLEAR) {
        wasWell = true;
      }
    }
    return relapses;
  }

  private void pin(String id, String occasion) throws SlackException {
    Optional<Incident> incident = incidents.find(id);
    if (incident.isEmpty() || incident.get().report().isEmpty()) {
      return;
    }
    try {
      gateway.pinOnce(
          "pictures " + id + " " + occasion,
          incident.get().place().channel(),
          incident.get().place().thread(),
          () -> pictures(incident.get(), incident.get().report().get(), occasion));
    } catch (SlackException e) {
      if (!e.code().equals("missing_scope")) {
        throw e;
      }
      // The answer stands without them; who installs it hears of it from doctor.
      if (isRefused.compareAndSet(false, true)) {
        LOG.warn("No pictures: {} `samovar doctor` lists the scopes.", e.getMessage());
      }
    }
  }

  private List<Picture> pictures(Incident incident, Report report, String occasion) {
    Gallery gallery = galleries.apply(gateway.zone(incident.opening().asker()));
    try {
      return occasion.equals(FIRST)
          ? gallery.pictures(report)
          : List.of(gallery.timeline(report, happenings(incident)));
    } catch (LinkageError | RuntimeException e) {
      // A Java without its drawing part, or a figure nobody thought of: words are enough then.
      LOG.error("A picture could not be drawn", e);
      return List.of();
    }
  }

  private List<Gallery.Happening> happenings(Incident incident) {
    String model = incident.opening().model() + ": ";
    return incident.timeline().stream().map(entry -> happening(entry, model)).toList();
  }

  /**
   * @param known what each line need not say again
   */
  private Gallery.Happening happening(Entry entry, String known) {
    String who = entry.who().isEmpty() ? "Samovar" : gateway.person(entry.who()).name();
    return new Gallery.Happening(
        entry.at(), !entry.who().isEmpty(), who + " " + entry.what().replace(known, ""));
  }
}
