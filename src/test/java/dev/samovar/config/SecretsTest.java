package dev.samovar.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SecretsTest {
  private static Configuration parse(String yaml) throws ConfigurationException {
    return Configuration.parse("samovar.yaml", yaml, Map.of());
  }

  @Test
  void whatever_part_they_are_in_they_are_known() throws Exception {
    Configuration configuration =
        parse(
            """
            elasticsearch: { url: "http://es:9200", username: u, password: es-password }
            prometheus: { url: "http://p:9090", headers: { X-Key: a-header } }
            store: { url: "jdbc:postgresql://db/samovar?user=samovar&password=in-address" }
            slack: { bot_token: xoxb-1, app_token: xapp-1, signing_secret: signing }
            airflow: { url: "http://user:in-authority@airflow:8080", token: a-token }
            models: [{ name: m }]
            """);

    assertThat(Secrets.in(configuration))
        .containsExactlyInAnyOrder(
            "es-password",
            "a-header",
            "in-address",
            "xoxb-1",
            "xapp-1",
            "signing",
            "in-authority",
            "a-token");
  }

  @Test
  void the_log_and_the_port_of_operations_are_configured() throws Exception {
    String rest = "elasticsearch: { url: 'http://es:9200' }\nmodels: [{ name: m }]\n";
    assertThat(parse(rest).operations())
        .returns(true, one -> one.port().isEmpty() && one.isJson().isEmpty());
    assertThat(parse(rest + "logging: json\noperations: { port: 9464 }\n").operations())
        .returns(9464, one -> one.port().orElseThrow())
        .returns(true, one -> one.isJson().orElseThrow());
    assertThat(parse(rest + "slack: { port: 3001 }\nlogging: text\n").operations())
        .returns(3001, one -> one.port().orElseThrow())
        .returns(false, one -> one.isJson().orElseThrow());
  }

  @Test
  void what_is_wrong_is_named() {
    String rest = "elasticsearch: { url: 'http://es:9200' }\nmodels: [{ name: m }]\n";
    assertThatThrownBy(() -> parse(rest + "logging: xml\noperations: { prot: 1, port: 99999 }\n"))
        .hasMessageContaining("is neither json nor text")
        .hasMessageContaining("did you mean \"port\"?")
        .hasMessageContaining("99999");
  }
}
