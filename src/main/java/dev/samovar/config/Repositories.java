package dev.samovar.config;

import dev.samovar.evidence.Nearest;
import dev.samovar.evidence.Repository;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * Where code is kept: {@code github}, {@code gitlab}, and {@code repository} of each model.
 *
 * @param byModel by the names of the models
 */
public record Repositories(Host github, Host gitlab, Map<String, Repository> byModel) {
  /** The key of GitHub. */
  public static final String GITHUB = "github";

  /** The key of GitLab. */
  public static final String GITLAB = "gitlab";

  private static final String KEY = "repository";
  private static final String USUAL_ENVIRONMENT = "production";
  private static final String FORM = "write github:owner/name or gitlab:group/project";

  private static final Pattern GITHUB_PROJECT =
      Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]*/[A-Za-z0-9_.-]+");
  private static final Pattern GITLAB_PROJECT =
      Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]*(/[A-Za-z0-9_][A-Za-z0-9_.-]*)+");

  /** Where it is, and with what it is asked; without a token, for what all may see. */
  public record Host(String url, Optional<Secret> token, Optional<Path> caFile) {}

  public Repositories {
    byModel = Map.copyOf(byModel);
  }

  /** Those at one of the two. */
  public Map<String, Repository> at(String forge) {
    Map<String, Repository> there = new LinkedHashMap<>(byModel);
    there.values().removeIf(repository -> !repository.forge().equals(forge));
    return there;
  }

  static Repositories read(Section root) {
    return new Repositories(
        host(root, GITHUB, "https://api.github.com"),
        host(root, GITLAB, "https://gitlab.com"),
        byModel(root));
  }

  /** For whoever complains of a model's keys that nobody reads. */
  static void isKnown(Section model) {
    model.entry(KEY);
  }

  private static Host host(Section root, String key, String usual) {
    return root.section(key)
        .map(
            section -> {
              Host host =
                  new Host(
                      section.url("url").orElse(usual),
                      section.secret("token"),
                      section.text("ca_file").map(Path::of));
              section.end();
              return host;
            })
        .orElse(new Host(usual, Optional.empty(), Optional.empty()));
  }

  /** What is wrong with the models besides is said where they are read. */
  private static Map<String, Repository> byModel(Section root) {
    Map<String, Repository> repositories = new LinkedHashMap<>();
    for (Entry item : root.items("models")) {
      if (item.node() instanceof MappingNode) {
        item.section()
            .ifPresent(
                model ->
                    model
                        .entry(KEY)
                        .flatMap(Repositories::repository)
                        .ifPresent(
                            repository ->
                                model
                                    .text("name")
                                    .ifPresent(n -> repositories.put(n, repository))));
      }
    }
    return repositories;
  }

  private static Optional<Repository> repository(Entry entry) {
    if (entry.node() instanceof ScalarNode) {
      return entry
          .text()
          .flatMap(text -> at(entry, text, List.of(), Optional.empty(), USUAL_ENVIRONMENT));
    }
    return entry
        .section()
        .flatMap(
            section -> {
              section.required("at");
              List<String> paths =
                  section.items("paths").stream().flatMap(item -> path(item).stream()).toList();
              Optional<String> branch = section.text("branch");
              String environment = section.text("environment").orElse(USUAL_ENVIRONMENT);
              section.end();
              return section
                  .entry("at")
                  .flatMap(
                      at -> at.text().flatMap(text -> at(at, text, paths, branch, environment)));
            });
  }

  private static Optional<Repository> at(
      Entry entry, String text, List<String> paths, Optional<String> branch, String environment) {
    String given = text.strip();
    int colon = given.indexOf(':');
    String forge = colon < 0 ? "" : given.substring(0, colon);
    String project = given.substring(colon + 1);
    List<String> forges = List.of(GITHUB, GITLAB);
    if (!forges.contains(forge)) {
      entry.wrong(
          entry.shown()
              + " does not say where it is"
              + Nearest.of(forge, forges)
                  .map(near -> "; did you mean \"" + near + ":" + "\"?")
                  .orElse("; " + FORM));
      return Optional.empty();
    }
    Pattern form = forge.equals(GITHUB) ? GITHUB_PROJECT : GITLAB_PROJECT;
    boolean isProject =
        form.matcher(project).matches() && !project.endsWith("/.") && !project.endsWith("/..");
    if (!isProject) {
      entry.wrong(entry.shown() + " is no project; " + FORM);
      return Optional.empty();
    }
    return Optional.of(new Repository(forge, project, paths, branch, environment));
  }

  private static Optional<String> path(Entry item) {
    Optional<String> text = item.text().map(String::strip);
    String bare = text.orElse("").replaceAll("^(\\./|/)+|/+$", "");
    if (text.isPresent() && (bare.isEmpty() || bare.contains("*") || bare.contains(".."))) {
      item.wrong(
          item.shown() + " is no file or folder of the repository, such as models/fraud; no *");
      return Optional.empty();
    }
    return text.map(given -> bare);
  }
}
