package dev.samovar.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samovar.baseline.BaselineException;
import dev.samovar.baseline.BaselineFile;
import dev.samovar.baseline.Choice;
import dev.samovar.evidence.Model;
import dev.samovar.evidence.TrainingProfile;
import dev.samovar.evidence.TrainingProfiles;
import dev.samovar.fixture.World;
import dev.samovar.triage.Report;
import dev.samovar.triage.Report.State;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/** Training and serving are compared where nobody keeps training rows, only a profile. */
class StoredProfilesTest {
  private static final int ENOUGH = 400;
  private final Random random = new Random(7);

  /** Profiles as {@code samovar baseline} makes them. */
  private record Stored(TrainingProfile profile) implements TrainingProfiles {
    @Override
    public Optional<TrainingProfile> of(String model, String version) {
      return profile.version().equals(version) ? Optional.of(profile) : Optional.empty();
    }

    @Override
    public List<Version> versions(String model) {
      return List.of(
          new Version(profile.version(), profile.rows(), profile.storedAt(), profile.source()));
    }
  }

  private static Stored stored(String version, String header, int rows, IntFunction<String> row)
      throws IOException, BaselineException {
    StringBuilder csv = new StringBuilder(header).append('\n');
    for (int i = 0; i < rows; i++) {
      csv.append(row.apply(i)).append('\n');
    }
    BaselineFile.Found found =
        BaselineFile.read(
            "train.csv",
            new ByteArrayInputStream(csv.toString().getBytes(StandardCharsets.UTF_8)),
            Choice.of(Model.named("m"), Set.of(), Set.of()),
            (many, bytes) -> {});
    return new Stored(
        new TrainingProfile("m", version, World.NOW, "train.csv", rows, found.features()));
  }

  private String row(double scale, int i) {
    return scale * Math.exp(3 + random.nextGaussian()) + "," + List.of("DE", "FR", "US").get(i % 3);
  }

  private static Report.Row ask(TrainingProfiles profiles, Consumer<Map<String, Object>> change) {
    return new World()
        .predictions(ENOUGH, change)
        .profiles(profiles)
        .ask(CheckId.TRAINING_SERVING_SKEW);
  }

  @Test
  void found_whenServingIsNotAsTrained() throws Exception {
    Report.Row row = ask(stored("3", "amount,country", 1000, i -> row(0.01, i)), event -> {});

    assertThat(row.state()).as(row.summary()).isEqualTo(State.FOUND);
    assertThat(row.summary()).contains("the training profile of version 3");
    assertThat(row.evidence().get(0).subject()).isEqualTo("ml.features.amount");
  }

  @Test
  void clear_whenServingIsAsTrained() throws Exception {
    Report.Row row = ask(stored("3", "amount,country", 1000, i -> row(1, i)), event -> {});

    assertThat(row.state()).as(row.summary()).isEqualTo(State.CLEAR);
    assertThat(row.summary()).contains("2 features").contains("1,000 rows");
  }

  @Test
  void found_whenAColumnIsNoLongerFilled() throws Exception {
    Report.Row row =
        ask(
            stored("3", "amount,country", 1000, i -> row(1, i)),
            event -> {
              if (!World.time(event).isBefore(World.NOW.minusSeconds(7200))) {
                event.remove("ml.features.country");
              }
            });

    assertThat(row.state()).as(row.summary()).isEqualTo(State.FOUND);
    assertThat(row.summary()).contains("country missing");
  }

  @Test
  void clear_whenTheFileHoldsALabelAndAColumnOfAnotherType() throws Exception {
    Report.Row row =
        ask(
            stored("3", "amount,country,label,zip", 1000, i -> row(1, i) + ",1," + i % 9),
            event -> event.put("ml.features.zip", "A" + event.hashCode() % 9));

    assertThat(row.state()).as(row.summary()).isEqualTo(State.CLEAR);
    assertThat(row.summary())
        .contains("not logged by serving: label")
        .contains("of another type in the log than in training: zip");
  }

  @Test
  void clear_whenNumbersAreLoggedAsFloats() throws Exception {
    // 0.7 is a fifth of all, the lowest and an edge; as a float it is less than 0.7.
    IntFunction<Double> number = i -> i % 5 == 0 ? 0.7 : 0.7 + i % 40 / 10.0;
    int[] at = {0};
    Report.Row row =
        ask(
            stored("3", "amount", 1000, i -> String.valueOf(number.apply(i))),
            event ->
                event.put("ml.features.amount", (double) (float) (double) number.apply(at[0]++)));

    assertThat(row.state()).as(row.summary()).isEqualTo(State.CLEAR);
  }

  @Test
  void saysNoUntruth_whenOnlyTheCommonestOfManyWordsHaveBins() throws Exception {
    Report.Row row =
        ask(
            stored("3", "country", 6000, i -> "c" + (i % 2 == 0 ? i % 40 : i % 100)),
            event ->
                event.put(
                    "ml.features.country",
                    "c"
                        + (World.time(event).isBefore(World.NOW.minusSeconds(7200))
                            ? (random.nextBoolean()
                                ? 2 * random.nextInt(20)
                                : 1 + 2 * random.nextInt(50))
                            : 47 + 2 * random.nextInt(26))));

    assertThat(row.state()).as(row.summary()).isEqualTo(State.FOUND);
    assertThat(row.summary())
        .contains("another value than the 40 commonest")
        .doesNotContain("not seen before");
  }

  @Test
  void notChecked_whenTheProfileIsOfFewRows() throws Exception {
    Report.Row row = ask(stored("3", "amount,country", 50, i -> row(0.01, i)), event -> {});

    assertThat(row.state()).isEqualTo(State.NOT_CHECKED);
    assertThat(row.reason()).contains("50 training rows").contains("300 are needed");
    assertThat(row.remedy()).contains("samovar baseline");
  }

  @Test
  void namesTheVersionsThatHaveProfiles_whenTheServingOneHasNone() throws Exception {
    Report.Row row = ask(stored("2", "amount,country", 1000, i -> row(1, i)), event -> {});

    assertThat(row.state()).isEqualTo(State.NOT_CHECKED);
    assertThat(row.reason()).contains("version 3").contains("profiles are stored of 2");
    assertThat(row.remedy()).startsWith("`samovar baseline m --file train.csv --version 3` adds");
  }

  @Test
  void saysHowToAddOne_whenNothingIsKnownOfTraining() {
    Report.Row row = ask(TrainingProfiles.NONE, event -> {});

    assertThat(row.state()).isEqualTo(State.NOT_CHECKED);
    assertThat(row.reason()).startsWith("no training profile");
    assertThat(row.remedy()).startsWith("`samovar baseline m --file train.csv --version 3` adds");
  }
}
