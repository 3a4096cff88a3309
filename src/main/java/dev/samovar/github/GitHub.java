package dev.samovar.github;

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
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import okhttp3.HttpUrl;

/** Asks GitHub. */
public final class GitHub implements Forge, AutoCloseable {
  /** Deployments whose statuses are asked for, one request each. */
  private static final int LOOKED_UP = 25;

  /** So long may one wait for its approval or its runner before it begins. */
  private static final Duration LONGEST_WAIT = Duration.ofDays(1);

  /** Longer lists of files are cut off there, without a word. */
  private static final int MOST_FILES = 300;

  private static final Set<String> NOT_BEGUN = Set.of("pending", "queued", "waiting");
  private static final Set<String> FAILURES = Set.of("error", "failure");

  private final JsonClient client;
  private final Pages pages;
  private final String site;

  /**
   * @param url of the API
   * @throws IOException where the certificates can't be read
   */
  public GitHub(String url, Optional<String> token, Optional<Path> caFile, Clock clock)
      throws IOException {
    Map<String, String> headers = new HashMap<>();
    headers.put("Accept", "application/vnd.github+json");
    headers.put("X-GitHub-Api-Version", "2022-11-28");
    token.ifPresent(secret -> headers.put("Authorization", "Bearer " + secret));
    this.client =
        new JsonClient(HttpSettings.of("GitHub", "github", url, headers).trusting(caFile), clock);
    this.pages = new Pages(client);
    this.site = site(HttpUrl.get(url));
  }

  /** The pages for people beside an API: {@code api.github.com}, {@code host/api/v3}. */
  static String site(HttpUrl api) {
    String host = api.host().startsWith("api.") ? api.host().substring(4) : api.host();
    HttpUrl.Builder site = new HttpUrl.Builder().scheme(api.scheme()).host(host).port(api.port());
    List<String> path = api.pathSegments().stream().filter(part -> !part.isEmpty()).toList();
    int end =
        path.size() >= 2 && path.subList(path.size() - 2, path.size()).equals(List.of("api", "v3"))
            ? path.size() - 2
            : path.size();
    path.subList(0, end).forEach(site::addPathSegment);
    String text = site.build().toString();
    return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
  }

  @Override
  public String name() {
    return client.name();
  }

  @Override
  public Presence presence(Deadline deadline) throws EvidenceException {
    return client.presence(
        Question.get("version", "meta"),
        deadline.left(),
        answer ->
            answer.body().has("installed_version")
                ? "Enterprise Server " + answer.body().path("installed_version").asText()
                : "REST API 2022-11-28");
  }

  @Override
  public boolean sees(String project, Deadline deadline) throws EvidenceException {
    List<String> path = new ArrayList<>(List.of("repos"));
    path.addAll(List.of(project.split("/", -1)));
    return client
        .find(Question.get("repository " + project, path.toArray(String[]::new)), deadline.left())
        .isPresent();
  }

  private static Question get(String what, Repository repository, String... path) {
    return Question.get(
        what,
        Stream.of(
                Stream.of("repos"), Arrays.stream(repository.project().split("/")), Stream.of(path))
            .flatMap(parts -> parts)
            .toArray(String[]::new));
  }

  @Override
  public Optional<List<Deployment>> deployments(
      Repository repository, Window window, Deadline deadline) throws EvidenceException {
    Deployments read = new Deployments(repository, window, deadline);
    pages.each(
        repository.project(),
        get("list of deployments", repository, "deployments")
            .with("environment", repository.environment()),
        deadline,
        read);
    return read.any ? Optional.of(read.deployments) : Optional.empty();
  }

  /** Reads them until what came before the window is known. */
  private final class Deployments implements Pages.Reader {
    private final Repository repository;
    private final Window window;
    private final Deadline deadline;
    private final List<Deployment> deployments = new ArrayList<>();
    private boolean any;
    private int lookedUp;

    Deployments(Repository repository, Window window, Deadline deadline) {
      this.repository = repository;
      this.window = window;
      this.deadline = deadline;
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
          && deployment.get().state() != Deployment.State.FAILED);
    }

    private Optional<Deployment> deployment(Payload item, Instant created)
        throws EvidenceException {
      Revision revision = item.revision("sha");
      String author = item.at("creator").optional("login").orElse("");
      if (lookedUp >= LOOKED_UP || !deadline.hasTimeToSpare()) {
        return Optional.of(new Deployment(created, revision, author, Deployment.State.UNKNOWN));
      }
      lookedUp++;
      return History.of(statuses(item.number("id"), deadline), created)
          .map(history -> new Deployment(history.began(), revision, author, history.state()));
    }

