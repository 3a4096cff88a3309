package dev.samovar;

import dev.samovar.config.Configuration;
import dev.samovar.config.ConfigurationException;
import dev.samovar.evidence.Model;
import dev.samovar.evidence.Window;
import dev.samovar.page.ReportPage;
import dev.samovar.report.Format;
import dev.samovar.runbooks.Runbooks;
import dev.samovar.triage.Progress;
import dev.samovar.triage.Report;
import dev.samovar.triage.Request;
import dev.samovar.triage.Symptom;
import dev.samovar.triage.Verdict;
import dev.samovar.understanding.Reading;
import dev.samovar.understanding.TimeArgument;
import dev.samovar.understanding.Understanding;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "triage",
    description = "One investigation, printed.",
    mixinStandardHelpOptions = true)
final class TriageCommand implements Callable<Integer> {
  private static final Duration USUAL = Duration.ofHours(2);

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "MODEL",
      description =
          "Name or alias of the model; not needed where one is configured or --text names it.")
  private @Nullable String name;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      defaultValue = "samovar.yaml",
      description = "Default: ./samovar.yaml")
  private Path config = Path.of("samovar.yaml");

  @Option(
      names = "--since",
      paramLabel = "T",
      description = "When it began: 90m, 2h, 3d, 14:30, yesterday, 2026-11-20T18:00Z. Default: 2h")
  private @Nullable String since;

  @Option(names = "--from", paramLabel = "T", description = "Start of the time to look at.")
  private @Nullable String from;

  @Option(names = "--to", paramLabel = "T", description = "Its end. Default: now")
  private @Nullable String to;

  @Option(
      names = "--at",
      paramLabel = "T",
      description = "Takes T for now, so that an old incident replays exactly.")
  private @Nullable String at;

  @Option(names = "--text", paramLabel = "TEXT", description = "What somebody said, as in Slack.")
  private @Nullable String text;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "${COMPLETION-CANDIDATES}. Default: text")
  private Format format = Format.TEXT;

  @Option(
      names = "--fail-on",
      paramLabel = "cause",
      description = "Exit with 10 where a cause was found.")
  private @Nullable String failOn;

  @Override
  public Integer call() throws ConfigurationException, UsageException {
    if (failOn != null && !failOn.equals("cause")) {
      throw new UsageException("--fail-on knows one word, cause; not " + failOn + ".");
    }
    Configuration configuration = Configuration.load(config, System.getenv());
    Asked asked = asked(configuration.models());
    Request request = new Request(asked.model(), asked.window(), asked.text(), asked.symptoms());
    try (House house = House.of(configuration, config)) {
      Report report = house.triage().investigate(request, progress());
      PrintWriter out = new PrintWriter(System.out, false, StandardCharsets.UTF_8);
      out.print(format.render(report, page(configuration)::of));
      out.flush();
      if (!report.reached()) {
        System.err.println("No evidence source could be reached: " + report.headline());
        return Samovar.UNREACHABLE;
      }
      return failOn != null && report.verdict() == Verdict.CAUSE_FOUND
          ? Samovar.CAUSE_FOUND
          : Samovar.OK;
    }
  }

  private static ReportPage page(Configuration configuration) {
    return new ReportPage(
        new Runbooks(configuration.runbooks().directory(), configuration.runbooks().baseUrl()));
  }

  private record Asked(Model model, Window window, String text, Set<Symptom> symptoms) {}

  private Asked asked(List<Model> models) throws UsageException {
    ZoneId zone = ZoneId.systemDefault();
    Instant now = at == null ? Instant.now() : moment("--at", at, Instant.now(), zone);
    Instant end = to == null ? now : moment("--to", to, now, zone);
    if (since != null && from != null) {
      throw new UsageException("--since and --from both say where to begin; give one of them.");
    }
    Instant start = end.minus(USUAL);
    if (since != null) {
      start = moment("--since", since, end, zone);
    } else if (from != null) {
      start = moment("--from", from, now, zone);
    }
    Set<Symptom> symptoms = Set.of();
    Optional<Model> named = Optional.empty();
    if (text != null) {
      Understanding understanding = new Understanding(models);
      Reading reading = understanding.read(text);
      symptoms = reading.symptoms();
      named = name == null ? understanding.named(text) : Optional.empty();
      if (since == null && from == null) {
        start = reading.since().map(said -> said.start(end, zone)).orElse(start);
      }
    }
    if (!start.isBefore(end)) {
      throw new UsageException(
          "The time to look at ends (" + end + ") before it begins (" + start + ").");
    }
    Model model = named.isPresent() ? named.get() : model(models);
    return new Asked(model, new Window(start, end), text == null ? "" : text, symptoms);
  }

  private Model model(List<Model> models) throws UsageException {
    if (name == null) {
      if (models.size() == 1) {
        return models.get(0);
      }
      throw new UsageException("Say which model: " + NamedModel.list(models) + ".");
    }
    return NamedModel.of(name, models);
  }

  private static Instant moment(String option, String value, Instant now, ZoneId zone)
      throws UsageException {
    try {
      return TimeArgument.parse(value, now, zone);
    } catch (IllegalArgumentException e) {
      throw new UsageException(option + ": " + e.getMessage() + ".");
    }
  }

  /** On a terminal, one line that counts; elsewhere nothing. */
  private static Progress progress() {
    if (!Terminal.isAttached()) {
      return Progress.SILENT;
    }
    return (done, total, row) -> {
      System.err.print("\r" + done + " of " + total + " checks   ");
      if (done == total) {
        System.err.print("\r                        \r");
      }
      System.err.flush();
    };
  }
}
