package dev.samovar.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class RedactionTest {
  private static final Redaction USUAL = Redaction.usual();

  private static Redaction with(
      boolean ips, List<RedactionSettings.Named> patterns, List<String> allow) {
    return Redaction.of(new RedactionSettings(ips, patterns, allow));
  }

  @Test
  void a_mark_says_what_was_there() {
    assertThat(USUAL.of("key AK" + "IAIOSFODNN7EXAMPLQ was refused"))
        .isEqualTo("key [redacted: AWS key] was refused");
    assertThat(USUAL.of("postgresql://feast:hunter2@db/features refused"))
        .isEqualTo("postgresql://feast:[redacted: password]@db/features refused");
    assertThat(USUAL.of("{\"user\":\"ml\",\"password\":\"hunter2\"}"))
        .isEqualTo("{\"user\":\"ml\",\"password\":\"[redacted: password]\"}");
    assertThat(USUAL.of("mail anna.schmidt@example.com now"))
        .isEqualTo("mail [redacted: e-mail address] now");
  }

  @Test
  void hosts_are_shown_unless_it_is_asked_for() {
    String line = "node gpu-07 (10.0.3.7) and fe80::1ff:fe23:4567:890a are not ready, 127.0.0.1 is";
    assertThat(USUAL.of(line)).isEqualTo(line);
    assertThat(with(true, List.of(), List.of()).of(line))
        .isEqualTo(
            "node gpu-07 ([redacted: IP address]) and [redacted: IP address] are not ready, 127.0.0.1 is");
    assertThat(with(true, List.of(), List.of()).of("driver version 550.54.14.2 at 14:33:01"))
        .isEqualTo("driver version 550.54.14.2 at 14:33:01");
  }

  @Test
  void patterns_of_ones_own() {
    Redaction own =
        with(
            false,
            List.of(
                new RedactionSettings.Named("customer", "CUST-[0-9]{6}"),
                new RedactionSettings.Named("policy", "policy ([A-Z]{2}[0-9]{4})")),
            List.of());
    assertThat(own.of("CUST-123456 has policy AB1234"))
        .isEqualTo("[redacted: customer] has policy [redacted: policy]");
    assertThat(RedactionSettings.complaint("(unclosed")).isPresent();
    assertThat(RedactionSettings.complaint("x*")).isPresent();
    assertThat(RedactionSettings.complaint("x+")).isEmpty();
  }

  @Test
  void a_field_that_is_allowed_is_shown() {
    Redaction own = with(false, List.of(), List.of("contact", "session_token"));
    assertThat(own.of("Contact", "anna@example.com")).isEqualTo("anna@example.com");
    assertThat(own.of("owner", "anna@example.com")).isEqualTo("[redacted: e-mail address]");
    assertThat(own.of("session_token=a1b2c3d4e5f6g7 auth_token=a1b2c3d4e5f6g7"))
        .isEqualTo("session_token=a1b2c3d4e5f6g7 auth_token=[redacted: token]");
  }

  @Property(tries = 300)
  void nothing_is_found_in_what_is_left(@ForAll String text) {
    String once = USUAL.of(text);
    assertThat(USUAL.of(once)).isEqualTo(once);
  }

  @Test
  void what_is_left_of_the_corpus_is_left_again() {
    for (MarkedLine line : MarkedLine.read("blind.txt")) {
      String once = USUAL.of(line.text());
      assertThat(USUAL.of(once)).as(line.text()).isEqualTo(once);
    }
  }

  @Test
  void a_long_hostile_text_takes_time_in_proportion() {
    for (String part :
        List.of("password=", "a@", "eyJ", "1 ", "::", "--token ", "http://a:", "DE12 ", "\"")) {
      USUAL.of(part.repeat(2_000)); // what is compiled once
      long small = time(part.repeat(4_000));
      long large = time(part.repeat(40_000));
      // Ten times the text; a quadratic search would need a hundred times as long.
      assertThat(large).as(part).isLessThan(40 * Math.max(small, 2_000_000));
    }
  }

  private static long time(String text) {
    long best = Long.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      // Of the processor: others may want it, too.
      long begun = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      USUAL.of(text);
      best = Math.min(best, ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - begun);
    }
    return best;
  }
}