    private List<Status> statuses(long id, Deadline deadline) throws EvidenceException {
      List<Status> statuses = new ArrayList<>();
      pages.each(
          repository.project(),
          get(
              "list of deployment statuses",
              repository,
              "deployments",
              String.valueOf(id),
              "statuses"),
          deadline,
          item -> {
            Status status = new Status(item.instant("created_at"), item.text("state"));
            if (status.at().isBefore(window.to())) {
              statuses.add(status);
            }
            return true;
          });
      return statuses;
    }
  }

  private record Status(Instant at, String state) {}

  /** What a deployment's statuses tell. */
  private record History(Instant began, Deployment.State state) {
    /** Empty for one that did not begin. */
    static Optional<History> of(List<Status> statuses, Instant created) {
      boolean isWaiting =
          !statuses.isEmpty()
              && statuses.stream().allMatch(status -> NOT_BEGUN.contains(status.state()));
      if (isWaiting) {
        return Optional.empty();
      }
      List<Status> sorted = statuses.stream().sorted(Comparator.comparing(Status::at)).toList();
      Instant began =
          sorted.stream()
              .filter(s -> s.state().equals("in_progress") || s.state().equals("success"))
              .map(Status::at)
              .findFirst()
              .orElse(created);
      boolean didSucceed =
          sorted.isEmpty()
              || sorted.stream()
                  .anyMatch(s -> s.state().equals("success") || s.state().equals("inactive"));
      boolean didFail = sorted.stream().anyMatch(s -> FAILURES.contains(s.state()));
      return Optional.of(
          new History(
              began,
              didSucceed
                  ? Deployment.State.SUCCEEDED
                  : didFail ? Deployment.State.FAILED : Deployment.State.RUNNING));
    }
  }

  @Override
  public List<Merge> merges(Repository repository, Window window, Deadline deadline)
      throws EvidenceException {
    Question question =
        get("list of pull requests", repository, "pulls")
            .with("state", "closed")
            .with("sort", "updated")
            .with("direction", "desc");
    if (repository.branch().isPresent()) {
      question = question.with("base", repository.branch().get());
    }
    List<Merge> merges = new ArrayList<>();
    pages.each(
        repository.project(),
        question,
        deadline,
        item -> {
          Optional<Instant> merged = item.optionalInstant("merged_at");
          if (merged.filter(window::contains).isPresent() && isOn(repository, item.at("base"))) {
            merges.add(
                new Merge(
                    merged.get(),
                    item.number("number"),
                    item.optionalRevision("merge_commit_sha"),
                    item.text("title"),
                    item.at("user").optional("login").orElse("")));
          }
          return !item.instant("updated_at").isBefore(window.from());
        });
    merges.sort(Comparator.comparing(Merge::at).reversed());
    return merges;
  }

  private static boolean isOn(Repository repository, Payload base) throws EvidenceException {
    String branch = base.text("ref");
    return branch.equals(
        repository.branch().orElse(base.at("repo").optional("default_branch").orElse(branch)));
  }

  @Override
  public ChangedFiles files(Repository repository, Merge merge, Deadline deadline)
      throws EvidenceException {
    List<String> names = new ArrayList<>();
    boolean areAll =
        pages.upTo(
            MOST_FILES / Pages.SIZE,
            repository.project(),
            get(
                "list of changed files",
                repository,
                "pulls",
                String.valueOf(merge.number()),
                "files"),
            deadline,
            item -> {
              names.addAll(names(item));
              return true;
            });
    return new ChangedFiles(names, areAll);
  }

  private static List<String> names(Payload file) throws EvidenceException {
    return Stream.concat(
            Stream.of(file.text("filename")), file.optional("previous_filename").stream())
        .toList();
  }

  @Override
  public Comparison compare(Repository repository, Revision from, Revision to, Deadline deadline)
      throws EvidenceException {
    Payload answer =
        pages.ask(
            repository.project(),
            get("comparison", repository, "compare", from.id() + "..." + to.id())
                .with("per_page", String.valueOf(Pages.SIZE)),
            deadline);
    List<Commit> commits = new ArrayList<>();
    for (Payload item : answer.items("commits")) {
      Payload commit = item.at("commit");
      commits.add(
          new Commit(
              item.revision("sha"),
              commit.text("message"),
              item.at("author")
                  .optional("login")
                  .or(() -> commit.at("author").optional("name"))
                  .orElse("")));
    }
    List<String> names = new ArrayList<>();
    List<Payload> files = answer.items("files");
    for (Payload file : files) {
      names.addAll(names(file));
    }
    return new Comparison(
        (int) Math.min(Integer.MAX_VALUE, answer.number("total_commits")),
        commits,
        new ChangedFiles(names, files.size() < MOST_FILES));
  }

  @Override
  public Set<Revision> touching(
      Repository repository, String path, Revision head, Deadline deadline)
      throws EvidenceException {
    Set<Revision> commits = new HashSet<>();
    pages.upTo(
        1,
        repository.project(),
        get("list of commits", repository, "commits").with("sha", head.id()).with("path", path),
        deadline,
        item -> {
          commits.add(item.revision("sha"));
          return true;
        });
    return commits;
  }

  /** Of a file above a megabyte only the blob has the content. */
  @Override
  public Optional<String> file(
      Repository repository, String path, Revision revision, Deadline deadline)
      throws EvidenceException {
    String[] place =
        Stream.concat(Stream.of("contents"), Arrays.stream(path.split("/")))
            .filter(part -> !part.isEmpty())
            .toArray(String[]::new);
    Optional<Payload> file =
        pages.find(get("file", repository, place).with("ref", revision.id()), deadline);
    if (file.isEmpty() || !file.get().optional("type").orElse("").equals("file")) {
      return Optional.empty();
    }
    if (file.get().optional("encoding").orElse("").equals("base64")) {
      return Optional.of(file.get().decoded("content"));
    }
    return Optional.of(
        pages
            .ask(
                repository.project(),
                get("file's content", repository, "git", "blobs", file.get().revision("sha").id()),
                deadline)
            .decoded("content"));
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
    return page(repository) + "/pull/" + merge.number();
  }

  private String page(Repository repository) {
    return site + "/" + repository.project();
  }

  @Override
  public void close() {
    client.close();
  }
}
