package dev.samovar.doctor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.samovar.triage.Report;

/** {@code samovar.doctor/1}. */
final class DoctorJson {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private DoctorJson() {}

  static String render(Diagnosis diagnosis) {
    ObjectNode root = JSON.createObjectNode();
    root.put("schema", "samovar.doctor/1");
    root.put("samovar", diagnosis.version()).put("java", diagnosis.java());
    root.put("at", diagnosis.at().toString());
    ArrayNode sources = root.putArray("sources");
    for (Station station : diagnosis.stations()) {
      ObjectNode node = sources.addObject();
      node.put("name", station.name()).put("state", station.state().label());
      node.put("summary", station.summary());
      station.details().forEach(node.putArray("details")::add);
    }
    root.put("role", diagnosis.role().orElse(null));
    ArrayNode models = root.putArray("models");
    for (Patient patient : diagnosis.patients()) {
      patient(models.addObject(), patient);
    }
    root.put("pipeline", diagnosis.pipeline().orElse(null));
    ArrayNode snippets = root.putArray("snippets");
    for (Snippets.Snippet snippet : diagnosis.snippets()) {
      snippets.addObject().put("dataset", snippet.dataset().key()).put("code", snippet.code());
    }
    diagnosis.next().forEach(root.putArray("next")::add);
    try {
      return JSON.writeValueAsString(root) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A tree of plain values can be written", e);
    }
  }

  private static void patient(ObjectNode node, Patient patient) {
    node.put("model", patient.model());
    ArrayNode checks = node.putArray("checks");
    for (Report.Row row : patient.report().rows()) {
      checks
          .addObject()
          .put("id", row.check().id())
          .put("can", Patient.canLook(row))
          .put("state", row.state().label())
          .put("reason", row.reason())
          .put("remedy", row.remedy());
    }
    ArrayNode datasets = node.putArray("datasets");
    for (Shelf shelf : patient.shelves()) {
      ObjectNode one = datasets.addObject();
      one.put("dataset", shelf.dataset().key()).put("index", shelf.expression());
      one.put("indices", shelf.indices());
      shelf.has().forEach(one.putArray("has")::add);
      shelf.lacks().forEach(one.putArray("lacks")::add);
      one.put("trouble", shelf.trouble());
    }
    node.put("json_in_messages", patient.jsonIn().orElse(null));
    node.putNull("proposal");
    patient
        .proposal()
        .ifPresent(
            proposal -> {
              ObjectNode one = node.putObject("proposal");
              one.put("preset", proposal.preset().isEmpty() ? null : proposal.preset());
              one.put("yaml", proposal.yaml());
              ObjectNode found = one.putObject("fields");
              proposal.found().forEach(found::put);
            });
  }
}
