package dev.samovar.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samovar.evidence.Model;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelLabelsTest {
  private static final ModelLabels LABELS =
      new ModelLabels(
          List.of(
              Model.named("fraud-scorer"), Model.named("fraud-scorer-lite"), Model.named("eta")));

  private static String model(Map<String, String> labels) {
    return LABELS
        .model(
            new Alert(
                "generic",
                "f",
                Alert.State.FIRING,
                "A",
                "",
                "",
                labels,
                Optional.empty(),
                Optional.empty(),
                Optional.empty()))
        .map(Model::name)
        .orElse("none");
  }

  @ParameterizedTest
  @CsvSource({
    "model_name, fraud-scorer, fraud-scorer",
    "modelName, Fraud_Scorer, fraud-scorer",
    "ml.model.name, eta, eta",
    "inferenceservice_name, eta, eta",
    "pod, fraud-scorer-7d9f6b5c4-abcde, fraud-scorer",
    "pod, fraud-scorer-lite-7d9f6b5c4-abcde, fraud-scorer-lite",
    "pod, etcd-0, none",
    "job, kubelet, none",
    "instance, fraud-scorer, none",
    "severity, eta, none",
    "service, '', none",
  })
  void a_label_names_a_model(String label, String value, String expected) {
    assertThat(model(Map.of(label, value))).isEqualTo(expected);
  }

  @Test
  void the_most_telling_label_counts_and_a_whole_name_before_a_beginning() {
    assertThat(model(Map.of("job", "eta", "model", "fraud-scorer"))).isEqualTo("fraud-scorer");
    assertThat(model(Map.of("deployment", "eta-gateway", "pod", "fraud-scorer")))
        .isEqualTo("fraud-scorer");
  }
}
