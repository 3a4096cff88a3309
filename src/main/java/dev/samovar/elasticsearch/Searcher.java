package dev.samovar.elasticsearch;

import co.elastic.clients.elasticsearch.ElasticsearchAsyncClient;
import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import co.elastic.clients.elasticsearch._types.ErrorCause;
import co.elastic.clients.elasticsearch._types.ExpandWildcard;
import co.elastic.clients.elasticsearch._types.Refresh;
import co.elastic.clients.elasticsearch.core.FieldCapsResponse;
import co.elastic.clients.elasticsearch.core.SearchRequest;
import co.elastic.clients.elasticsearch.core.SearchResponse;
import co.elastic.clients.elasticsearch.indices.ResolveIndexResponse;
import co.elastic.clients.transport.TransportException;
import dev.samovar.evidence.EvidenceException;
import dev.samovar.evidence.EvidenceException.Kind;
import dev.samovar.evidence.SourceListener;
import java.io.IOException;
import java.io.StringReader;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.apache.http.ConnectionClosedException;
import org.apache.http.ProtocolException;
import org.apache.http.conn.ConnectTimeoutException;
import org.elasticsearch.client.ResponseException;

/**
 * Sends a request, and turns everything that is not a whole answer into an {@link
 * EvidenceException}: a count from three of four shards is no count.
 */
final class Searcher {
  private static final String NAME = "Elasticsearch";
  private static final String READER = "read and view_index_metadata";
  private static final Pattern REASON =
      Pattern.compile("\"reason\"\\s*:\\s*\"((?:[^\"\\\\]|\\\\.){1,500})");

  private static final String WRITER = "create_index, index and read on it";

  private final ElasticsearchClient client;
  private final String address;
  private final Duration budget;
  private final SourceListener listener;

  /**
   * @param address of the cluster, for messages
   * @param listener hears of every request
   */
  Searcher(ElasticsearchClient client, String address, Duration budget, SourceListener listener) {
    this.client = client;
    this.address = address;
    this.budget = budget;
    this.listener = listener;
  }

  SearchResponse<Void> aggregate(String index, Consumer<SearchRequest.Builder> body)
      throws EvidenceException {
    return search(index, body.andThen(request -> request.size(0)));
  }

  SearchResponse<Void> search(String index, Consumer<SearchRequest.Builder> body)
      throws EvidenceException {
    return search(index, Void.class, body);
  }

  /** With the documents themselves. */
  <T> SearchResponse<T> search(String index, Class<T> type, Consumer<SearchRequest.Builder> body)
      throws EvidenceException {
    return ask(
        "search in " + index,
        asked -> {
          SearchRequest.Builder request =
              new SearchRequest.Builder()
                  .index(List.of(index.split(",")))
                  .ignoreUnavailable(true)
                  .allowNoIndices(true)
                  .expandWildcards(ExpandWildcard.Open)
                  .allowPartialSearchResults(false)
                  .trackTotalHits(total -> total.enabled(false))
                  .timeout(budget.toMillis() + "ms");
          body.accept(request);
          SearchResponse<T> response = await(background(asked).search(request.build(), type));
          if (response.timedOut()) {
            throw new TimeoutException();
          }
          return response;
        });
  }

  private static ElasticsearchAsyncClient background(ElasticsearchClient client) {
    return new ElasticsearchAsyncClient(client._transport(), client._transportOptions());
  }

  /**
   * Whoever gives up, because its deadline has passed, takes the search with it: the connection is
   * closed, and Elasticsearch cancels what nobody waits for.
   */
  private static <T> T await(CompletableFuture<T> answer) throws IOException, TimeoutException {
    try {
      return answer.get();
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw new TimeoutException();
    } catch (ExecutionException e) {
      Throwable cause = Objects.requireNonNull(e.getCause());
      if (cause instanceof IOException broken) {
        throw broken;
      }
      if (cause instanceof RuntimeException broken) {
        throw broken;
      }
      throw new IOException(cause);
    }
  }

