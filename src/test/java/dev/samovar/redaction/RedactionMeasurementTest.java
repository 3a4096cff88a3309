package dev.samovar.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How many secrets vanish, and how many look-alikes stay. */
class RedactionMeasurementTest {
  private static final Redaction REDACTION = Redaction.usual();

  private record Measured(int secrets, List<String> leaked, int harmless, List<String> touched) {
    double recall() {
      return 1 - (double) leaked.size() / secrets;
    }

    double falseAlarms() {
      return (double) touched.size() / harmless;
    }

    @Override
    public String toString() {
      return String.format(
          java.util.Locale.ROOT,
          "recall %.4f of %d secrets, false alarms %.4f of %d look-alikes",
          recall(),
          secrets,
          falseAlarms(),
          harmless);
    }
  }

  private static Measured measure(List<MarkedLine> lines) {
    int secrets = 0;
    int harmless = 0;
    List<String> leaked = new ArrayList<>();
    List<String> touched = new ArrayList<>();
    for (MarkedLine line : lines) {
      String redacted = REDACTION.of(line.text());
      secrets += line.secrets().size();
      line.leaked(redacted).forEach(secret -> leaked.add(secret + " in " + redacted));
      if (line.isHarmless()) {
        harmless++;
        if (!redacted.equals(line.text())) {
          touched.add(line.text() + " → " + redacted);
        }
      }
    }
    return new Measured(secrets, leaked, harmless, touched);
  }

  private static void holds(String name, List<MarkedLine> lines) {
    Measured measured = measure(lines);
    System.out.println(name + ": " + measured);
    if (Boolean.getBoolean("redaction.show")) {
      measured.leaked().forEach(one -> System.out.println("  leaked " + one));
      measured.touched().forEach(one -> System.out.println("  touched " + one));
    }
    assertThat(measured.recall())
        .as("recall; leaked %s", measured.leaked())
        .isGreaterThanOrEqualTo(0.99);
    assertThat(measured.falseAlarms())
        .as("false alarms; touched %s", measured.touched())
        .isLessThanOrEqualTo(0.01);
  }

  @Test
  void lines_written_before_there_was_a_rule() {
    holds("blind", MarkedLine.read("blind.txt"));
  }

  @Test
  void lines_of_every_form() {
    holds("generated", new Corpus(20261125).lines(Integer.getInteger("redaction.each", 40)));
  }
}
