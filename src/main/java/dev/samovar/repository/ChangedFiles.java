package dev.samovar.repository;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Files that a change touches.
 *
 * @param areAll whether there are no more than these
 */
public record ChangedFiles(List<String> names, boolean areAll) {
  /** Name every version that is installed. */
  private static final Pattern LOCK =
      Pattern.compile(
          "requirements[\\w.-]*\\.(txt|lock)|[\\w.-]*\\.lock|package-lock\\.json|npm-shrinkwrap\\.json"
              + "|pnpm-lock\\.ya?ml|conda-lock\\.ya?ml|environment\\.ya?ml|go\\.sum");

  /** Ask for packages; change together with a lock file. */
  private static final Set<String> MANIFESTS =
      Set.of(
          "pyproject.toml",
          "setup.cfg",
          "pipfile",
          "requirements.in",
          "package.json",
          "cargo.toml",
          "go.mod");

  private static final Pattern CONFIG =
      Pattern.compile(
          "[\\w.-]*\\.(ya?ml|json|toml|ini|cfg|conf|properties|tfvars|env)|\\.env(\\.[\\w-]+)?");

  public ChangedFiles {
    names = List.copyOf(names);
  }

  /** The kind of a change of these: dependency, config or code. */
  String kind() {
    List<String> files = names.stream().map(ChangedFiles::bare).toList();
    if (!areAll || files.isEmpty()) {
      return "code";
    }
    boolean anyLock = files.stream().anyMatch(file -> LOCK.matcher(file).matches());
    if (anyLock
        && files.stream().allMatch(f -> LOCK.matcher(f).matches() || MANIFESTS.contains(f))) {
      return "dependency";
    }
    return files.stream()
            .allMatch(file -> LOCK.matcher(file).matches() || CONFIG.matcher(file).matches())
        ? "config"
        : "code";
  }

  private static String bare(String path) {
    return path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
  }
}
