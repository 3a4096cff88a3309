package dev.samovar.airflow;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.samovar.evidence.EvidenceException;
import dev.samovar.evidence.Presence;
import dev.samovar.http.Answer;
import dev.samovar.http.Credentials;
import dev.samovar.http.HttpSettings;
import dev.samovar.http.JsonClient;
import dev.samovar.http.Question;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Asks whichever of the two APIs the server has: v2 of Airflow 3, to which one logs in for a token,
 * or v1 of Airflow 2. Which it is shows by asking, once.
 */
final class AirflowApi implements AutoCloseable {
  private static final String NAME = "Airflow";
  private static final String KEY = "airflow";

  private final AirflowSettings settings;
  private final Clock clock;
  private final JsonClient door;
  private final Object login = new Object();
  private volatile @Nullable Session session;

  /**
   * @param base of its paths: v1 or v2
   * @param expires whether its token may run out, so that a refusal is answered by a new login
   */
  private record Session(JsonClient client, String base, boolean expires) {}

  AirflowApi(AirflowSettings settings, Clock clock) throws IOException {
    this.settings = settings;
    this.clock = clock;
    this.door = client(given(settings));
  }

  private static Map<String, String> given(AirflowSettings settings) {
    if (settings.token().isPresent()) {
      return Credentials.bearer(settings.token().get());
    }
    return settings
        .username()
        .map(user -> Credentials.basic(user, settings.password().orElse("")))
        .orElse(Map.of());
  }

  private JsonClient client(Map<String, String> headers) throws IOException {
    return new JsonClient(
        HttpSettings.of(NAME, KEY, settings.url(), headers).trusting(settings.caFile()), clock);
  }

  /** Puts one question to the API; its path is below the version. */
  Optional<Answer> find(Question question, Duration budget) throws EvidenceException {
    long end = System.nanoTime() + budget.toNanos();
    Session known = session(end);
    try {
      return known.client().find(below(known, question), left(end));
    } catch (EvidenceException e) {
      if (e.kind() != EvidenceException.Kind.DENIED || !known.expires()) {
        throw e;
      }
      forget(known);
      Session renewed = session(end);
      return renewed.client().find(below(renewed, question), left(end));
    }
  }

  /** Asks for one DAG besides: the version is told to everybody. */
  Presence presence(Duration budget) throws EvidenceException {
    long end = System.nanoTime() + budget.toNanos();
    Session known = session(end);
    Presence presence =
        known
            .client()
            .presence(
                below(known, Question.get("version", "version")),
                left(end),
                answer -> answer.body().path("version").asText("version unknown"));
    Question dags = Question.get("list of DAGs", "dags").with("limit", "1");
    if (find(dags, left(end)).isEmpty()) {
      throw new EvidenceException(EvidenceException.Kind.BROKEN, NAME + " has no list of DAGs");
    }
    return presence;
  }

  JsonClient reader() {
    return door;
  }

  private static Question below(Session session, Question question) {
    List<String> path = new ArrayList<>(List.of("api", session.base()));
    path.addAll(question.path());
    return new Question(
        question.what(), question.kind(), path, question.parameters(), question.json());
  }

  private static Duration left(long end) {
    return Duration.ofNanos(Math.max(1, end - System.nanoTime()));
  }

  private Session session(long end) throws EvidenceException {
    Session known = session;
    if (known != null) {
      return known;
    }
    synchronized (login) {
      known = session;
      if (known == null) {
        known = begin(end);
        session = known;
      }
      return known;
    }
  }

  private Session begin(long end) throws EvidenceException {
    boolean isThree =
        door.find(Question.get("version", "api", "v2", "version"), left(end)).isPresent();
    if (!isThree) {
      // At a wrong address nothing is there either, and no DAG would be missed.
      door.ask(Question.get("version", "api", "v1", "version"), left(end));
      return new Session(door, "v1", false);
    }
    if (settings.token().isPresent() || settings.username().isEmpty()) {
      return new Session(door, "v2", false);
    }
    Question question =
        Question.postJson(
            "login",
            JsonNodeFactory.instance
                .objectNode()
                .put("username", settings.username().get())
                .put("password", settings.password().orElse("")),
            "auth",
            "token");
    String token = door.text(question, door.ask(question, left(end)).body(), "access_token");
    try {
      return new Session(client(Credentials.bearer(token)), "v2", true);
    } catch (IOException e) {
      throw new EvidenceException(
          EvidenceException.Kind.UNREACHABLE, "airflow.ca_file: " + e.getMessage(), e);
    }
  }

  private void forget(Session old) {
    synchronized (login) {
      if (old.equals(session)) {
        session = null;
        old.client().close();
      }
    }
  }

  @Override
  public void close() {
    Session known = session;
    if (known != null) {
      known.client().close();
    }
    door.close();
  }
}
