package dev.samovar.charts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samovar.checks.CheckId;
import dev.samovar.checks.Figure;
import dev.samovar.triage.Report;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** What is chosen, what is said of it, and that it is really drawn: by pixels, not by bytes. */
class GalleryTest {
  private static final Gallery BERLIN =
      new Gallery(ZoneId.of("Europe/Berlin"), UnaryOperator.identity());

  private static Report everything() {
    return SampleExhibits.report(
        List.of(SampleExhibits.cause(CheckId.GPU_MEMORY)),
        List.of(
            new Report.Exhibit(CheckId.PREDICTION_SHIFT, true, SampleExhibits.share()),
            SampleExhibits.of(CheckId.BROKEN_PIPELINE, SampleExhibits.lag()),
            SampleExhibits.of(CheckId.GPU_MEMORY, SampleExhibits.gpu()),
            SampleExhibits.of(CheckId.DATA_DRIFT, SampleExhibits.deciles()),
            SampleExhibits.of(CheckId.PREDICTION_SHIFT, SampleExhibits.values())));
  }

  private static Report with(Figure figure) {
    return SampleExhibits.report(
        List.of(SampleExhibits.cause(CheckId.DATA_DRIFT)),
        List.of(SampleExhibits.of(CheckId.DATA_DRIFT, figure)));
  }

