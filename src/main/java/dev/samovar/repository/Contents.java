package dev.samovar.repository;

import dev.samovar.evidence.EvidenceException;
import dev.samovar.evidence.Repository;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Looks into deployments as long as there is time; that one was made is known without it. */
final class Contents {
  private static final int LONGEST_REASON = 200;

  private final Forge forge;
  private final Repository repository;
  private final Deadline deadline;

  Contents(Forge forge, Repository repository, Deadline deadline) {
    this.forge = forge;
    this.repository = repository;
    this.deadline = deadline;
  }

  Content of(Optional<Revision> before, Revision now) {
    String commit = forge.commitPage(repository, now);
    if (before.isEmpty()) {
      return Content.unread("code", commit, "");
    }
    if (before.get().equals(now)) {
      return Content.unread("infrastructure", commit, ", the same commit again");
    }
    String page = forge.comparisonPage(repository, before.get(), now);
    if (!deadline.hasTimeToSpare()) {
      return Content.unread("code", page, "; there was no time to read what is in it");
    }
    try {
      return compared(before.get(), now, page);
    } catch (EvidenceException e) {
      return Content.unread(
          "code",
          page,
          "; what is in it is unknown: " + Plain.line(e.getMessage(), LONGEST_REASON));
    }
  }

  private Content compared(Revision before, Revision now, String page) throws EvidenceException {
    Deadline soon = deadline.half();
    Comparison forward = forge.compare(repository, before, now, soon);
    if (forward.count() > 0) {
      return content(": ", forward, now, page, soon);
    }
    return content(
        ", which takes back ", forge.compare(repository, now, before, soon), before, page, soon);
  }

  private Content content(
      String verb, Comparison comparison, Revision head, String page, Deadline soon)
      throws EvidenceException {
    ChangedFiles files = comparison.files();
    String kind = Content.own(files, repository).kind();
    if (repository.paths().isEmpty()) {
      return Content.read(verb, comparison.count(), comparison.commits(), kind, page);
    }
    boolean isSeen = files.names().stream().anyMatch(repository::has);
    if (!isSeen && files.areAll()) {
      return new Content(false, kind, "", page, "");
    }
    Set<Revision> touching = new HashSet<>();
    for (String path : repository.paths()) {
      touching.addAll(forge.touching(repository, path, head, soon));
    }
    List<Commit> own =
        comparison.commits().stream()
            .filter(commit -> touching.contains(commit.revision()))
            .toList();
    boolean isListed = comparison.count() <= comparison.commits().size();
    if (own.isEmpty()) {
      // A change that came with a merge's own commit, or one behind the end of the list.
      return isSeen || !isListed
          ? Content.read(verb, comparison.count(), comparison.commits(), kind, page)
          : new Content(false, kind, "", page, "");
    }
    return Content.read(verb, own.size(), own, kind, page);
  }
}
