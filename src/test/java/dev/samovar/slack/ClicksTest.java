package dev.samovar.slack;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A double click is one, whenever it happens; two that are apart are two. */
class ClicksTest {
  private final Clicks clicks = new Clicks();

  @Test
  void aDoubleClickOverTheEdgeOfThreeSecondsIsOne() {
    long one = clicks.moment("button", "1700000003.900000");

    assertThat(clicks.moment("button", "1700000004.100000")).isEqualTo(one);
    assertThat(new Clicks().moment("button", "1700000004.100000"))
        .as("the edge is between them")
        .isNotEqualTo(one);
  }

  @Test
  void clicksThatAreApart_orOnOtherThings_areTwo() {
    long one = clicks.moment("button", "1700000003.900000");

    assertThat(clicks.moment("button", "1700000007.000000")).isNotEqualTo(one);
    assertThat(clicks.moment("other", "1700000004.100000")).isNotEqualTo(one);
  }

  @Test
  void aDeliveryThatComesAgainMeansTheSame_alsoToAnotherProcess() {
    long one = clicks.moment("button", "1700000003.900000");
    clicks.moment("button", "1700000004.100000");

    assertThat(clicks.moment("button", "1700000003.900000")).isEqualTo(one);
    assertThat(new Clicks().moment("button", "1700000003.900000")).isEqualTo(one);
  }

  @Test
  void whatIsNoTimeIsOneMoment() {
    assertThat(clicks.moment("button", null)).isZero();
    assertThat(clicks.moment("button", "soon")).isZero();
  }
}
