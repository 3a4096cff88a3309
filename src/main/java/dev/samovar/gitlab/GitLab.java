package dev.samovar.gitlab;

import dev.samovar.evidence.EvidenceException;
import dev.samovar.evidence.Presence;
import dev.samovar.evidence.Repository;
import dev.samovar.evidence.Window;
import dev.samovar.http.HttpSettings;
import dev.samovar.http.JsonClient;
import dev.samovar.http.Question;
import dev.samovar.repository.ChangedFiles;
import dev.samovar.repository.Commit;
import dev.samovar.repository.Comparison;
import dev.samovar.repository.Deadline;
import dev.samovar.repository.Deployment;
import dev.samovar.repository.Forge;
import dev.samovar.repository.Merge;
import dev.samovar.repository.Pages;
import dev.samovar.repository.Payload;
import dev.samovar.repository.Revision;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import okhttp3.HttpUrl;

/** Asks GitLab. */
public final class GitLab implements Forge, AutoCloseable {
  /** So long may a deployment wait for its approval or its runner before it begins. */
  private static final Duration LONGEST_WAIT = Duration.ofDays(1);

  /** Its usual limit for the files of a comparison. */
  private static final int MOST_FILES = 1000;

  private final JsonClient client;
  private final boolean hasToken;
  private final Pages pages;
  private final String site;

  /**
   * @param url of its pages; the API is below it
   * @throws IOException where the certificates can't be read
   */
  public GitLab(String url, Optional<String> token, Optional<Path> caFile, Clock clock)
      throws IOException {
    HttpUrl given = HttpUrl.get(url);
    this.client =
        new JsonClient(
            HttpSettings.of(
                    "GitLab",
                    "gitlab",
                    url,
                    token.map(secret -> Map.of("PRIVATE-TOKEN", secret)).orElse(Map.of()))
                .trusting(caFile),
            clock);
    this.hasToken = token.isPresent();
    this.pages = new Pages(client);
    this.site = given.newBuilder().username("").password("").query(null).build().toString();
  }

  @Override
  public String name() {
    return client.name();
  }

  /** Its version is told to who has a token; to others that there are projects. */
  @Override
  public Presence presence(Deadline deadline) throws EvidenceException {
    return hasToken
        ? client.presence(
            Question.get("version", "api", "v4", "version"),
            deadline.left(),
            answer -> answer.body().path("version").asText("API v4"))
        : client.presence(
            Question.get("list of projects", "api", "v4", "projects").with("per_page", "1"),
            deadline.left(),
            answer -> "API v4");
  }

  @Override
  public boolean sees(String project, Deadline deadline) throws EvidenceException {
    return client
        .find(Question.get("project " + project, "api", "v4", "projects", project), deadline.left())
        .isPresent();
  }

  private static Question get(String what, Repository repository, String... path) {
    return Question.get(
        what,
        Stream.concat(Stream.of("api", "v4", "projects", repository.project()), Stream.of(path))
            .toArray(String[]::new));
  }

  @Override
  public Optional<List<Deployment>> deployments(
      Repository repository, Window window, Deadline deadline) throws EvidenceException {
    Deployments read = new Deployments(window);
    pages.each(
        repository.project(),
        get("list of deployments", repository, "deployments")
            .with("environment", repository.environment())
            .with("order_by", "id")
            .with("sort", "desc"),
        deadline,
        read);
    return read.any ? Optional.of(read.deployments) : Optional.empty();
  }

  /** Reads them until what came before the window is known. */
  private static final class Deployments implements Pages.Reader {
    private final Window window;
    private final List<Deployment> deployments = new ArrayList<>();
    private boolean any;

    Deployments(Window window) {
      this.window = window;
    }

    @Override
    public boolean read(Payload item) throws EvidenceException {
      any = true;
      Instant created = item.instant("created_at");
      if (!created.isBefore(window.to())) {
        return true;
      }
      Optional<Deployment> deployment = deployment(item, created);
      deployment.ifPresent(deployments::add);
      boolean isBefore = created.isBefore(window.from().minus(LONGEST_WAIT));
      return !(isBefore
          && deployment.isPresent()
          && deployment.get().state() == Deployment.State.SUCCEEDED);
    }

    /** Empty for one that did not begin before the window's end. */
    private Optional<Deployment> deployment(Payload item, Instant created)
        throws EvidenceException {
      Payload job = item.at("deployable");
      Optional<Instant> started = job.optionalInstant("started_at");
      Instant at = started.orElse(created);
      if (!at.isBefore(window.to())) {
        return Optional.empty();
      }
      boolean isOver =
          job.optionalInstant("finished_at").map(end -> end.isBefore(window.to())).orElse(true);
      Optional<Deployment.State> state =
          switch (item.text("status")) {
            case "success" -> Optional.of(Deployment.State.SUCCEEDED);
            case "running" -> Optional.of(Deployment.State.RUNNING);
            case "failed" -> Optional.of(Deployment.State.FAILED);
            case "canceled" -> started.map(begun -> Deployment.State.FAILED);
            default -> Optional.empty();
          };
      Revision revision = item.revision("sha");
      String author = item.at("user").optional("username").orElse("");
      return state.map(
          known -> new Deployment(at, revision, author, isOver ? known : Deployment.State.RUNNING));
    }
  }

