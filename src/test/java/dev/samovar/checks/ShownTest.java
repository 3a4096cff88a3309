package dev.samovar.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samovar.evidence.Binning;
import dev.samovar.evidence.Histogram;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShownTest {
  private static Histogram of(Binning binning, long... counts) {
    return new Histogram(
        binning, java.util.Arrays.stream(counts).boxed().toList(), 0, 0, 0, 0, 0, "");
  }

  @Test
  void a_value_is_told_where_twenty_rows_have_it() {
    assertThat(Shown.value("ml.features.country", "BR", 20)).isEqualTo("BR");
    assertThat(Shown.value("ml.features.country", "BR", 19)).isEqualTo(Shown.RARE);
    Histogram countries =
        of(new Binning.Values("ml.features.country", List.of("DE", "BR")), 500, 3);
    assertThat(Bins.describe(countries, "country", 0, 500)).isEqualTo("country = DE");
    assertThat(Bins.describe(countries, "country", 1, 3)).isEqualTo("country = a rare value");
    assertThat(Bins.describe(countries, "country", 1, 40)).isEqualTo("country = BR");
  }

  @Test
  void what_tells_one_person_from_another_is_never_told() {
    assertThat(Shown.value("ml.features.customer_id", "8812", 5000)).isEqualTo(Shown.HIDDEN);
    assertThat(Shown.value("ml.features.userEmail", "x", 5000)).isEqualTo(Shown.HIDDEN);
    assertThat(Shown.value("customer_name", "Anna", 5000)).isEqualTo(Shown.HIDDEN);
    assertThat(Shown.value("merchant_name", "ACME", 5000)).isEqualTo("ACME");
    assertThat(Shown.value("ref", "8f14e45f-ceea-467f-a8b1-1d5b2c3d4e5f", 5000))
        .isEqualTo(Shown.HIDDEN);
    assertThat(Shown.value("ref", "anna@example.com", 5000)).isEqualTo(Shown.HIDDEN);
    assertThat(Shown.value("amount", "-999", 5000)).isEqualTo("-999");
    assertThat(Shown.value("valid", "true", 5000)).isEqualTo("true");
  }

  @Test
  void the_highest_of_all_is_told_in_two_figures() {
    Binning.Edges amounts = new Binning.Edges("amount", List.of(3.217, 10.0, 48731.19));
    Histogram histogram = of(amounts, 100, 100);
    assertThat(Bins.describe(histogram, "amount", 5, 900))
        .isEqualTo("amount above 49000 (the highest before)");
    assertThat(Bins.describe(histogram, "amount", 4, 900))
        .isEqualTo("amount below 3.2 (the lowest before)");
    assertThat(Bins.describe(histogram, "amount", 0, 900)).isEqualTo("amount from 3.2 to 10");
    assertThat(Bins.range(amounts, "amount", 0, 1)).isEqualTo("amount from 3.2 to 49000");
  }
}
