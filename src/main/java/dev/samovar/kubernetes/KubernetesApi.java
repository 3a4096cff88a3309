package dev.samovar.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import dev.samovar.evidence.EvidenceException;
import dev.samovar.evidence.EvidenceException.Kind;
import dev.samovar.http.Answer;
import dev.samovar.http.Credentials;
import dev.samovar.http.HttpSettings;
import dev.samovar.http.JsonClient;
import dev.samovar.http.Question;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The API server, asked for lists in chunks, and with the token as it is at the time. */
final class KubernetesApi implements AutoCloseable {
  static final String NAME = "Kubernetes";
  private static final String KEY = "kubernetes";
  private static final int A_PAGE = 250;

  /** More than a model's pods, in all the chunks that its budget would allow. */
  private static final int MOST_PAGES = 40;

  private final KubernetesSettings settings;
  private final Clock clock;
  private final Object change = new Object();
  private volatile @Nullable Session session;

  private record Session(String token, JsonClient client) {}

  KubernetesApi(KubernetesSettings settings, Clock clock) throws IOException {
    this.settings = settings;
    this.clock = clock;
    if (settings.tokenFile().isEmpty()) {
      String token = settings.token().orElse("");
      this.session = new Session(token, client(token));
    } else {
      // Whether the certificates can be read is said when Samovar starts, not at night.
      client("").close();
    }
  }

  private JsonClient client(String token) throws IOException {
    Map<String, String> headers = token.isEmpty() ? Map.of() : Credentials.bearer(token);
    return new JsonClient(
        HttpSettings.of(NAME, KEY, settings.url(), headers).trusting(settings.caFile()), clock);
  }

  private JsonClient client() throws EvidenceException {
    String token = token();
    Session known = session;
    if (known != null && known.token().equals(token)) {
      return known.client();
    }
    synchronized (change) {
      known = session;
      if (known != null && known.token().equals(token)) {
        return known.client();
      }
      try {
        Session renewed = new Session(token, client(token));
        session = renewed;
        if (known != null) {
          known.client().close();
        }
        return renewed.client();
      } catch (IOException e) {
        throw new EvidenceException(Kind.UNREACHABLE, KEY + ".ca_file: " + e.getMessage(), e);
      }
    }
  }

  private String token() throws EvidenceException {
    if (settings.tokenFile().isEmpty()) {
      return settings.token().orElse("");
    }
    try {
      return Files.readString(settings.tokenFile().get()).strip();
    } catch (IOException e) {
      throw new EvidenceException(
          Kind.DENIED, KEY + ".token_file can't be read: " + e.getMessage(), e);
    }
  }

  /** Empty where there is no such thing. */
  Optional<JsonNode> find(Question question, long end) throws EvidenceException {
    return client().find(question, left(end)).map(Answer::body);
  }

  JsonNode ask(Question question, long end) throws EvidenceException {
    return client().ask(question, left(end)).body();
  }

  /** All of a list; what is too long to be read whole is an error, since the rest may matter. */
  List<JsonNode> list(Question question, long end) throws EvidenceException {
    JsonClient client = client();
    Question limited = question.with("limit", Integer.toString(A_PAGE));
    List<JsonNode> items = new ArrayList<>();
    Question next = limited;
    for (int page = 0; page < MOST_PAGES; page++) {
      JsonNode body = client.ask(next, left(end)).body();
      items.addAll(client.list(next, body, "items"));
      String more = body.path("metadata").path("continue").asText();
      if (more.isEmpty()) {
        return items;
      }
      next = limited.with("continue", more);
    }
    throw new EvidenceException(
        Kind.PARTIAL,
        NAME
            + " has more "
            + question.what()
            + " than the "
            + items.size()
            + " that were read; narrow models[].kubernetes.selector");
  }

  private static Duration left(long end) {
    return Duration.ofNanos(Math.max(1, end - System.nanoTime()));
  }

  @Override
  public void close() {
    Session known = session;
    if (known != null) {
      known.client().close();
    }
  }
}
