package dev.samovar;

import dev.samovar.baseline.BaselineException;
import dev.samovar.baseline.BaselineFile;
import dev.samovar.baseline.Choice;
import dev.samovar.config.Configuration;
import dev.samovar.config.ConfigurationException;
import dev.samovar.evidence.Binning;
import dev.samovar.evidence.Catalog;
import dev.samovar.evidence.Condition;
import dev.samovar.evidence.Dataset;
import dev.samovar.evidence.Evidence;
import dev.samovar.evidence.EvidenceException;
import dev.samovar.evidence.Fields;
import dev.samovar.evidence.Histogram;
import dev.samovar.evidence.Model;
import dev.samovar.evidence.Nearest;
import dev.samovar.evidence.ProfileStore;
import dev.samovar.evidence.Query;
import dev.samovar.evidence.TrainingProfile;
import dev.samovar.evidence.TrainingProfiles;
import dev.samovar.evidence.ValueCount;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

// The standard help options are not mixed in: their --version is another one.
@Command(
    name = "baseline",
    description = "Stores how the features of a model's version were distributed in training.")
final class BaselineCommand implements Callable<Integer> {
  /** An aggregation over all training rows takes its time. */
  private static final Duration BUDGET = Duration.ofMinutes(5);

  private static final int SHOWN = 5;

  @Parameters(paramLabel = "MODEL", description = "Name or alias of the model.")
  private String name = "";

  @Option(
      names = "--config",
      paramLabel = "FILE",
      defaultValue = "samovar.yaml",
      description = "Default: ./samovar.yaml")
  private Path config = Path.of("samovar.yaml");

  @Option(
      names = "--version",
      paramLabel = "V",
      required = true,
      description = "The model's version, as its predictions log it.")
  private String version = "";

  /** One of the two. */
  static final class Source {
    @Option(
        names = "--file",
        paramLabel = "FILE",
        description = "The training rows: CSV with a line of names, or JSON lines; may be gzipped.")
    private @Nullable Path file;

    @Option(
        names = "--index",
        paramLabel = "I",
        description = "The index of Elasticsearch that holds them, under ml.features.")
    private @Nullable String index;
  }

  @ArgGroup(multiplicity = "1")
  private Source source = new Source();

  @Option(
      names = "--label",
      paramLabel = "COLUMN",
      description = "The column that the model predicts; no feature.")
  private @Nullable String label;

  @Option(
      names = "--ignore",
      paramLabel = "COLUMN",
      split = ",",
      description = "Other columns that are no features.")
  private List<String> ignored = List.of();

  @Option(
      names = "--missing",
      paramLabel = "TEXT",
      split = ",",
      description = "What stands for a missing value in the file, besides the usual: -999")
  private List<String> missing = List.of();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help message and exit.")
  @SuppressWarnings("unused") // Read by picocli alone.
  private boolean help;

  /** What is to be stored, and what a person should know about it. */
  private record Made(TrainingProfile profile, List<String> remarks) {}

  @Override
  public Integer call() throws ConfigurationException, UsageException, EvidenceException {
    if (version.isBlank()) {
      throw new UsageException("--version: it is empty; give the version that the model logs.");
    }
    Configuration configuration = Configuration.load(config, System.getenv());
    Model model = NamedModel.of(name, configuration.models());
    if (source.file != null && !Files.isRegularFile(source.file)) {
      throw new UsageException("--file: " + source.file + " is no file that can be read.");
    }
    try (House house = House.of(configuration, config)) {
      Evidence evidence = house.evidence(BUDGET);
      ProfileStore profiles = house.profiles(BUDGET);
      // Before minutes of reading: whether there is a place to keep what is read.
      Catalog serving = evidence.events().catalog(model, Dataset.INFERENCE);
      profiles.versions(model.name());
      Made made =
          source.file != null
              ? ofFile(model, source.file)
              : ofIndex(model, evidence, String.valueOf(source.index));
      Optional<TrainingProfiles.Version> before = profiles.store(made.profile());
      PrintWriter out = new PrintWriter(System.out, false, StandardCharsets.UTF_8);
      out.println(told(made, before, serving));
      out.flush();
      return Samovar.OK;
    }
  }

  private Set<String> left() {
    Set<String> left = new HashSet<>(ignored);
    if (label != null) {
      left.add(label);
    }
    return left;
  }

  private Made ofFile(Model model, Path file) throws UsageException {
    Choice choice = Choice.of(model, left(), Set.copyOf(missing));
    try (InputStream in = Files.newInputStream(file);
        ReadingProgress progress = new ReadingProgress(Files.size(file))) {
      BaselineFile.Found found = BaselineFile.read(file.toString(), in, choice, progress);
      List<String> names = new ArrayList<>(found.kinds().keySet());
      names.addAll(found.left());
      requireKnown(choice, found, names);
      return new Made(
          profile(model, String.valueOf(file.getFileName()), found.rows(), found.features()),
          found.remarks());
    } catch (BaselineException e) {
      throw new UsageException("--file: " + e.getMessage());
    } catch (IOException e) {
      throw new UsageException("--file: " + file + " can't be read: " + e.getMessage());
    }
  }

