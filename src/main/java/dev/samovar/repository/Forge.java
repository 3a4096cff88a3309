package dev.samovar.repository;

import dev.samovar.evidence.EvidenceException;
import dev.samovar.evidence.Presence;
import dev.samovar.evidence.Repository;
import dev.samovar.evidence.Window;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A place where code is kept, reviewed and deployed from. */
public interface Forge {
  /** As people know it: “GitHub”. */
  String name();

  /** That it answers, and takes the token. */
  Presence presence(Deadline deadline) throws EvidenceException;

  boolean sees(String project, Deadline deadline) throws EvidenceException;

  /**
   * Those that began in the window, newest first, and after them older ones, up to the last that
   * succeeded before it. What became known only after the window's end is as if it had not happened
   * yet.
   *
   * @return empty where nobody ever recorded a deployment to that environment
   */
  Optional<List<Deployment>> deployments(Repository repository, Window window, Deadline deadline)
      throws EvidenceException;

  /** What was merged into the branch in the window, newest first. */
  List<Merge> merges(Repository repository, Window window, Deadline deadline)
      throws EvidenceException;

  ChangedFiles files(Repository repository, Merge merge, Deadline deadline)
      throws EvidenceException;

  /** What {@code to} has beyond {@code from}. */
  Comparison compare(Repository repository, Revision from, Revision to, Deadline deadline)
      throws EvidenceException;

  /** The newest commits up to a revision that touch a file or folder. */
  Set<Revision> touching(Repository repository, String path, Revision head, Deadline deadline)
      throws EvidenceException;

  /** The text of a file in a revision; empty where there is none. */
  Optional<String> file(Repository repository, String path, Revision revision, Deadline deadline)
      throws EvidenceException;

  /** A page for people, as the other two. */
  String comparisonPage(Repository repository, Revision from, Revision to);

  String commitPage(Repository repository, Revision revision);

  String mergePage(Repository repository, Merge merge);
}
