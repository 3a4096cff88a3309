package dev.samovar.repository;

import dev.samovar.evidence.EvidenceException;
import dev.samovar.evidence.Model;
import dev.samovar.evidence.Repository;
import dev.samovar.evidence.RepositoryFiles;
import dev.samovar.evidence.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads files at the revision that runs. */
public final class DeployedFiles implements RepositoryFiles {
  private static final Duration BUDGET = Duration.ofSeconds(10);

  /** Long enough for a deployment to be over, short enough to be about now. */
  private static final Duration LATELY = Duration.ofMinutes(1);

  private final Forge forge;
  private final Map<String, Repository> repositories;

  /**
   * @param repositories at this forge, by the names of their models
   */
  public DeployedFiles(Forge forge, Map<String, Repository> repositories) {
    this.forge = forge;
    this.repositories = Map.copyOf(repositories);
  }

  @Override
  public Optional<Text> deployed(Model model, String path, Instant at) throws EvidenceException {
    Repository repository = repositories.get(model.name());
    boolean isInside = !path.startsWith("/") && !List.of(path.split("/")).contains("..");
    if (repository == null || !isInside) {
      return Optional.empty();
    }
    Deadline deadline = Deadline.in(BUDGET);
    Revision revision = running(repository, at, deadline);
    for (String place : places(repository, path)) {
      Optional<String> content = forge.file(repository, place, revision, deadline);
      if (content.isPresent()) {
        return Optional.of(new Text(content.get(), forge.name() + " at " + revision.shortened()));
      }
    }
    throw new EvidenceException(
        EvidenceException.Kind.BROKEN,
        forge.name()
            + " has no "
            + String.join(" or ", places(repository, path))
            + " in "
            + repository.project()
            + " at "
            + revision.shortened()
            + ", which was deployed last");
  }

  private Revision running(Repository repository, Instant at, Deadline deadline)
      throws EvidenceException {
    List<Deployment> deployments =
        forge.deployments(repository, new Window(at.minus(LATELY), at), deadline).orElse(List.of());
    return deployments.stream()
        .filter(deployment -> deployment.state().mayRun() && deployment.at().isBefore(at))
        .max(Comparator.comparing(Deployment::at))
        .map(Deployment::revision)
        .orElseThrow(
            () ->
                new EvidenceException(
                    EvidenceException.Kind.BROKEN,
                    forge.name()
                        + " records no deployment of "
                        + repository.project()
                        + " to "
                        + repository.environment()
                        + ", so which revision runs is unknown"));
  }

  /** As it is written, and below each of the model's folders. */
  private static List<String> places(Repository repository, String path) {
    String bare = path.replaceAll("^(\\./)+", "");
    List<String> places = new ArrayList<>(List.of(bare));
    repository.paths().forEach(folder -> places.add(folder + "/" + bare));
    return places;
  }
}
