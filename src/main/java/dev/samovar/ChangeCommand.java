package dev.samovar;

import dev.samovar.changes.ChangeException;
import dev.samovar.changes.ChangeField;
import dev.samovar.changes.ChangePlaces;
import dev.samovar.changes.GivenChange;
import dev.samovar.config.Configuration;
import dev.samovar.config.ConfigurationException;
import dev.samovar.elasticsearch.ElasticsearchSource;
import dev.samovar.evidence.ChangeNote;
import dev.samovar.evidence.ChangeRecorder;
import dev.samovar.evidence.EvidenceException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "change",
    description = "Records a change that somebody made; for a deploy pipeline.",
    mixinStandardHelpOptions = true)
final class ChangeCommand implements Callable<Integer> {
  private static final Duration BUDGET = Duration.ofSeconds(20);

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
    Configuration configuration = Configuration.load(config, System.getenv());
    ChangePlaces places = new ChangePlaces(configuration.models());
    try {
      ChangeNote change =
          given().check(configuration.models(), Instant.now(), ZoneId.systemDefault());
      places.of(change);
      try (ElasticsearchSource source = House.cluster(configuration)) {
        return record(change, places, source.changes(BUDGET));
      }
    } catch (ChangeException e) {
      throw new UsageException(
          String.join(
              "\n",
              e.mistakes().stream()
                  .map(one -> one.where().isEmpty() ? one.what() : "--" + one)
                  .toList()));
    }
  }

  private GivenChange given() {
    Map<ChangeField, String> said = new EnumMap<>(ChangeField.class);
    said.put(ChangeField.KIND, kind);
    said.put(ChangeField.COMPONENT, component);
    put(said, ChangeField.FROM, from);
    put(said, ChangeField.TO, to);
    put(said, ChangeField.AUTHOR, author);
    put(said, ChangeField.URL, url);
    put(said, ChangeField.SUMMARY, summary);
    put(said, ChangeField.MODEL, model);
    put(said, ChangeField.AT, at);
    return new GivenChange(said);
  }

  private static void put(Map<ChangeField, String> said, ChangeField field, @Nullable String text) {
    if (text != null) {
      said.put(field, text);
    }
  }

  private static int record(ChangeNote change, ChangePlaces places, ChangeRecorder recorder)
      throws ChangeException {
    try {
      ChangePlaces.Written written = places.write(change, recorder);
      PrintWriter out = new PrintWriter(System.out, false, StandardCharsets.UTF_8);
      out.println(
          (written.isFresh()
                  ? "Recorded in " + String.join(", ", written.fresh())
                  : "Known already, in " + String.join(", ", written.all()))
              + ": "
              + told(change));
      out.flush();
      return Samovar.OK;
    } catch (EvidenceException e) {
      System.err.println("The change was not recorded: " + e.getMessage());
      return Samovar.code(e);
    }
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
}
