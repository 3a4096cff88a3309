package dev.samovar;

import dev.samovar.config.Configuration;
import dev.samovar.config.ConfigurationException;
import dev.samovar.elasticsearch.ElasticsearchSource;
import dev.samovar.evidence.ChangeNote;
import dev.samovar.evidence.ChangeRecorder;
import dev.samovar.evidence.Dataset;
import dev.samovar.evidence.EvidenceException;
import dev.samovar.evidence.Model;
import dev.samovar.evidence.Nearest;
import dev.samovar.understanding.TimeArgument;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "change",
    description = "Records a change that somebody made; for a deploy pipeline.",
    mixinStandardHelpOptions = true)
final class ChangeCommand implements Callable<Integer> {
  private static final Duration BUDGET = Duration.ofSeconds(20);

  /** Where changes go whose models read the default pattern. */
  private static final String USUAL = "logs-ml.change-default";

  @Option(
      names = "--config",
      paramLabel = "FILE",
      defaultValue = "samovar.yaml",
      description = "Default: ./samovar.yaml")
  private Path config = Path.of("samovar.yaml");

  @Option(
      names = "--kind",
      required = true,
      paramLabel = "KIND",
      description =
          "code, config, preprocessing, model, data, dependency, feature-flag or infrastructure")
  private String kind = "";

  @Option(
      names = "--component",
      required = true,
      paramLabel = "NAME",
      description = "What was changed: a model, service, pipeline, topic, flag …")
  private String component = "";

  @Option(names = "--from", paramLabel = "A", description = "What it was: a version, a value.")
  private @Nullable String from;

  @Option(names = "--to", paramLabel = "B", description = "What it is now.")
  private @Nullable String to;

  @Option(names = "--author", paramLabel = "WHO", description = "Who changed it.")
  private @Nullable String author;

  @Option(names = "--url", paramLabel = "URL", description = "The commit, the ticket, the run.")
  private @Nullable String url;

  @Option(names = "--summary", paramLabel = "TEXT", description = "In a sentence.")
  private @Nullable String summary;

  @Option(
      names = "--model",
      paramLabel = "MODEL",
      description =
          "The model it concerns. Without, it concerns all models that have the component; changes"
              + " of infrastructure and feature flags, all.")
  private @Nullable String model;

  @Option(names = "--at", paramLabel = "T", description = "When it took effect. Default: now")
  private @Nullable String at;

  @Override
  public Integer call() throws ConfigurationException, UsageException {
    ChangeNote asked = note(Instant.now());
    Configuration configuration = Configuration.load(config, System.getenv());
    List<Model> readers = configuration.models();
    Optional<String> named = Optional.empty();
    if (model != null) {
      Model one = NamedModel.of(model, readers);
      readers = List.of(one);
      named = Optional.of(one.name());
    }
    ChangeNote change =
        new ChangeNote(
            asked.at(),
            asked.kind(),
            asked.component(),
            asked.from(),
            asked.to(),
            asked.author(),
            asked.url(),
            asked.summary(),
            named);
    Map<String, Model> targets = new LinkedHashMap<>();
    for (Model reader : readers) {
      targets.putIfAbsent(target(reader), reader);
    }
    try (ElasticsearchSource source = House.cluster(configuration)) {
      return record(change, targets, source.changes(BUDGET));
    }
  }

  private static int record(
      ChangeNote change, Map<String, Model> targets, ChangeRecorder recorder) {
    List<String> fresh = new ArrayList<>();
    try {
      for (Map.Entry<String, Model> target : targets.entrySet()) {
        if (recorder.record(change, target.getValue(), target.getKey())) {
          fresh.add(target.getKey());
        }
      }
    } catch (EvidenceException e) {
      System.err.println("The change was not recorded: " + e.getMessage());
      return Samovar.code(e);
    }
    PrintWriter out = new PrintWriter(System.out, false, StandardCharsets.UTF_8);
    out.println(
        (fresh.isEmpty()
                ? "Known already, in " + String.join(", ", targets.keySet())
                : "Recorded in " + String.join(", ", fresh))
            + ": "
            + told(change));
    out.flush();
    return Samovar.OK;
  }

  private static String told(ChangeNote change) {
    return change.kind()
        + " of "
        + change.component()
        + change.from().map(value -> ", from " + value).orElse("")
        + change
            .to()
            .map(value -> (change.from().isPresent() ? " to " : ", to ") + value)
            .orElse("")
        + change.author().map(value -> ", by " + value).orElse("")
        + ", at "
        + change.at().truncatedTo(ChronoUnit.SECONDS)
        + change.model().map(value -> ", for " + value).orElse("")
        + ".";
  }

  private ChangeNote note(Instant now) throws UsageException {
    String given = kind.strip().toLowerCase(Locale.ROOT);
    if (!ChangeNote.KINDS.contains(given)) {
      throw new UsageException(
          "--kind: "
              + kind
              + " is no kind of change"
              + Nearest.of(given, ChangeNote.KINDS)
                  .map(near -> "; did you mean " + near + "?")
                  .orElse(".")
              + " Known are: "
              + String.join(", ", ChangeNote.KINDS)
              + ".");
    }
    if (component.isBlank()) {
      throw new UsageException("--component: say what was changed; it is empty.");
    }
    return new ChangeNote(
        moment(now),
        given,
        component.strip(),
        given(from),
        given(to),
        given(author),
        address(),
        given(summary),
        Optional.empty());
  }

  private Instant moment(Instant now) throws UsageException {
    try {
      return at == null ? now : TimeArgument.parse(at, now, ZoneId.systemDefault());
    } catch (IllegalArgumentException e) {
      throw new UsageException("--at: " + e.getMessage() + ".");
    }
  }

  private Optional<String> address() throws UsageException {
    Optional<String> given = given(url);
    if (given.isPresent() && !isHttp(given.get())) {
      throw new UsageException("--url: " + given.get() + " is no http:// or https:// address.");
    }
    return given;
  }

  private static boolean isHttp(String text) {
    try {
      URI uri = URI.create(text);
      return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
          && uri.getHost() != null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** A pipeline's unset variable arrives as an empty text. */
  private static Optional<String> given(@Nullable String text) {
    return Optional.ofNullable(text).map(String::strip).filter(value -> !value.isEmpty());
  }

  /** Where to write so that the model's investigations read it. */
  private static String target(Model reader) throws UsageException {
    String expression = reader.index(Dataset.CHANGE);
    List<String> parts =
        List.of(expression.split(",")).stream()
            .map(String::strip)
            .filter(part -> !part.isEmpty() && !part.startsWith("-"))
            .toList();
    Optional<String> concrete =
        parts.stream()
            .filter(part -> !part.contains("*") && !part.contains("?") && !part.contains("<"))
            .filter(part -> !part.contains(":"))
            .findFirst();
    if (concrete.isPresent()) {
      return concrete.get();
    }
    if (parts.stream().anyMatch(part -> matches(part, USUAL))) {
      return USUAL;
    }
    throw new UsageException(
        "models: "
            + reader.name()
            + ": indices.change is the pattern "
            + expression
            + ", which does not say where to write; name an index or data stream in it, such as \""
            + expression
            + ","
            + USUAL
            + "\".");
  }

  private static boolean matches(String pattern, String name) {
    String regex = Pattern.quote(pattern).replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q");
    return name.matches(regex);
  }
}
