package dev.samovar.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.failsafe.CircuitBreaker;
import dev.samovar.evidence.EvidenceException;
import dev.samovar.evidence.Presence;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ProtocolException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import okhttp3.FormBody;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.BufferedSource;
import okio.ByteString;

/**
 * Asks one source and reads JSON. What is no whole answer in time is an {@link EvidenceException}
 * that names the source. A source that failed several times running is left alone for a while, and
 * then tried with one question. An answer of “later” (429, 503) is waited for once where it says
 * when, and the time allows. Redirects are not followed: an address that answers so is not the one
 * that should be configured.
 */
public final class JsonClient implements AutoCloseable {
  private static final int FAILURES = 5;
  private static final Duration REST = Duration.ofSeconds(30);
  private static final MediaType JSON = MediaType.get("application/json; charset=utf-8");
  private static final int NOT_FOUND = 404;
  private static final int DEEPEST = 200;
  private static final ObjectMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final HttpSettings settings;
  private final HttpUrl base;
  private final OkHttpClient client;
  private final Complaints complaints;
  private final Clock clock;
  private final CircuitBreaker<Object> breaker =
      CircuitBreaker.builder().withFailureThreshold(FAILURES).withDelay(REST).build();

  /**
   * @param clock for answers that name the time to come again
   * @throws IOException where the certificates can't be read
   * @throws IllegalArgumentException where the address is none
   */
  public JsonClient(HttpSettings settings, Clock clock) throws IOException {
    this.settings = settings;
    this.clock = clock;
    this.base = HttpUrl.get(settings.url());
    this.complaints = new Complaints(settings);
    OkHttpClient.Builder builder =
        new OkHttpClient.Builder()
            .connectTimeout(settings.connectTimeout())
            .followRedirects(false)
            .followSslRedirects(false);
    if (settings.caFile().isPresent()) {
      Trust trust = Trust.in(settings.caFile().get());
      builder.sslSocketFactory(trust.sockets(), trust.manager());
    }
    this.client = builder.build();
  }

  /** Its name as people know it. */
  public String name() {
    return settings.name();
  }

  /**
   * @param budget the whole of it, waiting included
   */
  public Answer ask(Question question, Duration budget) throws EvidenceException {
    Reply reply = exchange(question, budget);
    if (!reply.isSuccessful()) {
      throw complaints.status(question, reply);
    }
    return new Answer(json(question, reply), reply.headers());
  }

  /** As {@link #ask}; empty where there is no such thing (404). */
  public Optional<Answer> find(Question question, Duration budget) throws EvidenceException {
    Reply reply = exchange(question, budget);
    if (reply.status() == NOT_FOUND) {
      return Optional.empty();
    }
    if (!reply.isSuccessful()) {
      throw complaints.status(question, reply);
    }
    return Optional.of(new Answer(json(question, reply), reply.headers()));
  }

  /** What makes known which version answered. */
  public interface Version {
    String of(Answer answer);
  }

  /**
   * That it answers, how fast, and what time it is there.
   *
   * @param question a small one
   */
  public Presence presence(Question question, Duration budget, Version version)
      throws EvidenceException {
    Instant asked = clock.instant();
    long begun = System.nanoTime();
    Answer answer = ask(question, budget);
    Duration latency = Duration.ofNanos(System.nanoTime() - begun);
    return Presence.of(
        version.of(answer), asked, latency, answer.header("Date").flatMap(JsonClient::date));
  }

