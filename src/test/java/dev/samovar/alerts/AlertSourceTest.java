package dev.samovar.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Payloads in the shapes that the senders' own documentation shows. */
class AlertSourceTest {
  private static Delivery read(AlertSource source, String body) throws PayloadException {
    return source.read(body.getBytes(StandardCharsets.UTF_8));
  }

  private static final String ALERTMANAGER =
      """
      {"version": "4", "groupKey": "{}:{alertname=\\"HighLatency\\"}", "truncatedAlerts": 7,
       "status": "firing", "receiver": "samovar",
       "groupLabels": {"alertname": "HighLatency"}, "commonLabels": {"alertname": "HighLatency"},
       "commonAnnotations": {}, "externalURL": "http://am:9093", "notification_reason": "new",
       "alerts": [
         {"status": "firing",
          "labels": {"alertname": "HighLatency", "severity": "critical", "model_name": "fraud-scorer"},
          "annotations": {"summary": "p99 is 2 s", "runbook_url": "https://git.example.com/latency"},
          "startsAt": "2026-05-20T14:40:00.123Z", "endsAt": "0001-01-01T00:00:00Z",
          "generatorURL": "http://prom:9090/graph?g0.expr=x", "fingerprint": "c6eadffa33fcdf37"},
         {"status": "resolved", "labels": {"alertname": "PodDown", "pod": "eta-model-7d9f6b-x2x"},
          "annotations": {}, "startsAt": "2026-05-20T14:00:00Z", "endsAt": "2026-05-20T14:50:00Z",
          "generatorURL": "", "fingerprint": "bc97ff14869b13e3"}]}
      """;

  @Test
  void alertmanager() throws PayloadException {
    Delivery delivery = read(AlertSource.ALERTMANAGER, ALERTMANAGER);

    assertThat(delivery.leftOut()).isEqualTo(7);
    Alert first = delivery.alerts().get(0);
    assertThat(first.name()).isEqualTo("HighLatency");
    assertThat(first.firing()).isTrue();
    assertThat(first.severity()).isEqualTo("critical");
    assertThat(first.summary()).isEqualTo("p99 is 2 s");
    assertThat(first.labels()).containsEntry("model_name", "fraud-scorer");
    assertThat(first.startsAt()).contains(Instant.parse("2026-05-20T14:40:00.123Z"));
    assertThat(first.link()).contains("http://prom:9090/graph?g0.expr=x");
    assertThat(first.runbook()).contains("https://git.example.com/latency");
    Alert second = delivery.alerts().get(1);
    assertThat(second.state()).isEqualTo(Alert.State.RESOLVED);
    assertThat(second.link()).isEmpty();
  }

  @Test
  void grafana() throws PayloadException {
    Delivery delivery =
        read(
            AlertSource.GRAFANA,
            """
            {"receiver": "My Super Webhook", "status": "firing", "orgId": 1,
             "alerts": [{"status": "firing",
               "labels": {"alertname": "High memory usage", "team": "blue", "zone": "us-1"},
               "annotations": {"description": "The system has high memory usage",
                 "runbook_url": "https://myrunbook.com/runbook/1234",
                 "summary": "This alert was triggered for zone us-1"},
               "startsAt": "2021-10-12T09:51:03.157076+02:00", "endsAt": "0001-01-01T00:00:00Z",
               "values": {"B": 44.23943737541908, "C": 1},
               "generatorURL": "https://play.grafana.org/alerting/1afz29v7z/edit",
               "fingerprint": "c6eadffa33fcdf37",
               "silenceURL": "https://play.grafana.org/alerting/silence/new?x=1",
               "dashboardURL": "", "panelURL": "https://play.grafana.org/d/1?viewPanel=2"}],
             "groupLabels": {}, "commonLabels": {"team": "blue"}, "commonAnnotations": {},
             "externalURL": "https://play.grafana.org/", "version": "1",
             "groupKey": "{}:{}", "truncatedAlerts": 0,
             "title": "[FIRING:2]  (blue)", "state": "alerting", "message": "x"}
            """);

    Alert alert = delivery.alerts().get(0);
    assertThat(alert.source()).isEqualTo("grafana");
    assertThat(alert.summary()).isEqualTo("This alert was triggered for zone us-1");
    assertThat(alert.link()).contains("https://play.grafana.org/d/1?viewPanel=2");
    assertThat(alert.startsAt()).contains(Instant.parse("2021-10-12T07:51:03.157076Z"));
  }

