package dev.samovar.doctor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.samovar.evidence.Catalog;
import dev.samovar.evidence.Dataset;
import dev.samovar.evidence.Event;
import dev.samovar.evidence.Events;
import dev.samovar.evidence.EvidenceException;
import dev.samovar.evidence.Fields;
import dev.samovar.evidence.Model;
import dev.samovar.evidence.Query;
import dev.samovar.evidence.Window;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Whole JSON objects in the one field {@code message}: no query sees their keys, and no preset
 * helps, until an ingest pipeline makes fields of them.
 */
final class JsonInMessages {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LOOKED_AT = 20;
  private static final String PIPELINE = "json-message-pipeline.json";

  /** Where such a field is there, the JSON has been taken apart. */
  private static final Map<Dataset, String> APART =
      Map.of(Dataset.INFERENCE, Fields.MODEL, Dataset.APPLICATION, Fields.LEVEL);

  private JsonInMessages() {}

  /** The index expression in which most messages are so. */
  static Optional<String> of(Model model, Events events, Window window) throws EvidenceException {
    for (Dataset dataset : List.of(Dataset.INFERENCE, Dataset.APPLICATION)) {
      Catalog catalog = events.catalog(model, dataset);
      if (catalog.has(Fields.MESSAGE) && !catalog.has(APART.getOrDefault(dataset, ""))) {
        List<Event> newest =
            events.newest(Query.of(model, dataset), window, List.of(Fields.MESSAGE), LOOKED_AT);
        long objects = newest.stream().filter(JsonInMessages::isObject).count();
        if (objects > 0 && 2 * objects >= newest.size()) {
          return Optional.of(catalog.expression());
        }
      }
    }
    return Optional.empty();
  }

  private static boolean isObject(Event event) {
    String message = event.text(Fields.MESSAGE).orElse("");
    if (!message.startsWith("{")) {
      return false;
    }
    try {
      JsonNode tree = JSON.readTree(message);
      return tree.isObject() && tree.size() > 1;
    } catch (JsonProcessingException e) {
      // A brace at the beginning makes no JSON.
      return false;
    }
  }

  /** To install under {@code _ingest/pipeline/}. */
  static String pipeline() {
    try (InputStream in = JsonInMessages.class.getResourceAsStream(PIPELINE)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
