package dev.samovar.argocd;

import com.fasterxml.jackson.databind.JsonNode;
import dev.samovar.evidence.Dataset;
import dev.samovar.evidence.Event;
import dev.samovar.evidence.EventFeed;
import dev.samovar.evidence.EvidenceException;
import dev.samovar.evidence.Fields;
import dev.samovar.evidence.Model;
import dev.samovar.evidence.Window;
import dev.samovar.http.Answer;
import dev.samovar.http.Credentials;
import dev.samovar.http.HttpSettings;
import dev.samovar.http.JsonClient;
import dev.samovar.http.Question;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import okhttp3.HttpUrl;

/** What Argo CD synced of the applications that a model names, as changes of the model. */
public final class ArgoCdFeed implements EventFeed, AutoCloseable {
  private static final String NAME = "Argo CD";
  private static final String KEY = "argocd";

  /** Commits that are looked up, the newest ones: for who wrote them, and what. */
  private static final int LOOKED_UP = 5;

  private final ArgoCdSettings settings;
  private final JsonClient client;

  /**
   * @throws IOException where the certificates can't be read; the message says why
   */
  public ArgoCdFeed(ArgoCdSettings settings, Clock clock) throws IOException {
    this.settings = settings;
    Map<String, String> headers =
        settings
            .token()
            .map(Credentials::bearer)
            .or(
                () ->
                    settings
                        .username()
                        .map(user -> Credentials.basic(user, settings.password().orElse(""))))
            .orElse(Map.of());
    this.client =
        new JsonClient(
            HttpSettings.of(NAME, KEY, settings.url(), headers).trusting(settings.caFile()), clock);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Set<Dataset> datasets() {
    return Set.of(Dataset.CHANGE);
  }

  @Override
  public Set<String> fields(Model model, Dataset dataset, Duration budget) {
    return dataset == Dataset.CHANGE && !named(model).isEmpty()
        ? Fields.of(Dataset.CHANGE)
        : Set.of();
  }

  @Override
  public List<Event> events(Model model, Dataset dataset, Window window, Duration budget)
      throws EvidenceException {
    long end = System.nanoTime() + budget.toNanos();
    List<Event> events = new ArrayList<>();
    if (dataset == Dataset.CHANGE) {
      for (String named : named(model)) {
        events.addAll(events(model, named, application(named, end), window, end));
      }
    }
    events.sort(Comparator.comparing(Event::time).reversed());
    return events;
  }

  private List<String> named(Model model) {
    return settings.applications().getOrDefault(model.name(), List.of());
  }

  private static Question about(String named, String what, String... more) {
    int slash = named.indexOf('/');
    List<String> path =
        new ArrayList<>(List.of("api", "v1", "applications", named.substring(slash + 1)));
    path.addAll(List.of(more));
    Question question = Question.get(what + " " + named, path.toArray(String[]::new));
    return slash < 0 ? question : question.with("appNamespace", named.substring(0, slash));
  }

  /** An application that nobody may see is refused (403) like one that there is not. */
  private Application application(String named, long end) throws EvidenceException {
    Question question = about(named, "application");
    Optional<Answer> answer = client.find(question, left(end));
    if (answer.isEmpty()) {
      throw new EvidenceException(
          EvidenceException.Kind.BROKEN,
          NAME + " has no application " + named + "; check models[].argocd");
    }
    JsonNode body = answer.get().body();
    client.text(question, body.path("metadata"), "name");
    return Application.read(body);
  }

  private List<Event> events(
      Model model, String named, Application application, Window window, long end)
      throws EvidenceException {
    List<Event> events = new ArrayList<>();
    List<Application.Deployment> all = application.deployments();
    int lookedUp = 0;
    for (int i = all.size() - 1; i >= 0; i--) {
      Application.Deployment deployment = all.get(i);
      if (!window.contains(deployment.at())) {
        continue;
      }
      boolean isLookedUp = deployment.isGit() && lookedUp < LOOKED_UP;
      lookedUp += isLookedUp ? 1 : 0;
      Commit commit = isLookedUp ? commit(named, deployment, end) : Commit.UNKNOWN;
      Optional<Application.Deployment> before =
          i == 0 ? Optional.empty() : Optional.of(all.get(i - 1));
      boolean isSame =
          before.filter(one -> one.revision().equals(deployment.revision())).isPresent();
      boolean isBack =
          !isSame
              && all.subList(0, i).stream()
                  .anyMatch(one -> one.revision().equals(deployment.revision()));
      boolean isNewest = i == all.size() - 1;
      events.add(
          event(
              model,
              application,
              deployment.at(),
              isSame ? "config" : "code",
              before.map(Application.Deployment::shown).orElse(""),
              deployment.shown(),
              deployment.author().isEmpty() ? commit.author() : deployment.author(),
              link(application, "history-" + deployment.id()),
              (isBack ? "rolled back" : "synced")
                  + (deployment.isAutomated() ? " by itself" : "")
                  + " by Argo CD"
                  + (isSame ? ", the same revision again" : "")
                  + commit.said()
                  + (isNewest && !application.state().isEmpty()
                      ? "; it is " + application.state()
                      : "")));
    }
    application
        .failure()
        .filter(failure -> window.contains(failure.at()))
        .ifPresent(failure -> events.add(failed(model, application, failure)));
    return events;
  }

  private Event failed(Model model, Application application, Application.Failure failure) {
    return event(
        model,
        application,
        failure.at(),
        "code",
        "",
        failure.shown(),
        failure.author(),
        link(application, "failed-" + failure.at().getEpochSecond()),
        "sync by Argo CD failed"
            + (failure.message().isEmpty() ? "" : ": “" + failure.message() + "”"));
  }

  /**
   * @param said its title; or that it could not be looked up, with a leading semicolon or comma
   */
  private record Commit(String author, String said) {
    static final Commit UNKNOWN = new Commit("", "");
  }

  /** What is deployed and when is known without it: it is no reason to say nothing. */
  private Commit commit(String named, Application.Deployment deployment, long end) {
    try {
      Optional<Answer> answer =
          client.find(
              about(
                  named,
                  "commit " + deployment.shown() + " of",
                  "revisions",
                  deployment.revision(),
                  "metadata"),
              left(end));
      if (answer.isEmpty()) {
        return Commit.UNKNOWN;
      }
      JsonNode body = answer.get().body();
      String message = body.path("message").asText();
      String title = Application.line(message.lines().findFirst().orElse(""));
      return new Commit(
          // Without the address for mail, which is nobody's business here.
          Application.line(body.path("author").asText().replaceAll("\\s*<[^>]*>", "")),
          title.isEmpty() ? "" : ", “" + title + "”");
    } catch (EvidenceException e) {
      return new Commit("", "; its commit could not be looked up");
    }
  }

  private static Event event(
      Model model,
      Application application,
      Instant at,
      String kind,
      String from,
      String to,
      String author,
      String url,
      String summary) {
    Map<String, List<String>> values = new TreeMap<>();
    values.put(Fields.MODEL, List.of(model.name()));
    values.put(Fields.CHANGE_KIND, List.of(kind));
    values.put(Fields.CHANGE_COMPONENT, List.of(application.name()));
    values.put(Fields.CHANGE_FROM, List.of(from));
    values.put(Fields.CHANGE_TO, List.of(to));
    values.put(Fields.CHANGE_AUTHOR, List.of(author));
    values.put(Fields.CHANGE_URL, List.of(url));
    values.put(Fields.CHANGE_SUMMARY, List.of(summary));
    values.values().removeIf(texts -> texts.get(0).isEmpty());
    return new Event(at, values);
  }

  /**
   * Its page. The fragment means nothing to Argo CD; an address names one change, and no two
   * deployments are the same one.
   */
  private String link(Application application, String fragment) {
    HttpUrl.Builder page = HttpUrl.get(settings.url()).newBuilder().addPathSegment("applications");
    if (!application.namespace().isEmpty()) {
      page.addPathSegment(application.namespace());
    }
    return page.addPathSegment(application.name())
        .username("")
        .password("")
        .query(null)
        .fragment(fragment)
        .build()
        .toString();
  }

  /** How it is, for a person who set it up. */
  public Map<String, String> look(List<Model> models, Duration budget) throws EvidenceException {
    long end = System.nanoTime() + budget.toNanos();
    Map<String, String> said = new TreeMap<>();
    JsonNode version = client.ask(Question.get("version", "api", "version"), left(end)).body();
    said.put("", "Argo CD " + version.path("Version").asText("of unknown version"));
    for (Model model : models) {
      for (String named : named(model)) {
        Application application = application(named, end);
        int count = application.deployments().size();
        said.put(
            model.name() + ", application " + named,
            (count == 1 ? "1 deployment" : count + " deployments")
                + " in its history"
                + (application.state().isEmpty() ? "" : "; it is " + application.state()));
      }
    }
    return said;
  }

  private static Duration left(long end) {
    return Duration.ofNanos(Math.max(1, end - System.nanoTime()));
  }

  @Override
  public void close() {
    client.close();
  }
}
