package dev.samovar.repository;

import dev.samovar.evidence.Dataset;
import dev.samovar.evidence.Event;
import dev.samovar.evidence.EventFeed;
import dev.samovar.evidence.EvidenceException;
import dev.samovar.evidence.Fields;
import dev.samovar.evidence.Model;
import dev.samovar.evidence.Presence;
import dev.samovar.evidence.Reach;
import dev.samovar.evidence.Repository;
import dev.samovar.evidence.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What was deployed from a model's repository; where nobody records deployments, what was merged.
 */
public final class RepositoryFeed implements EventFeed {
  /** Requests whose files are looked at, the newest ones. */
  private static final int LOOKED_AT = 40;

  private final Forge forge;
  private final Map<String, Repository> repositories;

  /**
   * @param repositories at this forge, by the names of their models
   */
  public RepositoryFeed(Forge forge, Map<String, Repository> repositories) {
    this.forge = forge;
    this.repositories = Map.copyOf(repositories);
  }

  @Override
  public String name() {
    return forge.name();
  }

  /** A project that the token may not see answers as one that is not there. */
  @Override
  public Optional<Reach> reach(Duration budget) throws EvidenceException {
    Deadline deadline = Deadline.in(budget);
    Presence presence = forge.presence(deadline);
    List<String> troubles = new ArrayList<>();
    for (String project :
        new TreeSet<>(repositories.values().stream().map(Repository::project).toList())) {
      if (!forge.sees(project, deadline)) {
        troubles.add(project + " is not there, or the token may not see it.");
      }
    }
    return Optional.of(new Reach(presence, troubles));
  }

  @Override
  public Set<Dataset> datasets() {
    return Set.of(Dataset.CHANGE);
  }

  @Override
  public List<Event> events(Model model, Dataset dataset, Window window, Duration budget)
      throws EvidenceException {
    Repository repository = repositories.get(model.name());
    if (repository == null || dataset != Dataset.CHANGE) {
      return List.of();
    }
    Deadline deadline = Deadline.in(budget);
    Optional<List<Deployment>> deployments = forge.deployments(repository, window, deadline);
    List<Event> events =
        new ArrayList<>(
            deployments.isPresent()
                ? deployed(model, repository, deployments.get(), window, deadline)
                : merged(model, repository, window, deadline));
    events.sort(Comparator.comparing(Event::time).reversed());
    return events;
  }

  private List<Event> deployed(
      Model model,
      Repository repository,
      List<Deployment> deployments,
      Window window,
      Deadline deadline)
      throws EvidenceException {
    List<Deployment> known = new ArrayList<>(deployments);
    known.sort(Comparator.comparing(Deployment::at).reversed());
    Contents contents = new Contents(forge, repository, deadline);
    List<Event> events = new ArrayList<>();
    for (Deployment deployment : known) {
      if (!window.contains(deployment.at())) {
        continue;
      }
      Optional<Revision> before =
          known.stream()
              .filter(other -> other.at().isBefore(deployment.at()) && other.state().mayRun())
              .map(Deployment::revision)
              .findFirst();
      Content content = contents.of(before, deployment.revision());
      if (content.concerns()) {
        events.add(
            event(
                model,
                repository,
                deployment.at(),
                content.kind(),
                before.map(Revision::shortened).orElse(""),
                deployment.revision().shortened(),
                content.authors().isEmpty()
                    ? Plain.line(deployment.author(), Content.LONGEST_NAME)
                    : content.authors(),
                content.page(),
                happened(deployment, repository) + content.summary()));
      }
    }
    return events;
  }

  private static String happened(Deployment deployment, Repository repository) {
    String where = " to " + Plain.line(repository.environment(), Content.LONGEST_NAME);
    return switch (deployment.state()) {
      case SUCCEEDED -> "deployed" + where;
      case RUNNING -> "deployment" + where + " began";
      case FAILED -> "deployment" + where + " failed";
      case UNKNOWN -> "deployment" + where + " (how it ended was not looked up)";
    };
  }

  private List<Event> merged(Model model, Repository repository, Window window, Deadline deadline)
      throws EvidenceException {
    List<Event> events = new ArrayList<>();
    int looked = 0;
    for (Merge merge : forge.merges(repository, window, deadline)) {
      Optional<ChangedFiles> files = Optional.empty();
      if (looked < LOOKED_AT && deadline.hasTimeToSpare()) {
        looked++;
        files = Optional.of(forge.files(repository, merge, deadline));
      }
      boolean concerns =
          files.isEmpty()
              || repository.paths().isEmpty()
              || !files.get().areAll()
              || files.get().names().stream().anyMatch(repository::has);
      if (concerns) {
        events.add(
            event(
                model,
                repository,
                merge.at(),
                files.map(all -> Content.own(all, repository).kind()).orElse("code"),
                "",
                merge.revision().map(Revision::shortened).orElse(""),
                Plain.line(merge.author(), Content.LONGEST_NAME),
                forge.mergePage(repository, merge),
                "merged: "
                    + Content.quoted(merge.title())
                    + (files.isEmpty() && !repository.paths().isEmpty()
                        ? " (its files were not looked at)"
                        : "")
                    + "; deployments to "
                    + Plain.line(repository.environment(), Content.LONGEST_NAME)
                    + " are not recorded there"));
      }
    }
    return events;
  }

  private static Event event(
      Model model,
      Repository repository,
      Instant at,
      String kind,
      String from,
      String to,
      String author,
      String page,
      String summary) {
    Map<String, List<String>> values = new TreeMap<>();
    values.put(Fields.MODEL, List.of(model.name()));
    values.put(Fields.CHANGE_KIND, List.of(kind));
    values.put(Fields.CHANGE_COMPONENT, List.of(repository.project()));
    values.put(Fields.CHANGE_FROM, List.of(from));
    values.put(Fields.CHANGE_TO, List.of(to));
    values.put(Fields.CHANGE_AUTHOR, List.of(author));
    values.put(Fields.CHANGE_URL, List.of(page));
    values.put(Fields.CHANGE_SUMMARY, List.of(summary));
    values.values().removeIf(texts -> texts.get(0).isEmpty());
    return new Event(at, values);
  }
}