  private static Optional<Instant> date(String header) {
    try {
      return Optional.of(
          ZonedDateTime.parse(header, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /**
   * The list that an answer has to have under the key.
   *
   * @throws EvidenceException where there is none: then what answered is not what was asked
   */
  public List<JsonNode> list(Question question, JsonNode answer, String key)
      throws EvidenceException {
    JsonNode list = answer.path(key);
    if (!list.isArray()) {
      throw complaints.unexpected(question, "a list " + key);
    }
    List<JsonNode> items = new ArrayList<>();
    list.forEach(items::add);
    return items;
  }

  /** The text that an answer has to have under the key. */
  public String text(Question question, JsonNode answer, String key) throws EvidenceException {
    JsonNode text = answer.path(key);
    if (!text.isTextual()) {
      throw complaints.unexpected(question, "a text " + key);
    }
    return text.textValue();
  }

  private Reply exchange(Question question, Duration budget) throws EvidenceException {
    long end = System.nanoTime() + budget.toNanos();
    if (!breaker.tryAcquirePermit()) {
      throw complaints.resting(question, breaker.getRemainingDelay());
    }
    try {
      Reply reply = patiently(question, end);
      if (reply.isTrouble()) {
        breaker.recordFailure();
      } else {
        breaker.recordSuccess();
      }
      return reply;
    } catch (InterruptedException e) {
      breaker.recordSuccess();
      Thread.currentThread().interrupt();
      throw complaints.interrupted(question, e);
    } catch (InterruptedIOException e) {
      breaker.recordFailure();
      throw complaints.late(question, budget, e);
    } catch (IOException e) {
      breaker.recordFailure();
      throw complaints.broken(question, e);
    }
  }

  private Reply patiently(Question question, long end) throws IOException, InterruptedException {
    Request request = request(question);
    Reply reply = once(request, end);
    Optional<Duration> wait = reply.wait(clock.instant());
    if (wait.isPresent() && System.nanoTime() + wait.get().toNanos() < end) {
      TimeUnit.NANOSECONDS.sleep(wait.get().toNanos());
      return once(request, end);
    }
    return reply;
  }

  private Reply once(Request request, long end) throws IOException {
    long left = Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime()));
    OkHttpClient hurried =
        client
            .newBuilder()
            .callTimeout(left, TimeUnit.MILLISECONDS)
            .readTimeout(left, TimeUnit.MILLISECONDS)
            .writeTimeout(left, TimeUnit.MILLISECONDS)
            .build();
    try (Response response = hurried.newCall(request).execute()) {
      Map<String, String> headers = new HashMap<>();
      response.headers().forEach(header -> headers.put(header.getFirst(), header.getSecond()));
      return new Reply(response.code(), headers, body(response));
    }
  }

  private ByteString body(Response response) throws IOException {
    ResponseBody body = response.body();
    if (body == null) {
      return ByteString.EMPTY;
    }
    BufferedSource source = body.source();
    if (source.request(settings.mostBytes() + 1)) {
      throw new ProtocolException("more than " + (settings.mostBytes() >> 20) + " MB");
    }
    return source.readByteString();
  }

  private Request request(Question question) {
    HttpUrl.Builder address = base.newBuilder();
    question.path().forEach(address::addPathSegment);
    Request.Builder request = new Request.Builder().header("Accept", "application/json");
    settings.headers().forEach(request::header);
    switch (question.kind()) {
      case GET -> parameters(question, address);
      case POST_JSON -> {
        parameters(question, address);
        request.post(RequestBody.create(question.json().orElseThrow().toString(), JSON));
      }
      case POST_FORM -> {
        FormBody.Builder form = new FormBody.Builder();
        question.parameters().forEach(one -> form.add(one.name(), one.value()));
        request.post(form.build());
      }
    }
    return request.url(address.build()).build();
  }

  private static void parameters(Question question, HttpUrl.Builder address) {
    question.parameters().forEach(one -> address.addQueryParameter(one.name(), one.value()));
  }

  private JsonNode json(Question question, Reply reply) throws EvidenceException {
    try {
      JsonNode read = MAPPER.readTree(reply.body().toByteArray());
      if (read.isMissingNode()) {
        throw complaints.noJson(question, "an empty answer");
      }
      return read;
    } catch (IOException e) {
      breaker.recordFailure();
      throw complaints.noJson(question, reply.shown());
    }
  }

  @Override
  public void close() {
    client.dispatcher().executorService().shutdown();
    client.connectionPool().evictAll();
  }
}