  @Test
  void a_rule_of_kibana_by_its_action_variables() throws PayloadException {
    Delivery delivery =
        read(
            AlertSource.ELASTIC,
            """
            {"rule": {"id": "5f1d", "name": "Scores are null", "url": "https://kibana/app/r/5f1d",
                      "tags": "model:fraud-scorer,nightly"},
             "alert": {"id": "host-1", "uuid": "9b1c-77", "actionGroup": "query matched"},
             "context": {"reason": "Document count is 42 in the last 5m. Alert when greater than 10."},
             "date": "2026-05-20T14:40:00.000Z"}
            """);
    Delivery over =
        read(
            AlertSource.ELASTIC,
            """
            {"rule": {"id": "5f1d", "name": "Scores are null", "tags": ["model:fraud-scorer"]},
             "alert": {"id": "host-1", "uuid": "9b1c-77", "actionGroup": "recovered"}, "context": {}}
            """);

    Alert alert = delivery.alerts().get(0);
    assertThat(alert.name()).isEqualTo("Scores are null");
    assertThat(alert.summary()).startsWith("Document count is 42");
    assertThat(alert.labels()).containsEntry("model", "fraud-scorer");
    assertThat(alert.link()).contains("https://kibana/app/r/5f1d");
    assertThat(alert.startsAt()).isEmpty();
    assertThat(over.alerts().get(0).state()).isEqualTo(Alert.State.RESOLVED);
    assertThat(over.alerts().get(0).key()).isEqualTo(alert.key());
  }

  @Test
  void an_alert_document_of_kibana() throws PayloadException {
    Alert alert =
        read(
                AlertSource.ELASTIC,
                """
                {"kibana.alert.rule.name": "Null scores", "kibana.alert.status": "active",
                 "kibana.alert.uuid": "u1", "kibana.alert.start": "2026-05-20T14:40:00.000Z",
                 "kibana.alert.reason": "42 nulls", "kibana.alert.rule.tags": ["eta"],
                 "service.name": "eta-model", "kibana.alert.url": "https://kibana/app/a/u1"}
                """)
            .alerts()
            .get(0);

    assertThat(alert.fingerprint()).isEqualTo("u1");
    assertThat(alert.startsAt()).contains(Instant.parse("2026-05-20T14:40:00Z"));
    assertThat(alert.labels()).containsEntry("service.name", "eta-model");
  }

  private static String pagerDuty(String type, String occurred) {
    return """
        {"event": {"id": "5ac64822-4adc-4fda-ade0-410becf0de4f", "event_type": "%s",
          "resource_type": "incident", "occurred_at": "%s",
          "agent": {"html_url": "https://acme.pagerduty.com/users/PLH1HKV", "id": "PLH1HKV",
                    "summary": "Tenex Engineer", "type": "user_reference"},
          "client": {"name": "PagerDuty"},
          "data": {"id": "PGR0VU2", "type": "incident",
            "self": "https://api.pagerduty.com/incidents/PGR0VU2",
            "html_url": "https://acme.pagerduty.com/incidents/PGR0VU2", "number": 2,
            "status": "triggered", "incident_key": "d3640fbd41094207a1c11e58e46b1662",
            "created_at": "2020-04-09T15:16:27Z", "title": "A little bump in the road",
            "service": {"html_url": "https://acme.pagerduty.com/services/PF9KMXH", "id": "PF9KMXH",
                        "summary": "fraud-scorer", "type": "service_reference"},
            "assignees": [], "escalation_policy": null, "teams": [], "priority": null,
            "urgency": "high", "conference_bridge": null, "resolve_reason": null}}}
        """
        .formatted(type, occurred);
  }

  @Test
  void pagerduty() throws PayloadException {
    Alert alert =
        read(AlertSource.PAGERDUTY, pagerDuty("incident.triggered", "2020-04-09T15:16:28Z"))
            .alerts()
            .get(0);
    Alert over =
        read(AlertSource.PAGERDUTY, pagerDuty("incident.resolved", "2020-04-09T16:00:00Z"))
            .alerts()
            .get(0);

    assertThat(alert.name()).isEqualTo("A little bump in the road");
    assertThat(alert.severity()).isEqualTo("high urgency");
    assertThat(alert.labels()).isEqualTo(Map.of("service", "fraud-scorer"));
    assertThat(alert.startsAt()).contains(Instant.parse("2020-04-09T15:16:27Z"));
    assertThat(over.state()).isEqualTo(Alert.State.RESOLVED);
    assertThat(over.key()).isEqualTo(alert.key());
    assertThat(over.startsAt()).contains(Instant.parse("2020-04-09T16:00:00Z"));
  }

  @ParameterizedTest
  @CsvSource({"incident.acknowledged", "incident.annotated", "pagey.ping"})
  void what_people_do_about_an_incident_is_no_alert(String type) throws PayloadException {
    assertThat(read(AlertSource.PAGERDUTY, pagerDuty(type, "2020-04-09T16:00:00Z")).alerts())
        .isEmpty();
  }

