package dev.samovar;

import dev.samovar.config.Configuration;
import dev.samovar.config.ConfigurationException;
import dev.samovar.doctor.Diagnosis;
import dev.samovar.oncall.Directory;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "doctor",
    description = "Says which checks can look at which model, and what to do about the others.",
    mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {
  /** How it is printed. */
  enum Form {
    TEXT,
    JSON;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Option(
      names = "--config",
      paramLabel = "FILE",
      defaultValue = "samovar.yaml",
      description = "Default: ./samovar.yaml")
  private Path config = Path.of("samovar.yaml");

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "${COMPLETION-CANDIDATES}. Default: text")
  private Form format = Form.TEXT;

  @Override
  public Integer call() throws ConfigurationException {
    Configuration configuration = Configuration.load(config, System.getenv());
    Clock clock = Clock.systemUTC();
    try (House house = House.of(configuration, config);
        ConfiguredSchedules schedules =
            ConfiguredSchedules.of(configuration, Directory.EMPTY, clock)) {
      Diagnosis diagnosis =
          new Clinic(configuration, house, schedules, clock)
              .diagnose(Optional.empty(), DoctorCommand::say);
      PrintWriter out = new PrintWriter(System.out, false, StandardCharsets.UTF_8);
      out.print(format == Form.JSON ? diagnosis.json() : diagnosis.text());
      out.flush();
      if (!diagnosis.reached()) {
        System.err.println("No evidence source could be reached.");
        return Samovar.UNREACHABLE;
      }
      return Samovar.OK;
    }
  }

  /** Progress, on a line of its own: it is kept where the output is piped. */
  private static void say(String what) {
    System.err.println(what);
  }
}
