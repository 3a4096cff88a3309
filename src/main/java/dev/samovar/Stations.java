package dev.samovar;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.samovar.charts.Gallery;
import dev.samovar.config.Configuration;
import dev.samovar.doctor.Station;
import dev.samovar.doctor.Station.State;
import dev.samovar.elasticsearch.Checkup;
import dev.samovar.elasticsearch.ElasticsearchSource;
import dev.samovar.evidence.Dataset;
import dev.samovar.evidence.EvidenceException;
import dev.samovar.evidence.Model;
import dev.samovar.evidence.Presence;
import dev.samovar.evidence.Privilege;
import dev.samovar.redaction.Redaction;
import dev.samovar.runbooks.Runbooks;
import dev.samovar.slack.SlackCheckup;
import dev.samovar.store.StoreCheckup;
import dev.samovar.store.StoreException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Everything that Samovar depends on, asked how it is.
 *
 * @param reached whether any source of evidence answered
 * @param role the least that the credentials must be allowed to do
 * @param families index expressions for what there is in Elasticsearch
 */
record Stations(List<Station> all, boolean reached, Optional<String> role, List<String> families) {
  private static final Duration BUDGET = Duration.ofSeconds(10);

  /** Beyond it, “the last two hours” mean something else there than here. */
  private static final Duration TOLERATED_SKEW = Duration.ofSeconds(5);

  private static final List<String> NEEDED = List.of("read", "view_index_metadata");

  static Stations of(
      Configuration configuration, House house, ConfiguredSchedules schedules, Clock clock) {
    List<Station> all = new ArrayList<>();
    Set<String> indices = indices(configuration.models());
    Checkup checkup = house.checkup(BUDGET, clock);
    Station cluster = elasticsearch(checkup, indices, configuration);
    all.add(cluster);
    Station prometheus = prometheus(configuration, house, clock);
    all.add(prometheus);
    List<Station> platforms =
        PlatformFeeds.stations(configuration.platforms(), configuration.models(), BUDGET);
    all.addAll(platforms);
    FeedStations feeds = new FeedStations(configuration);
    Set<String> told = platforms.stream().map(Station::name).collect(Collectors.toSet());
    house.feeds().stream()
        .filter(feed -> !told.contains(feed.name()))
        .forEach(feed -> all.add(feeds.of(feed)));
    schedules.roster().teams().forEach(team -> feeds.of(team, clock).ifPresent(all::add));
    feeds.absent().ifPresent(all::add);
    all.add(slack(configuration));
    all.add(store(configuration.storeUrl()));
    all.add(runbooks(configuration.runbooks()));
    boolean clusterAnswers = cluster.state() != State.BROKEN;
    boolean prometheusAnswers =
        prometheus.state() == State.OK || prometheus.state() == State.WARNING;
    return new Stations(
        List.copyOf(all),
        clusterAnswers || prometheusAnswers,
        Optional.of("POST _security/role/samovar\n" + lines(Checkup.role(indices))),
        clusterAnswers ? families(checkup) : List.of());
  }

  /** Another cluster's indices need privileges there. */
  private static Set<String> indices(List<Model> models) {
    Set<String> indices = new TreeSet<>();
    indices.add(ElasticsearchSource.PROFILES);
    for (Model model : models) {
      for (Dataset dataset : Dataset.values()) {
        Stream.of(model.index(dataset).split(","))
            .map(String::strip)
            .filter(part -> !part.isEmpty() && !part.startsWith("-") && !part.contains(":"))
            .forEach(indices::add);
      }
    }
    return indices;
  }

  private static List<String> families(Checkup checkup) {
    try {
      return checkup.families();
    } catch (EvidenceException e) {
      // Who may not list indices is told so by the privileges; there is nothing to propose then.
      return List.of();
    }
  }

  private static Station elasticsearch(
      Checkup checkup, Set<String> indices, Configuration configuration) {
    String url =
        String.join(
            ", ", configuration.elasticsearch().urls().stream().map(Stations::address).toList());
    Presence presence;
    Optional<List<Privilege>> privileges;
    try {
      presence = checkup.presence();
      Map<String, List<String>> wanted = new LinkedHashMap<>();
      indices.forEach(index -> wanted.put(index, NEEDED));
      wanted.put("logs-ml.change-default", List.of("create_doc", "auto_configure"));
      privileges = checkup.privileges(List.of("monitor", "manage_index_templates"), wanted);
    } catch (EvidenceException e) {
      return Station.broken(
          "Elasticsearch", e.getMessage(), "Make Elasticsearch answer: see SOURCES.");
    }
    List<String> details = new ArrayList<>();
    List<String> next = new ArrayList<>();
    boolean isWell = clock(presence, details, next, "Elasticsearch");
    if (privileges.isEmpty()) {
      details.add("It has no security: whoever reaches it may read and write all.");
    } else {
      List<Privilege> lacking = privileges.get().stream().filter(one -> !one.granted()).toList();
      List<String> needed =
          lacking.stream()
              .filter(one -> NEEDED.contains(one.name()))
              .map(one -> one.name() + " on " + one.on())
              .toList();
      if (needed.isEmpty()) {
        details.add("The credentials may read all that investigations need.");
      } else {
        isWell = false;
        details.add("The credentials lack " + String.join(", ", needed) + ".");
        next.add("Give the key of Elasticsearch the role under LEAST PRIVILEGES.");
      }
      if (lacking.stream().anyMatch(one -> one.name().equals("monitor"))) {
        details.add("Without monitor on the cluster, its clock can't be compared.");
      }
      if (lacking.stream().anyMatch(one -> one.name().equals("manage_index_templates"))) {
        details.add(
            "samovar setup needs other credentials: manage_index_templates is not granted.");
      }
      if (lacking.stream().anyMatch(one -> one.name().equals("create_doc"))) {
        details.add("samovar change needs other credentials: create_doc is not granted.");
      }
    }
    return new Station(
        "Elasticsearch", isWell ? State.OK : State.WARNING, told(presence, url), details, next);
  }

