package dev.samovar.elasticsearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.samovar.evidence.Dataset;
import dev.samovar.evidence.EvidenceException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import org.elasticsearch.client.Request;
import org.elasticsearch.client.RequestOptions;
import org.elasticsearch.client.Response;
import org.elasticsearch.client.ResponseException;
import org.elasticsearch.client.RestClient;

/** The mappings of the {@code ml.*} events, so that no first document decides a field's type. */
public final class IndexTemplates {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int NOT_FOUND = 404;

  /** The datasets whose events only Samovar defines; the others have templates of their own. */
  private static final List<Dataset> DATASETS =
      List.of(
          Dataset.INFERENCE,
          Dataset.TRAINING,
          Dataset.RUN,
          Dataset.ENVIRONMENT,
          Dataset.CHANGE,
          Dataset.QUALITY);

  /** A composable index template, as it is sent. */
  public record Template(Dataset dataset, String name, JsonNode body) {
    /** A request to paste into Kibana's Dev Tools. */
    public String request() {
      return "PUT _index_template/" + name + "\n" + body.toPrettyString() + "\n";
    }
  }

  /** What became of a template. */
  public enum Fate {
    INSTALLED,
    UPDATED,
    UNCHANGED
  }

  private final Searcher searcher;
  private final RestClient rest;
  private final RequestOptions options;

  IndexTemplates(Searcher searcher, RestClient rest, RequestOptions options) {
    this.searcher = searcher;
    this.rest = rest;
    this.options = options;
  }

  public static List<Template> all() {
    return DATASETS.stream()
        .map(dataset -> new Template(dataset, "samovar-ml." + dataset.key(), read(dataset)))
        .toList();
  }

  private static JsonNode read(Dataset dataset) {
    try (InputStream in =
        IndexTemplates.class.getResourceAsStream("templates/" + dataset.key() + ".json")) {
      return JSON.readTree(Objects.requireNonNull(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Leaves a template that is there already as it is. */
  public Fate install(Template template) throws EvidenceException {
    String path = "/_index_template/" + template.name();
    return searcher.ask(
        "index template " + template.name(),
        "manage_index_templates (of the cluster)",
        client -> {
          JsonNode there = present(path);
          if (holds(there, template.body())) {
            return Fate.UNCHANGED;
          }
          Request put = request("PUT", path);
          put.setJsonEntity(template.body().toString());
          rest.performRequest(put);
          return there.isMissingNode() ? Fate.INSTALLED : Fate.UPDATED;
        });
  }

  private Request request(String method, String path) {
    Request request = new Request(method, path);
    request.setOptions(options);
    return request;
  }

  private JsonNode present(String path) throws IOException {
    try {
      Response response = rest.performRequest(request("GET", path));
      return JSON.readTree(response.getEntity().getContent())
          .path("index_templates")
          .path(0)
          .path("index_template");
    } catch (ResponseException e) {
      if (e.getResponse().getStatusLine().getStatusCode() == NOT_FOUND) {
        return JSON.missingNode();
      }
      throw e;
    }
  }

  /** The server adds what we leave to it, such as {@code hidden: false}. */
  private static boolean holds(JsonNode there, JsonNode wanted) {
    if (!(wanted instanceof ObjectNode object)) {
      return there.equals(wanted);
    }
    return there.isObject()
        && object.properties().stream()
            .allMatch(
                entry ->
                    entry.getKey().equals("mappings")
                        ? entry.getValue().equals(there.path("mappings"))
                        : holds(there.path(entry.getKey()), entry.getValue()));
  }
}
