package dev.samovar.incidents;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Keeps the last incidents while the process lives. */
public final class IncidentsInMemory implements Incidents {
  private final int most;
  private final Map<String, Incident> byId = new LinkedHashMap<>();

  /**
   * @param most how many are kept; the oldest are forgotten
   */
  public IncidentsInMemory(int most) {
    this.most = most;
  }

  @Override
  public synchronized void open(Incident incident) {
    byId.put(incident.id(), incident);
    if (byId.size() > most) {
      byId.remove(byId.keySet().iterator().next());
    }
  }

  @Override
  public synchronized Optional<Incident> find(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  @Override
  public Optional<Incident> inThread(String channel, String thread) {
    return newestFirst(
            incident ->
                incident.place().channel().equals(channel)
                    && incident.place().thread().equals(thread))
        .findFirst();
  }

  @Override
  public List<Incident> open() {
    return newestFirst(incident -> incident.state() != State.RESOLVED).toList();
  }

  @Override
  public int openCount() {
    return open().size();
  }

  @Override
  public List<Incident> since(Instant moment) {
    return newestFirst(incident -> !incident.opening().at().isBefore(moment)).toList();
  }

  @Override
  public List<Incident> ofModel(String model, int count) {
    return newestFirst(incident -> incident.opening().model().equals(model)).limit(count).toList();
  }

  @Override
  public List<Incident> silent(Instant now) {
    return newestFirst(incident -> Quiet.next(incident).filter(at -> !now.isBefore(at)).isPresent())
        .sorted(Comparator.comparing(incident -> Quiet.next(incident).orElse(now)))
        .toList();
  }

  @Override
  public List<Earlier> earlier(String model, Instant begin, Instant end, int count) {
    return Stream.of(true, false)
        .flatMap(
            isSame ->
                newestFirst(incident -> isSame == incident.opening().model().equals(model))
                    .filter(incident -> !incident.opening().at().isBefore(begin))
                    .filter(incident -> incident.opening().at().isBefore(end))
                    .map(
                        incident ->
                            new Earlier(
                                incident.id(),
                                incident.opening().model(),
                                incident.opening().at(),
                                Traits.of(incident)))
                    .filter(one -> !one.traits().names().isEmpty())
                    .limit(count))
        .toList();
  }

  @Override
  public List<Feedback> feedback(Instant since) {
    return newestFirst(incident -> true)
        .flatMap(incident -> Feedback.of(incident).stream())
        .filter(one -> !one.at().isBefore(since))
        .sorted(Comparator.comparing(Feedback::at).thenComparing(Feedback::incident))
        .toList();
  }

  private synchronized Stream<Incident> newestFirst(Predicate<Incident> wanted) {
    List<Incident> all = new ArrayList<>(byId.values());
    Collections.reverse(all);
    return all.stream().filter(wanted);
  }

  @Override
  public synchronized Optional<Incident> change(String id, UnaryOperator<Incident> change) {
    return Optional.ofNullable(
        byId.computeIfPresent(id, (key, incident) -> change.apply(incident)));
  }
}
