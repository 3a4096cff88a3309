package dev.samovar.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlatformsTest {
  private static final String START = "elasticsearch: { url: \"http://localhost:9200\" }\n";

  private static Platforms read(String text) throws ConfigurationException {
    return Configuration.parse("samovar.yaml", START + text, Map.of("TOKEN", "s3cret")).platforms();
  }

  private static String mistakes(String text) {
    return String.valueOf(
        catchThrowableOfType(ConfigurationException.class, () -> read(text)).getMessage());
  }

  @Test
  void models_say_what_serves_them() throws Exception {
    Platforms platforms =
        read(
            """
            kubernetes: { url: "https://k8s:6443", token: "${TOKEN}", ca_file: ca.pem, namespace: ml }
            argocd: { url: "https://argocd.example.com", token: "${TOKEN}" }
            flink: { url: "http://flink:8081" }
            burrow: { url: "http://burrow:8000", cluster: main }
            models:
              - { name: fraud, kubernetes: fraud-scorer, argocd: fraud }
              - { name: churn, kubernetes: crm/churn, argocd: [argocd/churn, churn-data] }
              - { name: spam, kubernetes: { namespace: mail, selector: "app=spam,tier=serving" } }
              - { name: plain }
            """);

    Platforms.Kubernetes kubernetes = platforms.kubernetes().orElseThrow();
    assertThat(kubernetes.token()).contains(new Secret("s3cret"));
    assertThat(kubernetes.tokenFile()).isEmpty();
    assertThat(kubernetes.caFile()).contains(Path.of("ca.pem"));
    assertThat(kubernetes.namespace()).contains("ml");
    assertThat(kubernetes.byModel())
        .containsOnly(
            Map.entry(
                "fraud",
                new Platforms.Workload("ml", Optional.of("fraud-scorer"), Optional.empty())),
            Map.entry(
                "churn", new Platforms.Workload("crm", Optional.of("churn"), Optional.empty())),
            Map.entry(
                "spam",
                new Platforms.Workload(
                    "mail", Optional.empty(), Optional.of("app=spam,tier=serving"))));
    assertThat(platforms.argoCd().orElseThrow().applications())
        .containsOnly(
            Map.entry("fraud", List.of("fraud")),
            Map.entry("churn", List.of("argocd/churn", "churn-data")));
    assertThat(platforms.flink().orElseThrow().url()).isEqualTo("http://flink:8081");
    assertThat(platforms.burrow().orElseThrow().cluster()).contains("main");
    assertThat(platforms.toString()).doesNotContain("s3cret");
  }

  @Test
  void inside_a_cluster_the_service_account_is_taken() throws Exception {
    Platforms.Kubernetes kubernetes =
        read("kubernetes: { namespace: ml }\nmodels: [{ name: fraud }]\n")
            .kubernetes()
            .orElseThrow();

    assertThat(kubernetes.url()).isEqualTo("https://kubernetes.default.svc");
    assertThat(kubernetes.tokenFile())
        .contains(Path.of("/var/run/secrets/kubernetes.io/serviceaccount/token"));
    assertThat(kubernetes.caFile())
        .contains(Path.of("/var/run/secrets/kubernetes.io/serviceaccount/ca.crt"));
    assertThat(read("models: [{ name: fraud }]\n").kubernetes()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "kubernetes: { url: 'http://k', tokn: x } | unknown key; did you mean \"token\"?",
        "kubernetes: { url: 'http://k', token: a, token_file: b } | give token or token_file",
        "flink: { urll: 'http://f' } | did you mean \"url\"?",
        "burrow: { cluster: main } | burrow.url: is missing",
        "argocd: { url: argo } | is no http:// or https:// address"
      })
  void mistakes_are_named(String line, String said) {
    assertThat(mistakes(line + "\nmodels: [{ name: a }]\n")).contains(said);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "kubernetes: fraud | say in which namespace",
        "kubernetes: ml/Fraud Scorer | is no workload; write name or namespace/name",
        "kubernetes: { namespace: ml } | give workload (a name) or selector",
        "kubernetes: { namespace: ml, workload: a, selector: app=a } | give workload (a name) or",
        "kubernetes: { namespace: ml, worklod: a } | did you mean \"workload\"?"
      })
  void mistakes_of_a_model_are_named(String key, String said) {
    assertThat(mistakes("kubernetes: { url: 'http://k' }\nmodels:\n  - name: a\n    " + key + "\n"))
        .contains(said);
  }

  @Test
  void a_model_may_not_name_what_nobody_can_be_asked_for() {
    assertThat(mistakes("models: [{ name: a, kubernetes: ml/a, argocd: a }]\n"))
        .contains("there is no kubernetes: { … } to ask", "there is no argocd: { … } to ask");
  }
}
