package dev.samovar.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.samovar.evidence.Binning;
import dev.samovar.evidence.Catalog.Kind;
import dev.samovar.evidence.Histogram;
import dev.samovar.evidence.Model;
import dev.samovar.evidence.TrainingProfile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BaselineFileTest {
  private static BaselineFile.Found read(String text) throws IOException, BaselineException {
    return BaselineFile.read(
        "train",
        new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
        Choice.of(Model.named("m"), Set.of("label"), Set.of("-999")),
        (rows, bytes) -> {});
  }

  private static TrainingProfile.Feature feature(BaselineFile.Found found, String name) {
    return found.features().stream()
        .filter(one -> one.field().equals("ml.features." + name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void countsNumbersWordsAndWhatIsMissing_ofCsv() throws Exception {
    BaselineFile.Found found =
        read("amount;country;label\n1;\"DE;x\";0\n;NA;1\n-999;DE;0\nNA;;1\n2.5;DE;0\n");

    assertThat(found.rows()).isEqualTo(5);
    assertThat(found.kinds()).containsOnlyKeys("amount", "country");
    assertThat(feature(found, "amount").kind()).isEqualTo(Kind.NUMBER);
    assertThat(feature(found, "amount").histogram().missing()).isEqualTo(3);
    assertThat(feature(found, "country").histogram().counts()).containsExactly(2L, 1L, 1L);
    assertThat(feature(found, "country").histogram().missing()).isEqualTo(1);
  }

  @Test
  void takesNestedFlatAndPlainKeysOfJsonForOneColumn() throws Exception {
    BaselineFile.Found found =
        read(
            """
            {"id":7,"ml":{"features":{"x":1,"b":true}}}
            {"ml.features.x":2,"ml.features.b":null}
            """);

    assertThat(found.kinds()).containsOnlyKeys("x", "b");
    assertThat(feature(found, "b").kind()).isEqualTo(Kind.BOOLEAN);
    assertThat(feature(found, "b").histogram().missing()).isEqualTo(1);
    assertThat(feature(found, "x").histogram().counts()).containsExactly(1L, 1L);
  }

  @Test
  void namesTheLine_whenItIsNoJson() {
    assertThatThrownBy(() -> read("{\"x\":1}\n{\"x\":\n")).hasMessageStartingWith("train:");
  }

  @Test
  void asksForNames_whenTheFirstLineIsData() {
    assertThatThrownBy(() -> read("1,2\n3,4\n")).hasMessageContaining("must name the columns");
  }

  @Test
  void countsRowsThatAreTooShortOrTooLong_andSaysSo() throws Exception {
    BaselineFile.Found found = read("a,b\n1,2\n3\n4,5,6\n");

    assertThat(found.rows()).isEqualTo(3);
    assertThat(feature(found, "b").histogram().missing()).isEqualTo(1);
    assertThat(found.remarks()).anyMatch(remark -> remark.startsWith("2 rows have more or fewer"));
  }

  @Test
  void givesTheSameBinsEachTime_andTenthsThatAreTenths() throws Exception {
    StringBuilder csv = new StringBuilder("x\n");
    Random random = new Random(1);
    for (int i = 0; i < 200_000; i++) {
      csv.append(random.nextGaussian()).append('\n');
    }
    BaselineFile.Found found = read(csv.toString());

    assertThat(read(csv.toString())).isEqualTo(found);
    Histogram histogram = feature(found, "x").histogram();
    assertThat(histogram.total()).isEqualTo(200_000);
    assertThat(histogram.counts()).hasSize(10).allMatch(count -> Math.abs(count - 20_000) < 200);
    // What the bins say against the file itself.
    List<Double> edges = ((Binning.Edges) histogram.binning()).edges();
    double[] numbers =
        csv.toString().lines().skip(1).mapToDouble(Double::parseDouble).sorted().toArray();
    for (int i = 1; i < 10; i++) {
      int below = -1 - Arrays.binarySearch(numbers, edges.get(i));
      assertThat(below / 200_000.0).isCloseTo(i / 10.0, within(0.008));
    }
  }
}
