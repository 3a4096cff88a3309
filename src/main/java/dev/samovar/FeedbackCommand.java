package dev.samovar;

import dev.samovar.config.Configuration;
import dev.samovar.config.ConfigurationException;
import dev.samovar.incidents.Feedback;
import dev.samovar.store.Store;
import dev.samovar.understanding.TimeArgument;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "feedback",
    description = "What people said of the causes that were named, a row each.",
    mixinStandardHelpOptions = true)
final class FeedbackCommand implements Callable<Integer> {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      defaultValue = "samovar.yaml",
      description = "Default: ./samovar.yaml")
  private Path config = Path.of("samovar.yaml");

  @Option(
      names = "--since",
      paramLabel = "T",
      description = "From when on: 30d, 2026-11-20, yesterday. Default: all")
  private @Nullable String since;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "${COMPLETION-CANDIDATES}. Default: text")
  private FeedbackFormat format = FeedbackFormat.TEXT;

  @Override
  public Integer call() throws ConfigurationException, UsageException {
    Configuration configuration = Configuration.load(config, System.getenv());
    Instant from = since == null ? Instant.EPOCH : moment(since);
    try (Store store = Store.open(configuration.storeUrl())) {
      List<Feedback> feedback = store.incidents().feedback(from);
      PrintWriter out = new PrintWriter(System.out, false, StandardCharsets.UTF_8);
      out.print(format.render(feedback));
      out.flush();
    }
    return Samovar.OK;
  }

  private static Instant moment(String since) throws UsageException {
    try {
      return TimeArgument.parse(since, Instant.now(), ZoneId.systemDefault());
    } catch (IllegalArgumentException e) {
      throw new UsageException("--since: " + e.getMessage() + ".");
    }
  }
}
