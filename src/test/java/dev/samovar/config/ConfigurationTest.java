package dev.samovar.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.samovar.evidence.Dataset;
import dev.samovar.evidence.Model;
import dev.samovar.redaction.RedactionSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigurationTest {

  private static Configuration read(String text, Map<String, String> environment)
      throws ConfigurationException {
    return Configuration.parse("samovar.yaml", text, environment);
  }

  private static String mistakes(String text) {
    return String.valueOf(
        catchThrowableOfType(ConfigurationException.class, () -> read(text, Map.of()))
            .getMessage());
  }

  @Test
  void the_example_is_valid_and_gives_what_it_says() throws ConfigurationException {
    Configuration configuration =
        Configuration.load(Path.of("samovar.example.yaml"), Map.of("ES_API_KEY", "k3y"));

    assertThat(configuration.elasticsearch().urls()).containsExactly("http://localhost:9200");
    assertThat(configuration.elasticsearch().apiKey()).contains(new Secret("k3y"));
    Model model = configuration.models().get(0);
    assertThat(model.name()).isEqualTo("fraud-scorer");
    assertThat(model.retraining().orElseThrow().every()).isEqualTo(Duration.ofHours(24));
    assertThat(model.slo().latencyP99()).contains(Duration.ofMillis(250));
  }

  @Test
  void webhooks_need_a_long_secret_and_a_channel() throws ConfigurationException {
    String rest = "{ elasticsearch: { url: 'http://localhost:9200' }, models: [], webhooks: ";
    String given = rest + "{ secret: '${SECRET:-}', channel: '#inc-ml' } }";

    assertThat(read(given, Map.of()).webhooks()).isEmpty();
    assertThat(read(given, Map.of("SECRET", "0123456789abcdef")).webhooks())
        .contains(new Configuration.Webhooks(new Secret("0123456789abcdef"), "#inc-ml"));
    assertThat(mistakes(rest + "{ secret: tooshort, chanel: '#inc-ml' } }"))
        .contains("webhooks.secret: the secret is too short; it needs at least 16 characters")
        .contains("webhooks.chanel: unknown key; did you mean \"channel\"?")
        .contains("webhooks.channel: is missing")
        .doesNotContain("tooshort");
  }

  @Test
  void who_may_ask_is_read_and_names_somebody() throws ConfigurationException {
    String head = "{ elasticsearch: { url: 'http://localhost:9200' }, ";
    Configuration read =
        read(
            head
                + "slack: { admins: [U0123ABCD] }, models: [{ name: a, access: { channels: ['#x'],"
                + " user_groups: ['@team', S0123ABCD] } }, { name: b }] }",
            Map.of());
    assertThat(read.slack().admins()).containsExactly("U0123ABCD");
    assertThat(read.access())
        .isEqualTo(
            Map.of("a", new Configuration.Access(List.of("#x"), List.of("@team", "S0123ABCD"))));
    assertThat(
            mistakes(
                head
                    + "slack: { admins: [anna] }, models: [{ name: a, access: { } }, { name: b,"
                    + " access: { usergroups: [S1], channels: [C1] } }] }"))
        .contains("slack.admins[0]: \"anna\" is no id of a user in Slack")
        .contains("models[0].access: names neither channels nor user_groups")
        .contains("models[1].access.usergroups: unknown key; did you mean \"user_groups\"?");
  }

  @Test
  void redaction_takes_patterns_that_are_checked() throws ConfigurationException {
    String rest = "{ elasticsearch: { url: 'http://localhost:9200' }, models: [], redaction: ";
    assertThat(
            read(
                    rest
                        + "{ ips: true, patterns: ['CUST-[0-9]{6}', { name: policy, pattern:"
                        + " 'POL-([0-9]+)' }], allow: [session_token] } }",
                    Map.of())
                .redaction())
        .isEqualTo(
            new RedactionSettings(
                true,
                List.of(
                    new RedactionSettings.Named("custom pattern", "CUST-[0-9]{6}"),
                    new RedactionSettings.Named("policy", "POL-([0-9]+)")),
                List.of("session_token")));
    assertThat(mistakes(rest + "{ ip: true, ips: maybe, patterns: ['(', 'x*'] } }"))
        .contains("redaction.ip: unknown key; did you mean \"ips\"?")
        .contains("redaction.ips: \"maybe\" is neither true nor false")
        .contains("redaction.patterns[0]: \"(\" is no expression of RE2")
        .contains("redaction.patterns[1]: \"x*\" matches the empty text");
  }

  @Test
  void reports_need_a_key_of_32_bytes_and_an_address() throws ConfigurationException {
    String rest = "{ elasticsearch: { url: 'http://localhost:9200' }, models: [], reports: ";
    String given = rest + "{ base_url: 'https://samovar.example.com', key: '${KEY:-}' } }";
    String key = "0123456789abcdef0123456789abcdef";

    assertThat(read(given, Map.of()).reports()).isEmpty();
    assertThat(read(given, Map.of("KEY", key)).reports())
        .contains(new Reports("https://samovar.example.com", new Secret(key), Duration.ofDays(30)));
    assertThat(mistakes(rest + "{ base_ur: 'https://x', key: short-and-secret, expire: 2s } }"))
        .contains("reports.key: the key is too short; it needs at least 32 bytes")
        .contains("reports.base_ur: unknown key; did you mean \"base_url\"?")
        .contains("reports.base_url: is missing")
        .contains("reports.expire: \"2s\" is not between 10m and 366d")
        .doesNotContain("short-and-secret");
    assertThat(mistakes(rest + "{ base_url: 'https://x.example.com/?a=b', key: '" + key + "' } }"))
        .contains("reports.base_url: ends with a path");
  }

  @Test
  void the_contracts_configuration_is_read_whole() throws ConfigurationException {
    Configuration configuration =
        read(
            """
            elasticsearch: { url: "http://localhost:9200", api_key: "${ES_API_KEY:-}", kibana: "https://kibana.example.com" }
            prometheus:    { url: "http://localhost:9090", grafana: "https://grafana.example.com" }
            store:         { url: "jdbc:h2:mem:x" }
            slack:
              mode: http
              bot_token: ${SLACK_BOT_TOKEN}
              signing_secret: ${SLACK_SIGNING_SECRET:-s}
              api_url: https://slack.com/api/
              incident_channels: ["inc-*", "C0123456"]
              port: 3000
            runbooks: { directory: runbooks, base_url: "https://git.example.com/acme/runbooks" }
            handoffs:
              - team: ml-platform
                channel: "#ml-oncall"
                shifts: ["09:00 Europe/Berlin", "09:00 America/Los_Angeles"]
                rota: [U0BERLIN, U0SEATTLE]
            models:
              - name: fraud-scorer
                aliases: [fraud model, fraud, fs-prod]
                service: fs
                indices: { inference: "a,b-*", training: "t-*" }
                fields:  { prediction: p.score, features: f, ml.model.version: v }
                preprocessing: { pipeline: fraud-features }
                upstream: [orders-ingest]
                dependencies: { lockfile: requirements.lock }
                metrics: { queue_depth: 'sum(kafka_consumergroup_lag{consumergroup="fraud"})' }
            """,
            Map.of("SLACK_BOT_TOKEN", "xoxb-1"));

    assertThat(configuration.slack().missing()).isEmpty();
    assertThat(configuration.elasticsearch().apiKey()).isEmpty();
    Model model = configuration.models().get(0);
    assertThat(model.index(Dataset.INFERENCE)).isEqualTo("a,b-*");
    assertThat(model.index(Dataset.RUN)).isEqualTo("logs-ml.run-*");
    assertThat(model.fieldName("ml.features.amount")).isEqualTo("f.amount");
    assertThat(model.fieldName("ml.prediction.score")).isEqualTo("p.score");
    assertThat(model.fieldName("ml.model.version")).isEqualTo("v");
  }

  @Test
  void the_store_keeps_things_for_as_long_as_it_is_told() throws ConfigurationException {
    String rest = "elasticsearch: { url: 'http://x:9200' }\nmodels: [{ name: a }]\nstore: ";
    assertThat(read(rest + "{ url: 'jdbc:h2:mem:x' }", Map.of()).retention())
        .isEqualTo(new Configuration.Retention(Duration.ofDays(180), Duration.ofDays(30)));
    assertThat(read(rest + "{ retention: { reports: 52w } }", Map.of()).retention())
        .isEqualTo(new Configuration.Retention(Duration.ofDays(364), Duration.ofDays(30)));
    assertThat(mistakes(rest + "{ retention: { report: 3d, events: 5m } }"))
        .contains("store.retention.report: unknown key; did you mean \"reports\"?")
        .contains("store.retention.events: \"5m\" is too short");
  }

  @Test
  void channels_say_how_they_are_answered() throws ConfigurationException {
    Configuration.Slack slack =
        read(
                """
                elasticsearch: { url: "http://x:9200" }
                slack:
                  auto_reply: ask
                  cooldown: 30m
                  allowed_bots: [B0ALERT]
                  channels:
                    - { name: "#fraud-oncall", auto_reply: on, model: a }
                    - { name: "quiet-*", auto_reply: off }
                models: [{ name: a }]
                """,
                Map.of())
            .slack();

    assertThat(slack.autoReply()).contains(Configuration.Slack.AutoReply.ASK);
    assertThat(slack.cooldown()).isEqualTo(Duration.ofMinutes(30));
    assertThat(slack.channels())
        .extracting(channel -> channel.autoReply().orElseThrow())
        .containsExactly(Configuration.Slack.AutoReply.ON, Configuration.Slack.AutoReply.OFF);
    assertThat(
            mistakes(
                """
                elasticsearch: { url: "http://x:9200" }
                slack: { auto_reply: maybe, channels: [{ name: a, model: frad }] }
                models: [{ name: fraud }]
                """))
        .contains("slack.auto_reply: \"maybe\" is none of on, ask and off")
        .contains("did you mean \"fraud\"?");
  }

  @Test
  void an_unknown_key_names_its_place_and_the_nearest_known_one() {
    assertThat(
            mistakes(
                """
                elasticsearch: { url: "http://x:9200" }
                models:
                  - name: a
                    retrainning: { pipeline: p, every: 24h }
                """))
        .isEqualTo(
            "samovar.yaml:4:5: models[0].retrainning: unknown key; did you mean \"retraining\"?");
  }

  @Test
  void all_mistakes_come_at_once() {
    String mistakes =
        mistakes(
            """
            elasticsearch: { url: "localhost:9200", user: me }
            slack: { mode: carrier-pigeon, port: 99999 }
            models:
              - name: a
                slo: { latency_p99: fast, error_rate: 7 }
              - name: A
              - aliases: b
            """);

    assertThat(mistakes.lines())
        .anyMatch(
            line ->
                line.startsWith("samovar.yaml:1:23: elasticsearch.url: ")
                    && line.contains("http://"))
        .anyMatch(
            line -> line.contains("elasticsearch.user: unknown key; did you mean \"username\"?"))
        .anyMatch(
            line -> line.contains("slack.mode: \"carrier-pigeon\" is neither socket nor http"))
        .anyMatch(line -> line.contains("slack.port"))
        .anyMatch(line -> line.contains("slo.latency_p99: \"fast\" is no duration"))
        .anyMatch(line -> line.contains("slo.error_rate"))
        .anyMatch(line -> line.contains("already names models[0]"))
        .anyMatch(line -> line.contains("models[2].name: is missing"))
        .anyMatch(line -> line.contains("models[2].aliases: expected a list"));
  }

  @Test
  void broken_yaml_names_line_and_column() {
    assertThat(mistakes("elasticsearch:\n  url: \"x\n models: ]")).startsWith("samovar.yaml:");
    assertThat(mistakes("a: [1, 2\nb: }"))
        .matches("(?s)samovar\\.yaml:2:\\d+: this is no YAML: .*");
  }

  @Test
  void a_key_twice_is_a_mistake() {
    assertThat(mistakes("elasticsearch: {url: \"http://x\"}\nmodels: []\nmodels: []"))
        .contains("samovar.yaml:3:1: models: is here twice");
  }

  @Test
  void an_unset_variable_is_named_and_no_secret_is_shown() throws ConfigurationException {
    assertThat(mistakes("elasticsearch: {url: \"http://x\", api_key: \"${KEY}\"}\nmodels: []"))
        .contains("elasticsearch.api_key: the environment variable KEY is not set");
    assertThatThrownBy(
            () ->
                read("elasticsearch: {url: \"${KEY}\"}\nmodels: []", Map.of("KEY", "s3cret value")))
        .hasMessageContaining("\"${KEY}\"")
        .hasMessageNotContaining("s3cret");
    assertThat(
            read(
                    "elasticsearch: {url: \"http://x\", api_key: \"${KEY}\"}\nmodels: []",
                    Map.of("KEY", "s3cret"))
                .toString())
        .doesNotContain("s3cret");
  }

  @Test
  void json_is_yaml() throws ConfigurationException {
    assertThat(
            read(
                    "{\"elasticsearch\":{\"url\":\"http://x\"},\"models\":[{\"name\":\"a\"}]}",
                    Map.of())
                .models())
        .hasSize(1);
  }

  @Test
  void a_missing_file_says_what_to_do() {
    assertThatThrownBy(() -> Configuration.load(Path.of("nowhere.yaml"), Map.of()))
        .hasMessageContaining("nowhere.yaml")
        .hasMessageContaining("samovar.example.yaml");
  }

  @Test
  void prometheus_takes_credentials_a_tenant_and_headers_and_keeps_them_to_itself()
      throws ConfigurationException {
    Configuration.Prometheus prometheus =
        read(
                """
                elasticsearch: { url: "http://localhost:9200" }
                prometheus:
                  url: "https://mimir.example.com/prometheus"
                  bearer_token: "${TOKEN}"
                  tenant: ml
                  ca_file: ca.pem
                  headers: { X-Extra: "s3cret" }
                models: [{ name: m }]
                """,
                Map.of("TOKEN", "t0ken"))
            .prometheus()
            .orElseThrow();

    assertThat(prometheus.bearerToken()).contains(new Secret("t0ken"));
    assertThat(prometheus.tenant()).contains("ml");
    assertThat(prometheus.headers()).containsEntry("X-Extra", new Secret("s3cret"));
    assertThat(prometheus.toString()).doesNotContain("t0ken").doesNotContain("s3cret");
  }

  @Test
  void prometheus_with_two_sorts_of_credentials_is_a_mistake() {
    assertThat(
            mistakes(
                """
                elasticsearch: { url: "http://localhost:9200" }
                prometheus: { url: "http://p:9090", bearer_token: a, username: b, pasword: c }
                models: [{ name: m }]
                """))
        .contains("prometheus.username", "not both", "did you mean \"password\"?");
  }

  @Test
  void a_preset_gives_names_and_own_names_win() throws ConfigurationException {
    Model model =
        read(
                """
                elasticsearch: { url: "http://localhost:9200" }
                models:
                  - name: eta
                    preset: otel
                    indices: { inference: mine }
                    fields: { ml.model: m, message: text, ml.prediction.score: p }
                """,
                Map.of())
            .models()
            .get(0);

    assertThat(model.fieldName("service.name")).isEqualTo("resource.attributes.service.name");
    assertThat(model.fieldName("ml.features.km")).isEqualTo("attributes.ml.features.km");
    assertThat(model.fieldName("ml.model.version")).isEqualTo("m.version");
    assertThat(model.fieldName("message")).isEqualTo("text");
    assertThat(model.fieldName("ml.prediction.score")).isEqualTo("p");
    assertThat(model.index(Dataset.INFERENCE)).isEqualTo("mine");
    assertThat(model.index(Dataset.APPLICATION)).isEqualTo("logs-*.otel-*");
    assertThat(model.index(Dataset.CHANGE)).isEqualTo("logs-ml.change-*");
  }

  @Test
  void an_own_parent_wins_over_what_a_preset_has_below_it() throws ConfigurationException {
    Model model =
        read(
                """
                elasticsearch: { url: "http://localhost:9200" }
                models: [{ name: eta, preset: json-message, fields: { ml.model: m } }]
                """,
                Map.of())
            .models()
            .get(0);

    assertThat(model.fieldName("ml.model.name")).isEqualTo("m.name");
    assertThat(model.fieldName("@timestamp")).isEqualTo("timestamp");
  }

  @Test
  void an_unknown_preset_names_the_nearest() {
    assertThat(
            mistakes(
                """
                elasticsearch: { url: "http://localhost:9200" }
                models: [{ name: eta, preset: otell }]
                """))
        .contains("samovar.yaml:2:")
        .contains("models[0].preset")
        .contains("did you mean \"otel\"?");
  }

  @Test
  void presets_name_fields_that_a_model_may_rename() throws ConfigurationException {
    for (dev.samovar.evidence.Preset preset : Presets.all()) {
      StringBuilder fields = new StringBuilder();
      preset
          .fields()
          .forEach((name, actual) -> fields.append("\"%s\": \"%s\", ".formatted(name, actual)));
      Model written =
          read(
                  "elasticsearch: { url: \"http://localhost:9200\" }\n"
                      + "models: [{ name: eta, fields: { "
                      + fields
                      + "} }]",
                  Map.of())
              .models()
              .get(0);
      assertThat(written.fields()).as(preset.name()).isEqualTo(preset.fields());
    }
  }

  private static final String MODELS =
      "elasticsearch: { url: \"http://x\" }\nmodels: [{ name: m, mlflow: fraud }, { name: n }]\n";

  @Test
  void other_places_are_read_with_their_credentials() throws ConfigurationException {
    Configuration configuration =
        read(
            MODELS
                + """
                airflow: { url: "https://a", username: u, password: "${PASSWORD}", ca_file: ca.pem }
                mlflow: { url: "https://m/ml", token: "${TOKEN:-}" }
                """,
            Map.of("PASSWORD", "p"));

    Server airflow = configuration.airflow().orElseThrow();
    assertThat(airflow.url()).isEqualTo("https://a");
    assertThat(airflow.username()).contains("u");
    assertThat(airflow.password()).contains(new Secret("p"));
    assertThat(airflow.caFile()).contains(Path.of("ca.pem"));
    assertThat(airflow.toString()).doesNotContain("=p,");
    Configuration.Mlflow mlflow = configuration.mlflow().orElseThrow();
    assertThat(mlflow.server().token()).isEmpty();
    assertThat(mlflow.registered()).isEqualTo(Map.of("m", "fraud"));
  }

  @Test
  void what_is_wrong_with_other_places_is_said_with_line_and_key() {
    assertThat(mistakes(MODELS))
        .contains("samovar.yaml:2:", "models[0].mlflow: there is no mlflow: { url: … } to ask");
    assertThat(mistakes(MODELS + "mlflow: { uri: \"http://m\" }"))
        .contains("mlflow.url: is missing")
        .contains("mlflow.uri: unknown key; did you mean \"url\"?");
    assertThat(mistakes(MODELS + "mlflow: { url: mlflow }"))
        .contains("samovar.yaml:3:", "mlflow.url: \"mlflow\" is no http:// or https:// address");
    assertThat(
            mistakes(
                MODELS
                    + "mlflow: { url: \"http://m\" }\n"
                    + "airflow: { url: \"http://a\", token: t, username: u }"))
        .contains("samovar.yaml:4:", "give token or username and password, not both");
    assertThat(
            mistakes(
                MODELS
                    + "mlflow: { url: \"http://m\" }\n"
                    + "airflow: { url: \"http://a\", password: s3 }"))
        .contains("airflow.password: there is no username to it")
        .doesNotContain("s3");
  }
}
