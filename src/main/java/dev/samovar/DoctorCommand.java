package dev.samovar;

import dev.samovar.config.Configuration;
import dev.samovar.config.ConfigurationException;
import dev.samovar.config.Presets;
import dev.samovar.doctor.Diagnosis;
import dev.samovar.doctor.Doctor;
import dev.samovar.doctor.Patient;
import dev.samovar.evidence.Model;
import dev.samovar.evidence.Window;
import dev.samovar.triage.Progress;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "doctor",
    description = "Says which checks can look at which model, and what to do about the others.",
    mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {
  private static final Duration TRIED = Duration.ofHours(2);

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
    try (House house = House.of(configuration, config)) {
      say("Asking the sources …");
      Stations stations = Stations.of(configuration, house, clock);
      List<Patient> patients =
          stations.reached()
              ? patients(configuration, house, stations, clock.instant())
              : List.of();
      Diagnosis diagnosis =
          new Diagnosis(
              new Version().getVersion()[0].replace("samovar ", ""),
              Runtime.version().toString(),
              clock.instant(),
              stations.all(),
              stations.role(),
              patients);
      PrintWriter out = new PrintWriter(System.out, false, StandardCharsets.UTF_8);
      out.print(format == Form.JSON ? diagnosis.json() : diagnosis.text());
      out.flush();
      if (!stations.reached()) {
        System.err.println("No evidence source could be reached.");
        return Samovar.UNREACHABLE;
      }
      return Samovar.OK;
    }
  }

  private static List<Patient> patients(
      Configuration configuration, House house, Stations stations, Instant now) {
    Doctor doctor =
        new Doctor(
            house.triage(), () -> house.events("doctor"), Presets.all(), stations.families());
    List<Patient> patients = new ArrayList<>();
    for (Model model : configuration.models()) {
      say(
          "Trying the checks on "
              + model.name()
              + " ("
              + (patients.size() + 1)
              + " of "
              + configuration.models().size()
              + ") …");
      patients.add(doctor.examine(model, new Window(now.minus(TRIED), now), Progress.SILENT));
    }
    return patients;
  }

  /** Progress, on a line of its own: it is kept where the output is piped. */
  private static void say(String what) {
    System.err.println(what);
  }
}