  FieldCapsResponse fields(String index, List<String> fields) throws EvidenceException {
    return ask(
        "field capabilities of " + index,
        asked ->
            await(
                background(asked)
                    .fieldCaps(
                        request ->
                            request
                                .index(List.of(index.split(",")))
                                .fields(fields)
                                .ignoreUnavailable(true)
                                .allowNoIndices(true)
                                .includeUnmapped(true)
                                .expandWildcards(ExpandWildcard.Open))));
  }

  /**
   * As {@link #fields}, without the indices that lack one: of hundreds of indices, each of which
   * holds a few metrics of many, that would be most of the answer.
   */
  FieldCapsResponse present(String index, List<String> fields) throws EvidenceException {
    return ask(
        "field capabilities of " + index,
        asked ->
            asked.fieldCaps(
                request ->
                    request
                        .index(List.of(index.split(",")))
                        .fields(fields)
                        .ignoreUnavailable(true)
                        .allowNoIndices(true)
                        .includeUnmapped(false)
                        .expandWildcards(ExpandWildcard.Open)));
  }

  ResolveIndexResponse resolve(String index) throws EvidenceException {
    return ask(
        "the indices of " + index,
        asked ->
            await(
                background(asked)
                    .indices()
                    .resolveIndex(
                        request ->
                            request
                                .name(List.of(index.split(",")))
                                .ignoreUnavailable(true)
                                .allowNoIndices(true)
                                .expandWildcards(ExpandWildcard.Open, ExpandWildcard.Closed))));
  }

  /** Makes an index, where it does not exist, with the mappings given as JSON. */
  void create(String index, String mappings) throws EvidenceException {
    ask(
        "creation of " + index,
        WRITER,
        asked -> {
          if (asked.indices().exists(request -> request.index(index)).value()) {
            return true;
          }
          return asked
              .indices()
              .create(request -> request.index(index).withJson(new StringReader(mappings)))
              .acknowledged();
        });
  }

  /** Writes a document in place of the one of this id, to be found at once. */
  <T> void write(String index, String id, T document) throws EvidenceException {
    ask(
        "writing to " + index,
        WRITER,
        asked ->
            asked.index(
                request -> request.index(index).id(id).document(document).refresh(Refresh.True)));
  }

  /** Something to ask the server. */
  interface Question<T> {
    T ask(ElasticsearchClient client) throws IOException, TimeoutException;
  }

  private <T> T ask(String what, Question<T> question) throws EvidenceException {
    return ask(what, READER, question);
  }

  /**
   * @param what is asked for, for messages: “search in logs-*”
   * @param privileges that are needed, for messages
   */
  <T> T ask(String what, String privileges, Question<T> question) throws EvidenceException {
    long begun = System.nanoTime();
    try {
      T answer = answer(what, privileges, question);
      listener.asked(NAME, Optional.empty(), since(begun));
      return answer;
    } catch (EvidenceException e) {
      listener.asked(NAME, Optional.of(e), since(begun));
      throw e;
    }
  }

