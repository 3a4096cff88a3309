package dev.samovar.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.samovar.rota.Person;
import dev.samovar.rota.Rota;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code handoffs:} as people write it, and what is said of their mistakes. */
class HandoffsTest {
  private static final String REST =
      """
      elasticsearch: { url: "http://x:9200" }
      models: [{ name: a, team: ml }, { name: b, team: search }]
      handoffs:
      """;

  private static Rota rota(String handoffs) throws ConfigurationException {
    return Configuration.parse("samovar.yaml", REST + handoffs, Map.of()).handoffs().get(0).rota();
  }

  private static String mistakes(String handoffs) {
    return String.valueOf(
        catchThrowableOfType(ConfigurationException.class, () -> rota(handoffs)).getMessage());
  }

  private static String onCall(Rota rota, String at) {
    return rota.onCall(Instant.parse(at)).map(Person::id).orElse("nobody");
  }

  @Test
  void the_contracts_form_is_enough() throws ConfigurationException {
    Rota rota =
        rota(
            """
              - team: ml
                channel: "#ml-oncall"
                shifts: ["09:00 Europe/Berlin", "09:00 America/Los_Angeles"]
                rota: [U0BERLIN, U0SEATTLE]
            """);

    assertThat(onCall(rota, "2026-11-25T10:00:00Z")).isEqualTo("U0BERLIN");
    assertThat(onCall(rota, "2026-11-25T18:00:00Z")).isEqualTo("U0SEATTLE");
  }

  @Test
  void people_have_names_and_zones_weeks_and_substitutes() throws ConfigurationException {
    Rota rota =
        rota(
            """
              - team: ml
                channel: C1
                shifts:
                  - "09:00 Europe/Berlin"
                  - { start: "09:00", zone: America/Los_Angeles, people: [U0SEATTLE] }
                rota: [{ id: U0MIRA, name: Mira, zone: Europe/Lisbon }, Jan]
                weeks: [{ from: 2026-12-21, to: 2027-01-04, people: [Mira] }]
                overrides: [{ from: 2026-12-01 09:00 Europe/Berlin, to: 2026-12-01 18:00, person: U0ANA }]
            """);

    assertThat(rota.people().get(0).zone()).contains(ZoneId.of("Europe/Lisbon"));
    assertThat(rota.people()).extracting(Person::called).containsExactly("Mira", "Jan");
    assertThat(onCall(rota, "2026-12-22T10:00:00Z")).isEqualTo("U0MIRA");
    assertThat(onCall(rota, "2026-12-22T20:00:00Z")).isEqualTo("U0SEATTLE");
    assertThat(onCall(rota, "2026-12-01T08:00:00Z")).isEqualTo("U0ANA");
    assertThat(onCall(rota, "2026-12-01T17:00:00Z")).isNotEqualTo("U0ANA");
  }

  @Test
  void an_unknown_team_and_zone_name_the_nearest() {
    String mistakes =
        mistakes(
            """
              - { team: serach, channel: C1, shifts: ["09:00 Europe/Berlim"], rota: [{ name: A, zone: Europa/Berlin }] }
              - { team: ml, channel: C1, shifts: [{ start: "25:00", zone: Mars }], rota: [A] }
              - { team: ml, channel: C1, shifts: ["09:00"] }
            """);

    assertThat(mistakes)
        .contains(
            "samovar.yaml:4:13: handoffs[0].team: \"serach\" is no model's team; did you mean"
                + " \"search\"?")
        .contains("handoffs[0].shifts[0]: \"09:00 Europe/Berlim\" is no shift: there is no zone")
        .contains("did you mean Europe/Berlin?")
        .contains("handoffs[0].rota[0].zone: \"Europa/Berlin\" is no zone")
        .contains("handoffs[1].shifts[0].start: \"25:00\" is no time of day")
        .contains("handoffs[1].shifts[0].zone: \"Mars\" is no zone")
        .contains("handoffs[2].team: \"ml\" has its handoffs at handoffs[1].team already")
        .contains("handoffs[2].shifts[0]: \"09:00\" is no shift; write 09:00 Europe/Berlin");
  }

  @Test
  void gaps_and_overlaps_of_shifts_are_named_with_their_time() throws ConfigurationException {
    String gap =
        "  - { team: ml, channel: C1, shifts: [\"09:00-17:00 Europe/Berlin\"], rota: [A]%s }\n";
    assertThat(mistakes(gap.formatted("")))
        .contains("handoffs[0].shifts: nobody has the time from 17:00 to 09:00 Europe/Berlin every")
        .contains("gaps: allowed");
    assertThat(rota(gap.formatted(", gaps: allowed")).shifts()).hasSize(1);
    assertThat(
            mistakes(
                """
                  - { team: ml, channel: C1, rota: [A, B],
                      shifts: ["09:00-18:00 Europe/Berlin", "09:00-00:00 America/Los_Angeles"] }
                """))
        .contains("nobody has the time from")
        .contains(
            "two shifts have the time from 17:00 to 18:00 Europe/Berlin on some days, such as")
        .contains("where clocks change on different days");
    assertThat(
            mistakes(
                """
                  - { team: ml, channel: C1, rota: [A, B], shifts: ["09:00 Europe/Berlin", "08:00 Europe/London"] }
                """))
        .contains(
            "handoffs[0].shifts[1]: \"08:00 Europe/London\" begins at the same moment as"
                + " handoffs[0].shifts[0]");
  }

