package dev.samovar.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samovar.incidents.Incident;
import dev.samovar.incidents.Opening;
import dev.samovar.incidents.Place;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PageLinksTest {
  private static final String KEY = "0123456789abcdef0123456789abcdef";
  private static final String BASE = "https://samovar.example.com/";
  private static final PageLinks LINKS = new PageLinks(BASE, KEY, Duration.ofDays(30));
  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.";

  private static Incident begun() {
    return Incident.begin(
        "0b7e9a52-73a5-3b0c-9e62-5f5f0b1f6c11",
        new Place("C1", "1.1", "1.2"),
        new Opening(
            "fraud-scorer",
            Reports.NOW.minusSeconds(7200),
            Set.of(),
            "it is weird",
            "U1",
            Optional.empty(),
            Reports.NOW));
  }

  private static Incident reported() {
    return begun().reported(Reports.rich(), Reports.NOW.plusSeconds(5));
  }

  private static String token(Incident incident) {
    return LINKS.of(incident).orElseThrow().substring("https://samovar.example.com/r/".length());
  }

  @Test
  void a_link_says_whose_and_until_when() {
    Optional<PageLinks.Ticket> ticket = LINKS.read(token(reported()));

    assertThat(ticket)
        .contains(
            new PageLinks.Ticket(
                begun().id(), 0, Reports.NOW.plusSeconds(5).plus(Duration.ofDays(30))));
    assertThat(LINKS.of(reported())).isEqualTo(LINKS.of(reported()));
    assertThat(token(reported())).matches("[A-Za-z0-9._-]{60,120}");
  }

  @Test
  void there_is_none_before_the_report_nor_after_it_was_revoked() {
    Instant later = Reports.NOW.plusSeconds(60);
    Incident revoked = reported().unpublished("U2", later);

    assertThat(LINKS.of(begun())).isEmpty();
    assertThat(LINKS.of(revoked)).isEmpty();
    assertThat(revoked.unpublished("U3", later)).isEqualTo(revoked);
    assertThat(revoked.timeline().get(revoked.timeline().size() - 1).what())
        .isEqualTo("revoked the link to the report's page");
    assertThat(LINKS.read(token(revoked.published("U2", later))).orElseThrow().edition())
        .isEqualTo(1);
  }

  @Property(tries = 300)
  void one_letter_changed_and_it_is_no_link(
      @ForAll @IntRange(min = 0, max = 200) int place,
      @ForAll @IntRange(min = 0, max = 64) int to) {
    String token = token(reported());
    int at = place % token.length();
    String other = token.substring(0, at) + ALPHABET.charAt(to) + token.substring(at + 1);

    assertThat(LINKS.read(other).isPresent()).isEqualTo(other.equals(token));
  }

  @Property(tries = 200)
  void nobody_guesses_one(@ForAll String guess) {
    assertThat(LINKS.read(guess)).isEmpty();
  }

  @Test
  void another_key_opens_nothing() {
    PageLinks others = new PageLinks(BASE, KEY.replace('0', '1'), Duration.ofDays(30));

    assertThat(others.read(token(reported()))).isEmpty();
  }
}