  private static BufferedImage decoded(Picture picture) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(picture.png()));
  }

  private static long pixels(Picture picture, java.awt.Color colour) throws IOException {
    BufferedImage image = decoded(picture);
    long found = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        int pixel = image.getRGB(x, y);
        boolean isNear = true;
        for (int shift = 0; shift <= 16; shift += 8) {
          isNear &= Math.abs((pixel >> shift & 0xFF) - (colour.getRGB() >> shift & 0xFF)) < 8;
        }
        found += isNear ? 1 : 0;
      }
    }
    return found;
  }

  @Test
  void the_first_causes_figure_comes_first_then_the_onset_then_a_distribution() {
    assertThat(BERLIN.charts(everything()))
        .extracting(Chart::title)
        .containsExactly(
            "GPU memory in use on gpu-3 GPU 0",
            "Share of passenger_count = 0",
            "Distribution of amount");
  }

  @Test
  void where_there_is_room_what_happened_when_is_shown() {
    assertThat(BERLIN.charts(with(SampleExhibits.deciles())))
        .extracting(Chart::title)
        .containsExactly("Distribution of amount", "Timeline of fraud-scorer");
    assertThat(BERLIN.charts(SampleExhibits.report(List.of(), List.of())))
        .extracting(Chart::title)
        .containsExactly("Timeline of fraud-scorer");
  }

  @Test
  void nothing_is_shown_where_there_is_nothing_to_see() {
    Report report = SampleExhibits.report(List.of(), List.of());
    Report bare =
        new Report(
            report.id(),
            report.model(),
            report.text(),
            report.window(),
            report.referenceKind(),
            List.of(),
            report.verdict(),
            report.headline(),
            java.util.Optional.empty(),
            List.of(),
            List.of(),
            List.of(),
            true,
            1);
    assertThat(BERLIN.pictures(bare)).isEmpty();
  }

  @Test
  void a_course_says_its_figures_its_limit_and_what_changed_in_the_readers_time() {
    assertThat(BERLIN.charts(everything()).get(0).alt())
        .isEqualTo(
            "GPU memory in use on gpu-3 GPU 0 (fraud-scorer), 20 May 09:00 to 16:55"
                + " Europe/Berlin: 16,300 MiB at the end, 9,995 MiB before the onset;"
                + " limit: 16,384 MiB on the card; it began about 16:00; changed: config of"
                + " gateway-timeouts: 250ms → 400ms, by mira at 11:26, preprocessing of"
                + " fraud-features: v1.8.2 → v1.9.0, by mira at 15:55.");
    assertThat(Gallery.inUtc().charts(everything()).get(1).alt())
        .startsWith("Share of passenger_count = 0 (fraud-scorer), 20 May 07:00 to 14:55 UTC: ")
        .contains("; usual: same time, 3 earlier days: 0.6 % to 2.2 %; it began about 14:00");
  }

  @Test
  void a_distribution_says_what_grew_and_what_shrank() {
    assertThat(BERLIN.charts(with(SampleExhibits.deciles())).get(0).alt())
        .isEqualTo(
            "Distribution of amount (fraud-scorer) now (1,115 events) and before (12,026): most"
                + " grew “above 130”, from 0.02 % to 36.8 %; most shrank “0.5 to 3.2”, from"
                + " 10.0 % to 5.4 %.");
  }

  @Test
  void special_bins_are_shown_where_they_have_events_and_many_values_are_taken_together() {
    DistributionChart few =
        (DistributionChart) BERLIN.charts(with(SampleExhibits.deciles())).get(0);
    assertThat(few.rows())
        .filteredOn(DistributionChart.Row::isSpecial)
        .extracting(DistributionChart.Row::label)
        .containsExactly("missing", "below 0.5", "above 130");
    DistributionChart many =
        (DistributionChart) BERLIN.charts(with(SampleExhibits.values())).get(0);
    assertThat(many.rows()).hasSize(13);
    assertThat(many.rows()).extracting(DistributionChart.Row::label).contains("7 other values");
    assertThat(many.rows().stream().mapToDouble(DistributionChart.Row::now).sum())
        .isBetween(0.999, 1.001);
  }

  @Test
  void every_picture_is_drawn_with_its_marks_and_is_small() throws IOException {
    List<Picture> pictures = new ArrayList<>(BERLIN.pictures(everything()));
    pictures.addAll(BERLIN.pictures(with(SampleExhibits.lag())));
    for (Picture picture : pictures) {
      BufferedImage image = decoded(picture);
      assertThat(image.getWidth()).isEqualTo(picture.width()).isEqualTo(1056);
      assertThat(image.getHeight()).isEqualTo(picture.height()).isBetween(300, 1200);
      assertThat(picture.png()).as(picture.title()).hasSizeLessThan(60_000);
      // An opaque card, whatever is behind it.
      assertThat(image.getRGB(10, 10)).isEqualTo(Ink.CARD.getRGB());
    }
    Picture gpu = pictures.get(0);
    assertThat(pixels(gpu, Ink.NOW)).isGreaterThan(1_000);
    assertThat(pixels(gpu, Ink.LIMIT)).isGreaterThan(1_000);
    assertThat(pixels(gpu, Ink.ONSET)).isGreaterThan(500);
    assertThat(pixels(gpu, Ink.CHANGE)).isGreaterThan(500);
    Picture share = pictures.get(1);
    assertThat(pixels(share, Ink.LIMIT)).isLessThan(50);
    assertThat(pixels(share, Ink.HATCH)).isGreaterThan(500);
  }

  @Test
  void the_same_report_gives_the_same_pictures() {
    assertThat(BERLIN.pictures(everything())).isEqualTo(BERLIN.pictures(everything()));
  }

  @Test
  void what_must_not_leave_is_in_no_picture() {
    Gallery discreet = new Gallery(ZoneOffset.UTC, text -> text.replace("mira", "●"));
    assertThat(discreet.pictures(everything()))
        .extracting(Picture::alt)
        .noneMatch(alt -> alt.contains("mira"))
        .anyMatch(alt -> alt.contains("by ●"));
    Gallery mute = new Gallery(ZoneOffset.UTC, text -> "");
    assertThat(mute.pictures(everything()).get(0).png())
        .isNotEqualTo(Gallery.inUtc().pictures(everything()).get(0).png());
  }

  @Test
  void hostile_and_unknown_letters_are_drawn_as_such() throws IOException {
    Figure.Distribution odd =
        new Figure.Distribution(
            "字\u0007<!channel>\u202E",
            "before",
            List.of(new Figure.Bin("a\nb\u0000", false, 10, 1), new Figure.Bin("", true, 0, 9)));
    for (Picture picture : BERLIN.pictures(with(odd))) {
      assertThat(decoded(picture).getWidth()).isEqualTo(1056);
    }
  }

  @Test
  void a_course_without_values_a_flat_one_and_one_below_zero_can_be_drawn() throws IOException {
    List<Long> at = List.of(1_000L, 2_000L, 3_000L);
    for (List<Double> values :
        List.of(
            List.of(Double.NaN, Double.NaN, Double.NaN),
            List.of(0.0, 0.0, 0.0),
            List.of(-5.0, Double.NaN, -7.0))) {
      Figure figure = Figure.Course.of("x", Figure.Unit.NUMBER, new Figure.Line(at, values));
      assertThat(decoded(BERLIN.pictures(with(figure)).get(0)).getWidth()).isEqualTo(1056);
    }
  }
}
