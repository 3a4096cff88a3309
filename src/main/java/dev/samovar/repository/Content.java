package dev.samovar.repository;

import dev.samovar.evidence.Repository;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a deployment brought.
 *
 * @param concerns whether any of it is the model's
 * @param authors a few of them; empty where unknown
 * @param summary to follow what happened: {@code ": 2 commits: “…”, “…”"}
 */
record Content(boolean concerns, String kind, String authors, String page, String summary) {
  static final int LONGEST_NAME = 60;
  private static final int LONGEST_TITLE = 80;
  private static final int SHOWN = 3;

  static Content unread(String kind, String page, String summary) {
    return new Content(true, kind, "", page, summary);
  }

  static Content read(String verb, int count, List<Commit> commits, String kind, String page) {
    String titles =
        commits.stream()
            .limit(SHOWN)
            .map(commit -> quoted(commit.title()))
            .collect(Collectors.joining(", "));
    int more = count - Math.min(SHOWN, commits.size());
    return new Content(
        true,
        kind,
        authors(commits),
        page,
        verb
            + count
            + (count == 1 ? " commit" : " commits")
            + (titles.isEmpty() ? "" : ": " + titles + (more > 0 ? " and " + more + " more" : "")));
  }

  /** The files that are the model's; of a list that is cut off, all. */
  static ChangedFiles own(ChangedFiles files, Repository repository) {
    return files.areAll()
        ? new ChangedFiles(files.names().stream().filter(repository::has).toList(), true)
        : files;
  }

  static String quoted(String title) {
    return "“" + Plain.line(title, LONGEST_TITLE) + "”";
  }

  private static String authors(List<Commit> commits) {
    List<String> names =
        commits.stream()
            .map(commit -> Plain.line(commit.author(), LONGEST_NAME))
            .filter(name -> !name.isEmpty())
            .distinct()
            .toList();
    int more = names.size() - SHOWN;
    return String.join(", ", names.subList(0, Math.min(SHOWN, names.size())))
        + (more > 0 ? " and " + more + (more == 1 ? " other" : " others") : "");
  }
}