  /** A label that is misspelt would be taken for a feature. */
  private void requireKnown(Choice choice, BaselineFile.Found found, List<String> names)
      throws UsageException {
    Set<String> there = new HashSet<>(found.left());
    found.left().forEach(column -> choice.shortName(column).ifPresent(there::add));
    for (String column : left()) {
      if (!there.contains(column)) {
        throw new UsageException(
            (column.equals(label) ? "--label" : "--ignore")
                + ": no column is called "
                + column
                + Nearest.of(column, names)
                    .map(near -> "; did you mean " + near + "?")
                    .orElse("."));
      }
    }
  }

  private Made ofIndex(Model model, Evidence evidence, String index)
      throws UsageException, EvidenceException {
    Model there = model.with(Dataset.TRAINING, index);
    Catalog catalog = evidence.events().catalog(there, Dataset.TRAINING);
    if (catalog.isEmpty()) {
      throw new UsageException("--index: " + catalog.absence() + ".");
    }
    Set<String> left = left();
    List<String> countable = new ArrayList<>();
    List<String> remarks = new ArrayList<>();
    for (String field : catalog.features()) {
      Catalog.Kind kind = kind(catalog, field);
      if (left.contains(Fields.shortName(field)) || left.contains(field)) {
        continue;
      }
      if (kind == Catalog.Kind.NUMBER
          || kind == Catalog.Kind.KEYWORD
          || kind == Catalog.Kind.BOOLEAN) {
        countable.add(field);
      } else {
        remarks.add(
            Fields.shortName(field)
                + " is left out, mapped as "
                + kind.name().toLowerCase(Locale.ROOT)
                + ".");
      }
    }
    if (countable.isEmpty()) {
      throw new UsageException(
          "--index: "
              + index
              + " has no features under "
              + model.fieldName(Fields.FEATURES)
              + "; say where they are with models[].fields.features.");
    }
    Query rows = rows(there, catalog, evidence);
    List<Binning> binnings =
        evidence.events().profiles(rows, countable, List.of()).stream().map(Binning::of).toList();
    List<Histogram> histograms = evidence.events().histograms(rows, binnings, List.of()).get(0);
    long count = histograms.get(0).total();
    if (count == 0) {
      throw new UsageException("--index: " + index + " holds no rows of " + model.name() + ".");
    }
    List<TrainingProfile.Feature> features = new ArrayList<>();
    for (Histogram histogram : histograms) {
      String field = histogram.binning().field();
      features.add(new TrainingProfile.Feature(kind(catalog, field), histogram));
      if (histogram.filled() == 0) {
        remarks.add(Fields.shortName(field) + " is empty.");
      }
    }
    return new Made(profile(model, index, count, features), remarks);
  }

  private static Catalog.Kind kind(Catalog catalog, String field) {
    return catalog.field(field).map(Catalog.Field::kind).orElseThrow();
  }

  /** Those of the version, where the rows say of which they are. */
  private Query rows(Model model, Catalog catalog, Evidence evidence)
      throws UsageException, EvidenceException {
    Query all = Query.of(model, Dataset.TRAINING);
    List<String> versions =
        catalog.has(Fields.MODEL_VERSION)
            ? evidence.events().values(all, Fields.MODEL_VERSION, Optional.empty(), 50).stream()
                .map(ValueCount::value)
                .toList()
            : List.of();
    if (versions.isEmpty()) {
      return all;
    }
    if (!versions.contains(version)) {
      throw new UsageException(
          "--version: "
              + catalog.expression()
              + " holds no rows of version "
              + version
              + "; it has some of "
              + String.join(", ", versions)
              + ".");
    }
    return all.and(Condition.is(Fields.MODEL_VERSION, version));
  }

  private TrainingProfile profile(
      Model model, String from, long rows, List<TrainingProfile.Feature> features) {
    return new TrainingProfile(model.name(), version, Instant.now(), from, rows, features);
  }

  private static String told(
      Made made, Optional<TrainingProfiles.Version> before, Catalog serving) {
    TrainingProfile profile = made.profile();
    List<String> unserved =
        serving.features().isEmpty()
            ? List.of()
            : profile.features().stream()
                .map(TrainingProfile.Feature::field)
                .filter(field -> !serving.has(field))
                .map(Fields::shortName)
                .toList();
    return String.format(
            Locale.ROOT,
            "Stored the training profile of %s, version %s, from %s: %,d %s, %,d %s%s.",
            profile.model(),
            profile.version(),
            profile.source(),
            profile.rows(),
            profile.rows() == 1 ? "row" : "rows",
            profile.features().size(),
            profile.features().size() == 1 ? "feature" : "features",
            before.map(old -> "; it replaces the one of " + old.storedAt()).orElse(""))
        + (unserved.isEmpty() ? "" : " Serving does not log " + shown(unserved, ", ") + ".")
        + (made.remarks().isEmpty() ? "" : " " + shown(made.remarks(), " "));
  }

  private static String shown(List<String> all, String between) {
    return String.join(between, all.subList(0, Math.min(SHOWN, all.size())))
        + (all.size() > SHOWN ? " And " + (all.size() - SHOWN) + " more" : "");
  }
}