  @Override
  public List<Merge> merges(Repository repository, Window window, Deadline deadline)
      throws EvidenceException {
    String branch =
        repository.branch().isPresent()
            ? repository.branch().get()
            : pages
                .ask(repository.project(), get("default branch", repository), deadline)
                .text("default_branch");
    List<Merge> merges = new ArrayList<>();
    pages.each(
        repository.project(),
        get("list of merge requests", repository, "merge_requests")
            .with("state", "merged")
            .with("target_branch", branch)
            .with("updated_after", window.from().toString())
            .with("order_by", "updated_at")
            .with("sort", "desc"),
        deadline,
        item -> {
          Optional<Instant> merged = item.optionalInstant("merged_at");
          if (merged.filter(window::contains).isPresent()) {
            merges.add(
                new Merge(
                    merged.get(),
                    item.number("iid"),
                    Stream.of("merge_commit_sha", "squash_commit_sha", "sha")
                        .flatMap(field -> item.optionalRevision(field).stream())
                        .findFirst(),
                    item.text("title"),
                    item.at("author").optional("username").orElse("")));
          }
          return true;
        });
    merges.sort(Comparator.comparing(Merge::at).reversed());
    return merges;
  }

  @Override
  public ChangedFiles files(Repository repository, Merge merge, Deadline deadline)
      throws EvidenceException {
    List<String> names = new ArrayList<>();
    boolean areAll =
        pages.upTo(
            3,
            repository.project(),
            get(
                "list of changed files",
                repository,
                "merge_requests",
                String.valueOf(merge.number()),
                "diffs"),
            deadline,
            item -> {
              names.addAll(names(item));
              return true;
            });
    return new ChangedFiles(names, areAll);
  }

  private static List<String> names(Payload diff) throws EvidenceException {
    return Stream.of(diff.text("new_path"), diff.text("old_path")).distinct().toList();
  }

  @Override
  public Comparison compare(Repository repository, Revision from, Revision to, Deadline deadline)
      throws EvidenceException {
    Payload answer =
        pages.ask(
            repository.project(),
            get("comparison", repository, "repository", "compare")
                .with("from", from.id())
                .with("to", to.id()),
            deadline);
    List<Commit> commits = new ArrayList<>();
    for (Payload item : answer.items("commits")) {
      commits.add(
          new Commit(
              item.revision("id"), item.text("title"), item.optional("author_name").orElse("")));
    }
    List<String> names = new ArrayList<>();
    List<Payload> diffs = answer.items("diffs");
    for (Payload diff : diffs) {
      names.addAll(names(diff));
    }
    boolean areAll =
        diffs.size() < MOST_FILES && !answer.node().path("compare_timeout").asBoolean(false);
    return new Comparison(commits.size(), commits, new ChangedFiles(names, areAll));
  }

  @Override
  public Set<Revision> touching(
      Repository repository, String path, Revision head, Deadline deadline)
      throws EvidenceException {
    Set<Revision> commits = new HashSet<>();
    pages.upTo(
        1,
        repository.project(),
        get("list of commits", repository, "repository", "commits")
            .with("ref_name", head.id())
            .with("path", path),
        deadline,
        item -> {
          commits.add(item.revision("id"));
          return true;
        });
    return commits;
  }

  @Override
  public Optional<String> file(
      Repository repository, String path, Revision revision, Deadline deadline)
      throws EvidenceException {
    Optional<Payload> file =
        pages.find(
            get("file", repository, "repository", "files", path).with("ref", revision.id()),
            deadline);
    return file.isEmpty() ? Optional.empty() : Optional.of(file.get().decoded("content"));
  }

  @Override
  public String comparisonPage(Repository repository, Revision from, Revision to) {
    return page(repository) + "/compare/" + from.id() + "..." + to.id();
  }

  @Override
  public String commitPage(Repository repository, Revision revision) {
    return page(repository) + "/commit/" + revision.id();
  }

  @Override
  public String mergePage(Repository repository, Merge merge) {
    return page(repository) + "/merge_requests/" + merge.number();
  }

  private String page(Repository repository) {
    return site + (site.endsWith("/") ? "" : "/") + repository.project() + "/-";
  }

  @Override
  public void close() {
    client.close();
  }
}
