package dev.samovar.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Writes events into the embedded Elasticsearch. Names with dots ({@code ml.features.amount}) are
 * the names of nested fields.
 */
public final class EventWriter {
  private static final int BATCH = 4000;

  private final HttpClient http = HttpClient.newHttpClient();
  private final ObjectMapper json = new ObjectMapper();
  private final String url;

  public EventWriter(String url) {
    this.url = url;
  }

  /** Installs the mappings of CONTRACT.md's events. */
  public void installTemplate() throws IOException {
    try (InputStream in = EventWriter.class.getResourceAsStream("event-template.json")) {
      send(
          "PUT",
          "/_index_template/samovar-events",
          new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  /** Appends the events; {@link #refresh} makes them visible. */
  public void write(String index, Stream<Map<String, Object>> events) throws IOException {
    List<String> batch = new ArrayList<>(BATCH);
    for (Map<String, Object> event : (Iterable<Map<String, Object>>) events::iterator) {
      batch.add(json(event));
      if (batch.size() == BATCH) {
        bulk(index, batch);
        batch.clear();
      }
    }
    if (!batch.isEmpty()) {
      bulk(index, batch);
    }
  }

  public void refresh() throws IOException {
    send("POST", "/_refresh", "");
  }

  private String json(Map<String, Object> event) {
    try {
      return json.writeValueAsString(event);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("An event is made of plain values: " + event, e);
    }
  }

  private void bulk(String index, List<String> events) throws IOException {
    StringBuilder body = new StringBuilder();
    for (String event : events) {
      body.append("{\"create\":{}}\n").append(event).append('\n');
    }
    JsonNode answer =
        json.readTree(
            send("POST", "/" + index + "/_bulk?filter_path=errors,items.*.error", body.toString()));
    if (answer.path("errors").asBoolean()) {
      throw new IOException(
          "Elasticsearch refused an event for "
              + index
              + ": "
              + answer.findValue("error").toString());
    }
  }

  /** Any other request, for stories that need an odd index. */
  public String send(String method, String path, String body) throws IOException {
    try {
      HttpResponse<String> response =
          http.send(
              HttpRequest.newBuilder(URI.create(url + path))
                  .timeout(Duration.ofSeconds(60))
                  .header("Content-Type", "application/json")
                  .method(method, HttpRequest.BodyPublishers.ofString(body))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() >= 300) {
        throw new IOException(
            method + " " + path + " → " + response.statusCode() + ": " + response.body());
      }
      return response.body();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while writing to Elasticsearch", e);
    }
  }
}