  private static Duration since(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos);
  }

  private <T> T answer(String what, String privileges, Question<T> question)
      throws EvidenceException {
    try {
      return question.ask(client);
    } catch (ElasticsearchException e) {
      throw refused(what, privileges, e);
    } catch (ResponseException e) {
      throw status(what, privileges, e);
    } catch (TimeoutException e) {
      throw timeout(what, e);
    } catch (TransportException e) {
      throw transport(what, privileges, e);
    } catch (IOException e) {
      throw unreachable(what, e);
    } catch (RuntimeException e) {
      // How the REST client hands on what it has no type for, such as a broken HTTP answer.
      if (e.getCause() != null
          && String.valueOf(e.getMessage()).startsWith("error while performing")) {
        throw unreachable(what, new IOException(e.getCause().toString(), e.getCause()));
      }
      throw e;
    }
  }

  /** As the low-level client says it. */
  private static EvidenceException status(String what, String privileges, ResponseException e) {
    int status = e.getResponse().getStatusLine().getStatusCode();
    if (status == 401 || status == 403) {
      return denied(what, privileges, status, e);
    }
    return new EvidenceException(
        Kind.BROKEN,
        "Elasticsearch answered the " + what + " with status " + status + ": " + reason(e),
        e);
  }

  /** The low-level client's message ends with the body. */
  private static String reason(ResponseException e) {
    Matcher matcher = REASON.matcher(String.valueOf(e.getMessage()));
    return matcher.find() ? matcher.group(1).replace("\\\"", "\"") : "no reason given";
  }

  private static EvidenceException transport(String what, String privileges, TransportException e) {
    int status = e.statusCode();
    if (status == 401 || status == 403) {
      return denied(what, privileges, status, e);
    }
    return new EvidenceException(
        Kind.BROKEN,
        "What answered at the address of Elasticsearch is not a usable answer (HTTP status "
            + status
            + ") to the "
            + what
            + "; is elasticsearch.url right?",
        e);
  }

  private static EvidenceException denied(String what, String privileges, int status, Exception e) {
    return new EvidenceException(
        Kind.DENIED,
        (status == 401
                ? "Elasticsearch does not accept the credentials (401)"
                : "Elasticsearch refuses (403) the " + what)
            + (status == 401
                ? "; check elasticsearch.api_key, or username and password"
                : "; give the key the privileges " + privileges),
        e);
  }

  private static EvidenceException refused(
      String what, String privileges, ElasticsearchException e) {
    if (e.status() == 401 || e.status() == 403) {
      return denied(what, privileges, e.status(), e);
    }
    String reason = reason(e.error());
    if (e.status() == 429) {
      return new EvidenceException(
          Kind.BROKEN, "Elasticsearch is too busy (429) for the " + what + ": " + reason, e);
    }
    if ("search_phase_execution_exception".equals(e.error().type())) {
      return new EvidenceException(
          Kind.PARTIAL, "Not all shards answered the " + what + ": " + reason, e);
    }
    return new EvidenceException(
        Kind.BROKEN,
        "Elasticsearch answered the " + what + " with status " + e.status() + ": " + reason,
        e);
  }

  private static String reason(ErrorCause error) {
    ErrorCause cause = error.rootCause().isEmpty() ? error : error.rootCause().get(0);
    String reason = cause.reason() == null ? cause.type() : cause.reason();
    return reason == null ? "no reason given" : reason;
  }

  private EvidenceException timeout(String what, Exception e) {
    return new EvidenceException(
        Kind.TIMEOUT,
        "Elasticsearch did not answer the " + what + " within " + budget.toMillis() + " ms",
        e);
  }

  private EvidenceException unreachable(String what, IOException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof ConnectTimeoutException) {
        return new EvidenceException(
            Kind.UNREACHABLE,
            "Elasticsearch does not answer at " + address + ": connection timed out",
            e);
      }
      if (cause instanceof SocketTimeoutException) {
        return timeout(what, e);
      }
      if (cause instanceof UnknownHostException) {
        return new EvidenceException(
            Kind.UNREACHABLE, "Elasticsearch's host is unknown: " + cause.getMessage(), e);
      }
      if (cause instanceof SSLException) {
        return new EvidenceException(
            Kind.UNREACHABLE,
            "No trusted connection to Elasticsearch: "
                + cause.getMessage()
                + "; is elasticsearch.ca_file the right one?",
            e);
      }
      if (cause instanceof ConnectException) {
        return new EvidenceException(
            Kind.UNREACHABLE,
            "Elasticsearch can't be reached at " + address + ": " + cause.getMessage(),
            e);
      }
      if (cause instanceof ProtocolException) {
        return new EvidenceException(
            Kind.BROKEN,
            "What answers at "
                + address
                + " does not speak HTTP as Elasticsearch does; is elasticsearch.url right (9200,"
                + " not 9300)?",
            e);
      }
      if (cause instanceof ConnectionClosedException) {
        return new EvidenceException(
            Kind.UNREACHABLE, "Elasticsearch closed the connection during the " + what, e);
      }
    }
    return new EvidenceException(Kind.BROKEN, "The " + what + " failed: " + e.getMessage(), e);
  }
}