  @Test
  void generic_needs_a_name_only() throws PayloadException {
    Alert bare = read(AlertSource.GENERIC, "{\"name\": \"Odd\"}").alerts().get(0);
    Delivery two =
        read(
            AlertSource.GENERIC,
            "[{\"name\": \"A\", \"model\": \"eta\"}, {\"name\": \"B\", \"status\": \"resolved\"}]");

    assertThat(bare.firing()).isTrue();
    assertThat(bare.startsAt()).isEmpty();
    assertThat(two.alerts()).extracting(Alert::name).containsExactly("A", "B");
    assertThat(two.alerts().get(0).labels()).containsEntry("model", "eta");
    assertThat(two.alerts().get(0).key()).isNotEqualTo(two.alerts().get(1).key());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ALERTMANAGER | {\"alerts\": 3 | The body is no JSON (line 1",
        "ALERTMANAGER | {\"alerts\": 3} | alerts is a number; expected a list […].",
        "ALERTMANAGER | {} | alerts is missing",
        "ALERTMANAGER | [] | The body is a list; expected an object {…}.",
        "ALERTMANAGER | {\"alerts\": [4]} | alerts[0] is a number; expected an object {…}.",
        "ALERTMANAGER | {\"alerts\": [{\"labels\": []}]} | alerts[0].labels is a list",
        "ALERTMANAGER | {\"alerts\": [{\"status\": \"odd\"}]} | alerts[0].status is neither",
        "GRAFANA | {\"alerts\": [{\"startsAt\": \"soon\"}]} | alerts[0].startsAt is no time",
        "GRAFANA | {\"alerts\": [], \"truncatedAlerts\": \"x\"} | truncatedAlerts is a text",
        "PAGERDUTY | {\"messages\": []} | event is missing",
        "ELASTIC | {\"x\": 1} | rule.name is missing",
        "GENERIC | {\"name\": {}} | name is an object; expected a text.",
        "GENERIC | {} | name is missing",
        "GENERIC | 7 | The body is a number",
        "GENERIC | {\"name\": \"a\"} {} | The body is no JSON",
      })
  void what_is_wrong_is_said_in_a_sentence(AlertSource source, String body, String said) {
    assertThat(catchThrowableOfType(PayloadException.class, () -> read(source, body)).getMessage())
        .startsWith(said)
        .endsWith(".");
  }

  @Test
  void nothing_at_all_is_no_json() {
    assertThat(catchThrowableOfType(PayloadException.class, () -> read(AlertSource.GENERIC, "")))
        .hasMessage("The body is empty; expected JSON.");
  }

  @Test
  void the_same_said_again_has_the_same_key_and_news_another() throws PayloadException {
    Instant now = Instant.parse("2026-05-20T15:01:00Z");
    Delivery first = read(AlertSource.ALERTMANAGER, ALERTMANAGER);
    Delivery over =
        read(AlertSource.ALERTMANAGER, ALERTMANAGER.replace("\"firing\"", "\"resolved\""));
    Delivery anew =
        read(AlertSource.ALERTMANAGER, ALERTMANAGER.replace("14:40:00.123", "14:55:00.000"));
    Delivery untimed = read(AlertSource.GENERIC, "{\"name\": \"Odd\"}");

    assertThat(first.key(now)).isEqualTo(first.key(now.plusSeconds(86_400)));
    assertThat(over.key(now)).isNotEqualTo(first.key(now));
    assertThat(anew.key(now)).isNotEqualTo(first.key(now));
    assertThat(untimed.key(now)).isEqualTo(untimed.key(now.plusSeconds(240)));
    assertThat(untimed.key(now)).isNotEqualTo(untimed.key(now.plusSeconds(660)));
  }

  @Test
  void a_parcel_comes_out_as_it_went_in() throws PayloadException {
    Parcel parcel =
        new Parcel(
            Instant.parse("2026-05-20T15:01:00Z"), read(AlertSource.ALERTMANAGER, ALERTMANAGER));
    assertThat(Parcel.of(parcel.json())).isEqualTo(parcel);
  }

  @Test
  void what_is_kept_is_bounded_and_has_no_control_characters() throws PayloadException {
    Alert alert =
        read(
                AlertSource.GENERIC,
                "{\"name\": \"a\\u0000b\", \"summary\": \"" + "x".repeat(50_000) + "\"}")
            .alerts()
            .get(0);
    assertThat(alert.name()).isEqualTo("a b");
    assertThat(alert.summary()).hasSize(1000);
  }
}
