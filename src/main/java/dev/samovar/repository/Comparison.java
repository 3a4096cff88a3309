package dev.samovar.repository;

import java.util.List;

/**
 * What one revision has that another has not.
 *
 * @param count of the commits, which may be more than are listed
 * @param commits oldest first
 */
public record Comparison(int count, List<Commit> commits, ChangedFiles files) {
  public Comparison {
    commits = List.copyOf(commits);
  }
}