  @Test
  void gaps_and_overlaps_of_weeks_and_overrides_are_named() {
    String mistakes =
        mistakes(
            """
              - team: ml
                channel: C1
                shifts: ["09:00 Europe/Berlin"]
                weeks:
                  - { from: 2026-11-02, to: 2026-11-16, people: [A] }
                  - { from: 2026-11-09, to: 2026-11-23, people: [B] }
                  - { from: 2026-12-07, people: [] }
                  - { from: 2026-12-07, people: [C] }
                  - { from: 2026-12-31, to: 2026-12-01, people: [C] }
                overrides:
                  - { from: 2026-12-24, to: 2026-12-27, person: X }
                  - { from: 2026-12-26, to: 2026-12-28, person: Y }
                  - { from: 2026-12-28, to: 2026-12-27, person: Y }
                  - { from: soon, to: 2026-12-27, person: Y }
            """);

    assertThat(mistakes)
        .contains("handoffs[0].weeks[1]: from: 2026-11-09 overlaps the weeks before, 2026-11-02")
        .contains("handoffs[0].weeks[2]: names no people")
        .contains("handoffs[0].weeks[3]: nobody has the days from 2026-11-23 to 2026-12-07")
        .contains("handoffs[0].weeks[4]: ends (2026-12-01) before it begins (2026-12-31)")
        .contains("handoffs[0].overrides[1]: Y and X both stand in from 2026-12-25T23:00:00Z")
        .contains("handoffs[0].overrides[2]: ends")
        .contains("handoffs[0].overrides[3].from: \"soon\" is no moment such as");
  }

  @Test
  void shifts_without_people_are_named() {
    assertThat(mistakes("  - { team: ml, channel: C1, shifts: [\"09:00 Europe/Berlin\"] }\n"))
        .contains("handoffs[0].shifts: nobody has these shifts");
  }

  private static Configuration.Handoff first(String handoffs, String more)
      throws ConfigurationException {
    return Configuration.parse("samovar.yaml", more + REST + handoffs, Map.of()).handoffs().get(0);
  }

  @Test
  void a_schedule_elsewhere_and_mentions_are_the_teams_own_choice() throws ConfigurationException {
    Configuration.Handoff plain = first("  - { team: ml, channel: c }\n", "");
    assertThat(plain.schedule()).isEmpty();
    assertThat(plain.mentionOnCall()).isFalse();

    Configuration.Handoff handoff =
        first(
            """
              - { team: ml, channel: c, schedule: "grafana_oncall:SBM7DV7BKFUYU", mention_on_call: true,
                  shifts: ["09:00 Europe/Berlin"] }
            """,
            "grafana_oncall: { url: \"https://o.test/oncall\", token: t, stack: \"https://g.test\""
                + " }\n");
    assertThat(handoff.schedule().orElseThrow()).hasToString("grafana_oncall:SBM7DV7BKFUYU");
    assertThat(handoff.mentionOnCall()).isTrue();
  }

  @Test
  void a_schedule_that_nobody_can_be_asked_for_is_a_mistake() {
    assertThat(mistakes("  - { team: ml, channel: c, schedule: \"pagerdutty:P1\" }\n"))
        .contains("handoffs[0].schedule")
        .contains("did you mean pagerduty?");
    assertThat(mistakes("  - { team: ml, channel: c, schedule: P1 }\n"))
        .contains("is no schedule; write pagerduty:PI7DH85");
    assertThat(mistakes("  - { team: ml, channel: c, schedule: \"pagerduty:P1\" }\n"))
        .contains("there is no pagerduty: { token: … } to ask");
    assertThat(mistakes("  - { team: ml, channel: c, mention_on_call: perhaps }\n"))
        .contains("neither true nor false");
    assertThat(mistakes("  - { team: ml, channel: c, mention_oncall: true }\n"))
        .contains("did you mean \"mention_on_call\"?");
  }

  @Test
  void a_service_of_schedules_needs_its_address_and_is_not_asked_without_a_token()
      throws ConfigurationException {
    Configuration parsed =
        Configuration.parse(
            "samovar.yaml",
            "pagerduty: { token: \"${T:-}\" }\n" + REST + "  - { team: ml, channel: c }\n",
            Map.of());
    assertThat(parsed.onCall().byService()).isEmpty();
    assertThat(
            catchThrowableOfType(
                    ConfigurationException.class,
                    () ->
                        Configuration.parse(
                            "samovar.yaml",
                            "grafana_oncall: { token: t }\npagerduty: { token: t, stack: x }\n"
                                + REST
                                + "  - { team: ml, channel: c }\n",
                            Map.of()))
                .getMessage())
        .contains("grafana_oncall.url: is missing")
        .contains("pagerduty.stack: unknown key");
  }
}
