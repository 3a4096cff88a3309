package dev.samovar.config;

import dev.samovar.evidence.Model;
import dev.samovar.evidence.Nearest;
import dev.samovar.oncall.Schedule;
import dev.samovar.redaction.RedactionSettings;
import dev.samovar.rota.Rota;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;

/**
 * {@code samovar.yaml} (CONTRACT.md, section 3).
 *
 * @param storeUrl JDBC address of the incidents' store
 * @param validationRules paths to rule files, by the names of the models
 */
public record Configuration(
    Cluster elasticsearch,
    Optional<Prometheus> prometheus,
    Optional<Server> airflow,
    Optional<Mlflow> mlflow,
    String storeUrl,
    Retention retention,
    Slack slack,
    Optional<Webhooks> webhooks,
    Optional<Reports> reports,
    RunbookPages runbooks,
    List<Handoff> handoffs,
    List<Model> models,
    Repositories repositories,
    Map<String, List<String>> validationRules,
    OnCallServices onCall,
    Platforms platforms,
    Operations operations,
    RedactionSettings redaction,
    Map<String, Access> access) {

  /**
   * Where a model may be talked about, and with whom alone.
   *
   * @param channels names or ids
   * @param userGroups ids or handles
   */
  public record Access(List<String> channels, List<String> userGroups) {
    public Access {
      channels = List.copyOf(channels);
      userGroups = List.copyOf(userGroups);
    }
  }

  /** The logs. */
  public record Cluster(
      List<String> urls,
      Optional<Secret> apiKey,
      Optional<String> username,
      Optional<Secret> password,
      Optional<Path> caFile,
      Optional<String> kibana,
      Duration connectTimeout,
      Optional<Integer> maxSearches) {}

  /**
   * The metrics.
   *
   * @param grafanaDatasource the uid of the data source in Grafana
   * @param tenant sent as {@code X-Scope-OrgID}
   * @param headers others to send
   */
  public record Prometheus(
      String url,
      Optional<String> grafana,
      Optional<String> grafanaDatasource,
      Optional<Secret> bearerToken,
      Optional<String> username,
      Optional<Secret> password,
      Optional<String> tenant,
      Optional<Path> caFile,
      Map<String, Secret> headers) {
    public Prometheus {
      headers = Map.copyOf(headers);
    }
  }

  /**
   * The registry of models.
   *
   * @param registered the name it knows a model by, of those that give one
   */
  public record Mlflow(Server server, Map<String, String> registered) {
    public Mlflow {
      registered = Map.copyOf(registered);
    }
  }

  /**
   * How long the store keeps things.
   *
   * @param reports incidents that are over, and handovers
   * @param events what was delivered and posted
   */
  public record Retention(Duration reports, Duration events) {}

  /** How Samovar meets Slack. Only {@code serve} needs the tokens. */
  public record Slack(
      boolean isHttp,
      Optional<Secret> botToken,
      Optional<Secret> appToken,
      Optional<Secret> signingSecret,
      String apiUrl,
      List<String> incidentChannels,
      int port,
      Optional<AutoReply> autoReply,
      Duration cooldown,
      List<String> allowedBots,
      List<Channel> channels,
      List<String> admins) {

    /** What to do about reports that nobody addressed to Samovar. */
    public enum AutoReply {
      ON,
      ASK,
      OFF
    }

    /**
     * A channel that differs from the others.
     *
     * @param name with {@code *} for any letters, or an id
     * @param model meant where none is named
     */
    public record Channel(
        String name,
        Optional<AutoReply> autoReply,
        Optional<String> model,
        Optional<Duration> cooldown) {}

    public Slack {
      incidentChannels = List.copyOf(incidentChannels);
      allowedBots = List.copyOf(allowedBots);
      channels = List.copyOf(channels);
      admins = List.copyOf(admins);
    }

    /** The keys that {@code serve} needs in this mode and that are not there. */
    public List<String> missing() {
      List<String> missing = new java.util.ArrayList<>();
      if (botToken.isEmpty()) {
        missing.add("slack.bot_token");
      }
      if (isHttp && signingSecret.isEmpty()) {
        missing.add("slack.signing_secret");
      }
      if (!isHttp && appToken.isEmpty()) {
        missing.add("slack.app_token");
      }
      return missing;
    }
  }

  /**
   * What operators see.
   *
   * @param port of health and metrics, where it was said; else that of Slack, where that was
   * @param isJson how the log is written; empty where it depends on who reads it
   */
  public record Operations(Optional<Integer> port, Optional<Boolean> isJson) {
    private static Operations read(Section root) {
      Optional<Section> section = root.section("operations");
      Optional<Integer> port = section.flatMap(one -> one.number("port", 1, 65_535));
      section.ifPresent(Section::end);
      return new Operations(
          port.or(() -> root.section("slack").flatMap(slack -> slack.number("port", 0, 65_535))),
          root.parsed(
              "logging",
              given ->
                  switch (given.toLowerCase(Locale.ROOT)) {
                    case "json" -> Optional.of(true);
                    case "text" -> Optional.of(false);
                    default -> Optional.empty();
                  },
              "is neither json nor text"));
    }
  }

  /**
   * How alerts and changes come in.
   *
   * @param channel of alerts about no model, or about one that has no channel of its own
   */
  public record Webhooks(Secret secret, String channel) {}

  /** Where the pages are, and where people read them. */
  public record RunbookPages(Optional<Path> directory, Optional<String> baseUrl) {}

  /**
   * Where a team's shifts are handed over, and by whom to whom.
   *
   * @param schedule who is on call, where another program says so
   * @param mentionOnCall whether people on call are called, not only named
   */
  public record Handoff(
      String team, String channel, Rota rota, Optional<Schedule> schedule, boolean mentionOnCall) {}

  public Configuration {
    handoffs = List.copyOf(handoffs);
    models = List.copyOf(models);
    access = Map.copyOf(access);
    validationRules = Map.copyOf(validationRules);
  }

  /**
   * @param environment for {@code ${NAME}}
   * @throws ConfigurationException with everything that is wrong
   */
  public static Configuration load(Path file, Map<String, String> environment)
      throws ConfigurationException {
    String name = String.valueOf(file.getFileName());
    try {
      return parse(name, Files.readString(file), environment);
    } catch (NoSuchFileException e) {
      throw new ConfigurationException(
          List.of(
              "There is no configuration at "
                  + file
                  + "; copy samovar.example.yaml there, or name another with --config FILE."));
    } catch (IOException e) {
      throw new ConfigurationException(List.of(file + " can't be read: " + e.getMessage()));
    }
  }

  static Configuration parse(String name, String text, Map<String, String> environment)
      throws ConfigurationException {
    Mistakes mistakes = new Mistakes(name);
    Node root = compose(name, text);
    if (root == null) {
      throw new ConfigurationException(
          List.of(name + " is empty; it needs at least elasticsearch.url and models."));
    }
    Optional<Section> section = new Entry(root, "", environment, mistakes).section();
    if (section.isEmpty()) {
      throw new ConfigurationException(
          List.of(name + ":1:1: expected keys such as elasticsearch: and models:"));
    }
    Configuration configuration = read(section.get());
    section.get().end();
    mistakes.end();
    return configuration;
  }

  private static @Nullable Node compose(String name, String text) throws ConfigurationException {
    LoaderOptions options = new LoaderOptions();
    options.setMaxAliasesForCollections(50);
    try {
      return new Yaml(options).compose(new java.io.StringReader(text));
    } catch (MarkedYAMLException e) {
      Mark mark = e.getProblemMark();
      throw new ConfigurationException(
          List.of(
              name
                  + (mark == null ? "" : ":" + (mark.getLine() + 1) + ":" + (mark.getColumn() + 1))
                  + ": this is no YAML: "
                  + e.getProblem()));
    } catch (YAMLException e) {
      throw new ConfigurationException(List.of(name + ": this is no YAML: " + e.getMessage()));
    }
  }

  private static Configuration read(Section root) {
    List<Model> models = Models.read(root);
    root.section("slack").stream()
        .flatMap(slack -> slack.items("channels").stream())
        .flatMap(channel -> channel.section().stream())
        .flatMap(channel -> channel.entry("model").stream())
        .forEach(entry -> mustName(models, entry));
    Optional<Section> store = root.section("store");
    Optional<String> storeUrl = store.flatMap(Configuration::storeUrl);
    Retention retention =
        store.flatMap(s -> s.section("retention")).map(Configuration::retention).orElse(USUAL);
    store.ifPresent(Section::end);
    return new Configuration(
        root.section("elasticsearch").map(Configuration::cluster).orElseGet(() -> noCluster(root)),
        root.section("prometheus").map(Configuration::prometheus),
        root.section("airflow").map(Server::read),
        mlflow(root),
        storeUrl.orElse("jdbc:h2:file:./data/samovar"),
        retention,
        root.section("slack").map(Configuration::slack).orElse(NO_SLACK),
        root.section("webhooks").flatMap(Configuration::webhooks),
        root.section("reports").flatMap(Reports::read),
        root.section("runbooks").map(Configuration::pages).orElse(NO_PAGES),
        Handoffs.read(root, models),
        models,
        Repositories.read(root),
        RulePaths.read(root),
        OnCallServices.read(root),
        Platforms.read(root),
        Operations.read(root),
        Redactions.read(root),
        Accesses.read(root));
  }

  private static Optional<String> storeUrl(Section section) {
    return section.parsed(
        "url",
        given ->
            given.startsWith("jdbc:h2:") || given.startsWith("jdbc:postgresql:")
                ? Optional.of(given)
                : Optional.empty(),
        "is no jdbc:h2:… or jdbc:postgresql:… address");
  }

  private static Retention retention(Section section) {
    Retention retention =
        new Retention(
            kept(section, "reports").orElse(USUAL.reports()),
            kept(section, "events").orElse(USUAL.events()));
    section.end();
    return retention;
  }

  private static Optional<Duration> kept(Section section, String key) {
    Optional<Duration> given = section.duration(key);
    if (given.isPresent() && given.get().compareTo(LEAST_KEPT) < 0) {
      section
          .entry(key)
          .ifPresent(
              entry ->
                  entry.wrong(
                      entry.shown()
                          + " is too short; what is delivered again after an outage must still be"
                          + " known: at least 1d"));
    }
    return given;
  }

  private static void mustName(List<Model> models, Entry entry) {
    Optional<String> given = entry.text();
    List<String> names = models.stream().map(Model::name).toList();
    if (given.isPresent() && !names.contains(given.get())) {
      entry.wrong(
          entry.shown()
              + " is no model's name"
              + Nearest.of(given.get(), names)
                  .map(near -> "; did you mean \"" + near + "\"?")
                  .orElse("; they are listed under models:"));
    }
  }

  private static final Retention USUAL = new Retention(Duration.ofDays(180), Duration.ofDays(30));

  private static final int SHORTEST_SECRET = 16;

  private static final Duration LEAST_KEPT = Duration.ofDays(1);

  private static final Slack NO_SLACK =
      new Slack(
          false,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          "https://slack.com/api/",
          List.of(),
          3000,
          Optional.empty(),
          Duration.ofMinutes(15),
          List.of(),
          List.of(),
          List.of());

  private static final RunbookPages NO_PAGES = new RunbookPages(Optional.empty(), Optional.empty());

  private static Cluster noCluster(Section root) {
    root.required("elasticsearch");
    return new Cluster(
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Duration.ofSeconds(3),
        Optional.empty());
  }

  private static Cluster cluster(Section section) {
    List<String> urls = section.urls("url");
    if (urls.isEmpty()) {
      section.required("url");
    }
    Cluster cluster =
        new Cluster(
            urls,
            section.secret("api_key"),
            section.text("username"),
            section.secret("password"),
            section.text("ca_file").map(Path::of),
            section.url("kibana"),
            section.duration("connect_timeout").orElse(Duration.ofSeconds(3)),
            section.number("max_searches", 1, 200));
    if (cluster.apiKey().isPresent() && cluster.username().isPresent()) {
      section
          .entry("username")
          .ifPresent(entry -> entry.wrong("give api_key or username and password, not both"));
    }
    section.end();
    return cluster;
  }

  private static Prometheus prometheus(Section section) {
    section.required("url");
    Prometheus prometheus =
        new Prometheus(
            section.url("url").orElse(""),
            section.url("grafana"),
            section.text("grafana_datasource"),
            section.secret("bearer_token"),
            section.text("username"),
            section.secret("password"),
            section.text("tenant"),
            section.text("ca_file").map(Path::of),
            section.section("headers").map(Configuration::headers).orElse(Map.of()));
    if (prometheus.bearerToken().isPresent() && prometheus.username().isPresent()) {
      section
          .entry("username")
          .ifPresent(entry -> entry.wrong("give bearer_token or username and password, not both"));
    }
    if (prometheus.password().isPresent() && prometheus.username().isEmpty()) {
      section.entry("password").ifPresent(entry -> entry.wrong("there is no username to it"));
    }
    section.end();
    return prometheus;
  }

  private static Optional<Mlflow> mlflow(Section root) {
    Map<String, String> registered = new java.util.TreeMap<>();
    Optional<Server> server = root.section("mlflow").map(Server::read);
    for (Entry item : root.items("models")) {
      Optional<Section> model = item.section();
      Optional<String> name = model.flatMap(one -> one.text("name"));
      Optional<String> given = model.flatMap(one -> one.text("mlflow"));
      if (name.isPresent() && given.isPresent()) {
        registered.put(name.get(), given.get());
        if (server.isEmpty()) {
          model
              .flatMap(one -> one.entry("mlflow"))
              .ifPresent(entry -> entry.wrong("there is no mlflow: { url: … } to ask"));
        }
      }
    }
    return server.map(one -> new Mlflow(one, registered));
  }

  private static Map<String, Secret> headers(Section section) {
    Map<String, Secret> headers = new java.util.TreeMap<>();
    section
        .all()
        .forEach(
            (name, entry) -> {
              if (!name.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+")) {
                entry.wrong("\"" + name + "\" is no name of a header");
              } else {
                section.secret(name).ifPresent(value -> headers.put(name, value));
              }
            });
    return headers;
  }

  private static Slack slack(Section section) {
    Optional<Boolean> isHttp =
        section.parsed(
            "mode",
            given ->
                switch (given.toLowerCase(Locale.ROOT)) {
                  case "socket" -> Optional.of(false);
                  case "http" -> Optional.of(true);
                  default -> Optional.empty();
                },
            "is neither socket nor http");
    Slack slack =
        new Slack(
            isHttp.orElse(false),
            section.secret("bot_token"),
            section.secret("app_token"),
            section.secret("signing_secret"),
            section.url("api_url").orElse(NO_SLACK.apiUrl()),
            section.texts("incident_channels"),
            section.number("port", 0, 65_535).orElse(NO_SLACK.port()),
            autoReply(section),
            section.duration("cooldown").orElse(NO_SLACK.cooldown()),
            section.texts("allowed_bots"),
            section.items("channels").stream()
                .flatMap(item -> item.section().stream())
                .map(Configuration::channel)
                .toList(),
            admins(section));
    section.end();
    return slack;
  }

  private static List<String> admins(Section section) {
    for (Entry item : section.items("admins")) {
      if (item.text().filter(id -> !id.matches("[UW][A-Z0-9]{2,30}")).isPresent()) {
        item.wrong(item.shown() + " is no id of a user in Slack, such as U0123ABCD");
      }
    }
    return section.texts("admins");
  }

  /** An empty secret, as of {@code ${KEY:-}}, leaves the doors shut. */
  private static Optional<Webhooks> webhooks(Section section) {
    Optional<Secret> secret = section.secret("secret");
    Optional<String> channel = section.text("channel");
    if (secret.isPresent() && secret.get().value().length() < SHORTEST_SECRET) {
      section
          .entry("secret")
          .ifPresent(
              entry ->
                  entry.wrong(
                      "the secret is too short; it needs at least "
                          + SHORTEST_SECRET
                          + " characters, as of: openssl rand -hex 24"));
    }
    if (secret.isPresent()) {
      section.required("channel");
    }
    section.end();
    return secret.map(known -> new Webhooks(known, channel.orElse("")));
  }

  private static Slack.Channel channel(Section section) {
    Slack.Channel channel =
        new Slack.Channel(
            section.required("name").orElse(""),
            autoReply(section),
            section.text("model"),
            section.duration("cooldown"));
    section.end();
    return channel;
  }

  private static Optional<Slack.AutoReply> autoReply(Section section) {
    return section.parsed(
        "auto_reply",
        given ->
            switch (given.toLowerCase(Locale.ROOT)) {
              // YAML 1.1 reads a bare on and off as truth values.
              case "on", "true" -> Optional.of(Slack.AutoReply.ON);
              case "ask" -> Optional.of(Slack.AutoReply.ASK);
              case "off", "false" -> Optional.of(Slack.AutoReply.OFF);
              default -> Optional.empty();
            },
        "is none of on, ask and off");
  }

  private static RunbookPages pages(Section section) {
    RunbookPages pages =
        new RunbookPages(section.text("directory").map(Path::of), section.url("base_url"));
    section.end();
    return pages;
  }
}