  private static Station prometheus(Configuration configuration, House house, Clock clock) {
    if (configuration.prometheus().isEmpty()) {
      return Station.absent(
          "Prometheus", "not configured; metrics are read from Elasticsearch (metrics-*)");
    }
    try {
      Presence presence = house.prometheus(BUDGET, clock).orElseThrow();
      List<String> details = new ArrayList<>();
      List<String> next = new ArrayList<>();
      boolean isWell = clock(presence, details, next, "Prometheus");
      return new Station(
          "Prometheus",
          isWell ? State.OK : State.WARNING,
          told(presence, address(configuration.prometheus().get().url())),
          details,
          next);
    } catch (EvidenceException e) {
      return Station.broken("Prometheus", e.getMessage(), "Make Prometheus answer: see SOURCES.");
    }
  }

  static String told(Presence presence, String url) {
    return presence.version() + " at " + url + ", " + presence.latency().toMillis() + " ms";
  }

  /** An address may carry a user and a password. */
  static String address(String url) {
    return url.replaceFirst("//[^/@]*@", "//").replaceFirst("\\?.*", "");
  }

  static boolean clock(Presence presence, List<String> details, List<String> next, String name) {
    if (presence.skew().isEmpty()) {
      details.add("It does not tell the time.");
      return true;
    }
    Duration skew = presence.skew().get();
    // A date header counts whole seconds.
    if (skew.abs().compareTo(TOLERATED_SKEW) <= 0) {
      details.add("Its clock agrees with this machine's.");
      return true;
    }
    details.add(
        "Its clock is "
            + skew.abs().toSeconds()
            + " s "
            + (skew.isNegative() ? "behind" : "ahead of")
            + " this machine's.");
    next.add("Set the clocks of this machine and of " + name + " by NTP: they differ.");
    return false;
  }

  private static Station slack(Configuration configuration) {
    Configuration.Slack slack = configuration.slack();
    List<String> missing = slack.missing();
    boolean hasToken = slack.botToken().isPresent() || slack.appToken().isPresent();
    if (!hasToken) {
      return Station.absent("Slack", "not set up; serve needs " + String.join(" and ", missing));
    }
    SlackCheckup checkup =
        SlackCheckup.of(
            ServeCommand.settings(slack, Optional.empty(), Redaction.usual(), Map.of()));
    List<String> details = new ArrayList<>(checkup.troubles());
    List<String> next = new ArrayList<>();
    if (!missing.isEmpty()) {
      details.add("serve needs " + String.join(" and ", missing) + " besides.");
      next.add("Set " + String.join(" and ", missing) + ".");
    }
    if (!checkup.lacking().isEmpty()) {
      details.add("The bot's token lacks the scopes " + String.join(", ", checkup.lacking()) + ".");
      next.add(
          "Add the scopes "
              + String.join(", ", checkup.lacking())
              + " to the Slack app, as its manifest has them, and install it again.");
    }
    boolean hasSchedules =
        configuration.handoffs().stream().anyMatch(one -> one.schedule().isPresent());
    if (hasSchedules && checkup.team().isPresent() && !checkup.findsPeople()) {
      details.add(
          "Without the scope users:read.email, people of schedules are named, and not found here.");
    }
    if (checkup.lacking().contains("files:write")) {
      details.add("Without files:write, answers come without pictures.");
    }
    Gallery.trouble()
        .ifPresent(
            why -> {
              details.add("Pictures can't be drawn here: " + why + ".");
              next.add("Run a Java with java.desktop, on a system with libfreetype.");
            });
    if (!checkup.surplus().isEmpty()) {
      details.add("Nobody needs its scopes " + String.join(", ", checkup.surplus()) + ".");
    }
    if (!checkup.troubles().isEmpty()) {
      next.add("Make Slack take the tokens: see SOURCES.");
    }
    State state =
        !checkup.troubles().isEmpty() ? State.BROKEN : next.isEmpty() ? State.OK : State.WARNING;
    return new Station(
        "Slack",
        state,
        checkup.team().map(team -> "installed in " + team).orElse("tokens not accepted")
            + (slack.isHttp() ? ", over HTTP" : ", in Socket Mode"),
        details,
        next);
  }

  private static Station store(String url) {
    try {
      return Station.ok("store", StoreCheckup.look(url));
    } catch (StoreException e) {
      return Station.broken(
          "store",
          String.valueOf(e.getMessage()),
          url.startsWith("jdbc:h2:")
              ? "See whether serve has the store open: an H2 file is open to one process."
              : "Make the store answer: see SOURCES.");
    }
  }

  private static Station runbooks(Configuration.RunbookPages pages) {
    if (pages.directory().isEmpty()) {
      return Station.ok("runbooks", "the pages that Samovar brings along");
    }
    Path directory = pages.directory().get();
    if (!Files.isDirectory(directory)) {
      return new Station(
          "runbooks",
          State.WARNING,
          directory + " is no folder; the pages that Samovar brings along are used",
          List.of(),
          List.of("Name the folder of the runbooks, or take runbooks.directory out."));
    }
    int own = new Runbooks(pages.directory(), pages.baseUrl()).own().size();
    return Station.ok(
        "runbooks",
        own + " pages in " + directory + "; for the other checks, those that Samovar brings along");
  }

  /** Each name on a line of its own: there may be dozens. */
  private static String lines(JsonNode json) {
    try {
      return new ObjectMapper()
          .writer(
              new DefaultPrettyPrinter()
                  .withArrayIndenter(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE))
          .writeValueAsString(json);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
