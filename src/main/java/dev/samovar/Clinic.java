package dev.samovar;

import dev.samovar.config.Configuration;
import dev.samovar.config.Presets;
import dev.samovar.doctor.Diagnosis;
import dev.samovar.doctor.Doctor;
import dev.samovar.doctor.Patient;
import dev.samovar.doctor.Practice;
import dev.samovar.evidence.Model;
import dev.samovar.evidence.Window;
import dev.samovar.triage.Progress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The doctor's practice: the same for the command and for Slack. */
final class Clinic implements Practice {
  private static final Duration TRIED = Duration.ofHours(2);

  private final Configuration configuration;
  private final House house;
  private final ConfiguredSchedules schedules;
  private final Clock clock;

  Clinic(Configuration configuration, House house, ConfiguredSchedules schedules, Clock clock) {
    this.configuration = configuration;
    this.house = house;
    this.schedules = schedules;
    this.clock = clock;
  }

  @Override
  public Diagnosis diagnose(Optional<String> model, Consumer<String> progress) {
    progress.accept("Asking the sources …");
    Stations stations = Stations.of(configuration, house, schedules, clock);
    List<Model> models =
        configuration.models().stream()
            .filter(one -> model.isEmpty() || model.get().equals(one.name()))
            .toList();
    return new Diagnosis(
        new Version().getVersion()[0].replace("samovar ", ""),
        Runtime.version().toString(),
        clock.instant(),
        stations.all(),
        stations.reached(),
        stations.role(),
        stations.reached() ? patients(models, stations, clock.instant(), progress) : List.of());
  }

  private List<Patient> patients(
      List<Model> models, Stations stations, Instant now, Consumer<String> progress) {
    Doctor doctor =
        new Doctor(
            house.triage(), () -> house.events("doctor"), Presets.all(), stations.families());
    List<Patient> patients = new ArrayList<>();
    for (Model model : models) {
      progress.accept(
          "Trying the checks on "
              + model.name()
              + " ("
              + (patients.size() + 1)
              + " of "
              + models.size()
              + ") …");
      patients.add(doctor.examine(model, new Window(now.minus(TRIED), now), Progress.SILENT));
    }
    return patients;
  }
}
