package dev.samovar.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samovar.changes.ChangePlaces;
import dev.samovar.evidence.ChangeNote;
import dev.samovar.evidence.ChangeRecorder;
import dev.samovar.evidence.Dataset;
import dev.samovar.evidence.EvidenceException;
import dev.samovar.evidence.Model;
import dev.samovar.work.Backlog;
import dev.samovar.work.Job;
import dev.samovar.work.Jobs;
import dev.samovar.work.MarksInMemory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ChangeRoutesTest {
  private static final Instant NOW = Instant.parse("2026-05-20T15:00:00Z");
  private static final String SECRET = "a secret of some length";
  private static final String CHANGE = "{\"kind\": \"code\", \"component\": \"geo\"}";

  private Instant now = NOW;
  private final Clock clock =
      new Clock() {
        @Override
        public ZoneId getZone() {
          return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
          return this;
        }

        @Override
        public Instant instant() {
          return now;
        }
      };

  /** As Elasticsearch by the id: the same change at the same time is one. */
  private final Set<String> written = new LinkedHashSet<>();

  private final List<ChangeNote> notes = new ArrayList<>();
  private Optional<EvidenceException> trouble = Optional.empty();
  private final Jobs jobs = new ByHand();
  private final Map<String, Job> waiting = new LinkedHashMap<>();
  private Optional<Jobs.Work> work = Optional.empty();
  private final Gate gate = new Gate(SECRET, clock);
  private final ChangePlaces places =
      new ChangePlaces(
          List.of(
              new Model(
                  "fraud-scorer",
                  List.of("fraud"),
                  Optional.empty(),
                  "fraud-scorer",
                  Optional.empty(),
                  Map.of(),
                  Map.of(),
                  Optional.empty(),
                  Optional.empty(),
                  List.of(),
                  Optional.empty(),
                  Model.Slo.NONE,
                  Map.of()),
              Model.named("eta").with(Dataset.CHANGE, "eta-changes")));
  private final LateChanges late = new LateChanges(places, this::record, this::accept, jobs, clock);
  private final WebServer server =
      new WebServer(
          List.of(
              new ChangeRoutes(
                  gate,
                  places,
                  (ChangeRecorder) this::record,
                  late,
                  new MarksInMemory(clock),
                  clock)));

  /** Does a job when the test says so. */
  private final class ByHand implements Jobs {
    @Override
    public void does(String kind, Work done) {
      work = Optional.of(done);
    }

    @Override
    public void every(String kind, String key, Rhythm rhythm) {
      throw new AssertionError("Nothing recurs here");
    }

    @Override
    public boolean at(Instant when, String kind, String key, String payload) {
      return waiting.putIfAbsent(key, new Job(kind, key, payload, when)) == null;
    }

    @Override
    public boolean cancel(String kind, String key) {
      return waiting.remove(key) != null;
    }

    @Override
    public Backlog backlog(Instant now) {
      return Backlog.NONE;
    }

    @Override
    public void start() {}

    @Override
    public void close() {}
  }

  private boolean accept(String kind, String key, String payload) {
    return jobs.at(now, kind, key, payload);
  }

  private void doOne() throws Exception {
    Job job = waiting.values().iterator().next();
    work.orElseThrow().run(job);
    waiting.remove(job.key());
  }

  private boolean record(ChangeNote change, Model reader, String index) throws EvidenceException {
    if (trouble.isPresent()) {
      throw trouble.get();
    }
    boolean isNew = written.add(index + " " + change);
    if (isNew) {
      notes.add(change);
    }
    return isNew;
  }

  @BeforeEach
  void open() throws PortException {
    late.start();
    server.start(0);
  }

  @AfterEach
  void close() {
    server.close();
  }

  private HttpResponse<String> post(String body, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/v1/changes"))
            .POST(HttpRequest.BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> authorised(String body) throws Exception {
    return post(body, "Authorization", "Bearer " + SECRET);
  }

  private HttpResponse<String> named(String key, String body) throws Exception {
    return post(body, "Authorization", "Bearer " + SECRET, "Idempotency-Key", key);
  }

  private String refused(String body) throws Exception {
    HttpResponse<String> answer = authorised(body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    assertThat(notes).isEmpty();
    return answer.body();
  }

  @Test
  void what_is_told_is_recorded() throws Exception {
    HttpResponse<String> answer =
        authorised(
            """
            {"kind": "Model", "component": "fraud-scorer", "from": 3, "to": 4, "author": "mira",
             "url": "https://git.example.com/c/1", "summary": "Trained on November",
             "model": "FRAUD", "at": "2026-05-20T14:12:00+02:00"}
            """);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    assertThat(answer.body()).isEqualTo("{\"recorded\":1,\"known\":0,\"kept\":0}\n");
    assertThat(notes)
        .containsExactly(
            new ChangeNote(
                Instant.parse("2026-05-20T12:12:00Z"),
                "model",
                "fraud-scorer",
                Optional.of("3"),
                Optional.of("4"),
                Optional.of("mira"),
                Optional.of("https://git.example.com/c/1"),
                Optional.of("Trained on November"),
                Optional.of("fraud-scorer")));
    assertThat(written).singleElement().asString().startsWith("logs-ml.change-default ");
  }

  @Test
  void about_no_model_it_goes_where_every_model_looks() throws Exception {
    assertThat(authorised(CHANGE).statusCode()).isEqualTo(201);
    assertThat(written)
        .extracting(one -> one.substring(0, one.indexOf(' ')))
        .containsExactly("logs-ml.change-default", "eta-changes");
  }

  @Test
  void an_event_is_told_by_its_own_names_dotted_or_nested() throws Exception {
    HttpResponse<String> answer =
        authorised(
            """
            [{"@timestamp": "2026-05-20T14:00:00Z", "event.dataset": "ml.change", "labels": {"a": 1},
              "ml.change.kind": "config", "ml.change.component": "geo", "ml.model.name": "eta"},
             {"event": {"dataset": "ml.change"}, "service": {"name": "x"},
              "ml": {"change": {"kind": "data", "component": "trips"}, "model": {"name": "eta"}}}]
            """);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    assertThat(notes).extracting(ChangeNote::kind).containsExactly("config", "data");
    assertThat(notes).extracting(ChangeNote::at).containsExactly(NOW.minusSeconds(3600), NOW);
  }

  @Test
  void what_comes_again_counts_once_and_is_as_old_as_the_first() throws Exception {
    assertThat(authorised(CHANGE).statusCode()).isEqualTo(201);
    now = NOW.plusSeconds(480);
    HttpResponse<String> again = authorised(CHANGE);
    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(again.body()).isEqualTo("{\"recorded\":0,\"known\":1,\"kept\":0}\n");
    // Half an hour later the same words are another deployment.
    now = NOW.plusSeconds(1800);
    assertThat(authorised(CHANGE).statusCode()).isEqualTo(201);
    assertThat(notes).extracting(ChangeNote::at).contains(NOW, NOW.plusSeconds(1800));
  }

  @Test
  void a_key_makes_deliveries_one_for_a_day_or_two_at_once() throws Exception {
    assertThat(named("run 1", CHANGE).statusCode()).isEqualTo(201);
    now = NOW.plus(Duration.ofHours(20));
    assertThat(named("run 1", CHANGE).statusCode()).isEqualTo(200);
    assertThat(named("run 2", CHANGE).statusCode()).isEqualTo(201);
    HttpResponse<String> other = named("run 1", CHANGE.replace("geo", "maps"));
    assertThat(other.statusCode()).isEqualTo(422);
    assertThat(other.body()).startsWith("Idempotency-Key: ");
    assertThat(named("k".repeat(201), CHANGE).statusCode()).isEqualTo(400);
  }

  @Test
  void a_mistake_names_its_key_and_nothing_is_recorded() throws Exception {
    assertThat(refused("{\"kind\": \"prepocessing\", \"component\": \"x\"}"))
        .startsWith("kind: prepocessing is no kind of change; did you mean preprocessing? Known");
    assertThat(refused("{\"component\": \"x\"}")).startsWith("kind: ").contains("missing");
    assertThat(refused("{\"kind\": \"code\"}")).startsWith("component: ");
    assertThat(refused("{\"kind\": \"code\", \"component\": \" \"}")).startsWith("component: ");
    assertThat(refused("{\"kind\": \"code\", \"component\": {\"a\": 1}}"))
        .isEqualTo("component: is an object; expected a text.\n");
    assertThat(refused(CHANGE.replace("}", ", \"url\": \"javascript:alert(1)\"}")))
        .startsWith("url: javascript:alert(1) is no http");
    assertThat(refused(CHANGE.replace("}", ", \"at\": \"some day\"}"))).startsWith("at: ");
    assertThat(refused(CHANGE.replace("}", ", \"model\": \"fraud-scorr\"}")))
        .isEqualTo(
            "model: No model is called fraud-scorr; did you mean fraud-scorer?"
                + " Known are: fraud-scorer, eta.\n");
    assertThat(refused(CHANGE.replace("}", ", \"autor\": \"m\"}")))
        .isEqualTo("autor: is no key of a change; did you mean author?\n");
    assertThat(refused(CHANGE.replace("}", ", \"ml\": {\"change\": {\"knd\": \"m\"}}}")))
        .isEqualTo("ml.change.knd: is no key of a change; did you mean kind?\n");
    assertThat(refused(CHANGE.replace("}", ", \"ml.change.kind\": \"data\"}")))
        .isEqualTo("ml.change.kind: is said twice, as kind and in the event.\n");
    assertThat(refused(CHANGE.replace("}", ", \"event\": {\"dataset\": \"ml.run\"}}")))
        .isEqualTo("event.dataset: ml.run is not ml.change.\n");
    assertThat(refused(CHANGE.replace("}", ", \"summary\": \"" + "x".repeat(2001) + "\"}")))
        .isEqualTo("summary: has more than 2000 characters.\n");
  }

  @Test
  void of_a_list_each_mistake_is_told_and_none_is_recorded() throws Exception {
    assertThat(refused("[" + CHANGE + ", {\"kind\": \"code\"}, 7]"))
        .isEqualTo(
            """
            [1].component: say what was changed; it is empty.
            [2]: this is no object; expected {…}.
            """);
    assertThat(refused("[]")).contains("0 changes");
    assertThat(refused("")).contains("empty");
    assertThat(refused("{\"kind\": ")).contains("no JSON");
    assertThat(refused(CHANGE + CHANGE)).contains("no JSON");
    assertThat(refused("\"x\"")).isEqualTo("The body is no object; expected {…}.\n");
    assertThat(refused("[".repeat(100_000))).contains("no JSON");
  }

  @Test
  void who_does_not_know_the_secret_stays_outside_and_a_replay_has_no_effect() throws Exception {
    assertThat(post(CHANGE).statusCode()).isEqualTo(401);
    assertThat(post("no JSON", "Authorization", "Bearer wrong").statusCode()).isEqualTo(401);
    String time = Long.toString(NOW.getEpochSecond());
    String[] signed = {
      "X-Samovar-Timestamp",
      time,
      "X-Samovar-Signature",
      gate.sign(time, CHANGE.getBytes(StandardCharsets.UTF_8))
    };
    assertThat(post(CHANGE, signed).statusCode()).isEqualTo(201);
    now = NOW.plusSeconds(240);
    assertThat(post(CHANGE, signed).statusCode()).isEqualTo(200);
    assertThat(post(CHANGE + " ", signed).statusCode()).isEqualTo(401);
    now = NOW.plusSeconds(301);
    assertThat(post(CHANGE, signed).statusCode()).isEqualTo(401);
    assertThat(notes).extracting(ChangeNote::at).containsOnly(NOW);
    assertThat(authorised("x".repeat(1_000_001)).statusCode()).isEqualTo(413);
  }

  @Test
  void while_elasticsearch_is_silent_it_is_kept_and_recorded_later_at_its_own_time()
      throws Exception {
    trouble =
        Optional.of(new EvidenceException(EvidenceException.Kind.UNREACHABLE, "No Elasticsearch"));
    HttpResponse<String> answer = authorised(CHANGE);
    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(answer.body()).isEqualTo("{\"recorded\":0,\"known\":0,\"kept\":1}\n");
    assertThat(authorised(CHANGE).statusCode()).isEqualTo(202);
    assertThat(waiting).hasSize(1);

    now = NOW.plusSeconds(60);
    doOne();
    assertThat(waiting.values()).singleElement().matches(job -> job.due().isAfter(now));
    trouble = Optional.empty();
    doOne();

    assertThat(waiting).isEmpty();
    assertThat(notes).extracting(ChangeNote::at).containsOnly(NOW);
    assertThat(authorised(CHANGE).statusCode()).isEqualTo(200);
  }

  @Test
  void what_waits_for_ever_is_given_up() throws Exception {
    trouble = Optional.of(new EvidenceException(EvidenceException.Kind.TIMEOUT, "Too slow"));
    assertThat(authorised(CHANGE).statusCode()).isEqualTo(202);
    now = NOW.plus(Duration.ofDays(7)).plusSeconds(1);
    doOne();
    assertThat(waiting).isEmpty();
  }

  @Test
  void where_samovar_may_not_write_the_privilege_is_named() throws Exception {
    trouble =
        Optional.of(
            new EvidenceException(EvidenceException.Kind.DENIED, "It needs create_doc on x"));
    HttpResponse<String> answer = authorised(CHANGE);
    assertThat(answer.statusCode()).isEqualTo(502);
    assertThat(answer.body()).contains("create_doc");
    assertThat(waiting).isEmpty();
  }
}
