package dev.samovar;

import dev.samovar.config.Configuration;
import dev.samovar.config.ConfigurationException;
import dev.samovar.elasticsearch.ElasticsearchSource;
import dev.samovar.elasticsearch.IndexTemplates;
import dev.samovar.evidence.EvidenceException;
import dev.samovar.evidence.Model;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "setup",
    description = "Installs the index templates of the ml.* events into Elasticsearch.",
    mixinStandardHelpOptions = true)
final class SetupCommand implements Callable<Integer> {
  private static final Duration BUDGET = Duration.ofSeconds(30);

  @Option(
      names = "--config",
      paramLabel = "FILE",
      defaultValue = "samovar.yaml",
      description = "Default: ./samovar.yaml")
  private Path config = Path.of("samovar.yaml");

  @Option(
      names = "--dry-run",
      description =
          "Asks no server, and prints the requests, to be pasted into Kibana's Dev Tools.")
  private boolean dryRun;

  @Override
  public Integer call() throws ConfigurationException {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    List<IndexTemplates.Template> templates = IndexTemplates.all();
    if (dryRun) {
      templates.forEach(template -> out.println(template.request()));
      return Samovar.OK;
    }
    Configuration configuration = Configuration.load(config, System.getenv());
    try (ElasticsearchSource source = House.cluster(configuration)) {
      IndexTemplates installed = source.templates(BUDGET);
      for (IndexTemplates.Template template : templates) {
        out.printf(
            Locale.ROOT,
            "%-9s  %-22s  %s%n",
            installed.install(template).name().toLowerCase(Locale.ROOT),
            template.name(),
            uncovered(template, configuration.models()));
      }
      return Samovar.OK;
    } catch (EvidenceException e) {
      System.err.println(e.getMessage());
      return Samovar.code(e);
    }
  }

  /** Whose events lie elsewhere, where the template does not reach. */
  private static String uncovered(IndexTemplates.Template template, List<Model> models) {
    String usual = template.dataset().defaultIndex();
    String others =
        models.stream()
            .filter(model -> !model.index(template.dataset()).equals(usual))
            .map(model -> model.index(template.dataset()) + " of " + model.name())
            .collect(Collectors.joining(", "));
    return "for " + usual + (others.isEmpty() ? "" : "; not for " + others);
  }
}
