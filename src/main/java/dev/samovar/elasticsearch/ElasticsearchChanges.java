package dev.samovar.elasticsearch;

import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import co.elastic.clients.elasticsearch._types.OpType;
import co.elastic.clients.elasticsearch._types.Refresh;
import co.elastic.clients.json.JsonData;
import dev.samovar.evidence.ChangeNote;
import dev.samovar.evidence.ChangeRecorder;
import dev.samovar.evidence.EvidenceException;
import dev.samovar.evidence.Fields;
import dev.samovar.evidence.Model;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Writes {@code ml.change} events; the same one twice within a minute is one. */
final class ElasticsearchChanges implements ChangeRecorder {
  private static final Duration SAME = Duration.ofMinutes(1);
  private static final int CONFLICT = 409;
  private static final int ID_LENGTH = 32;

  private final Searcher searcher;

  ElasticsearchChanges(Searcher searcher) {
    this.searcher = searcher;
  }

  @Override
  public boolean record(ChangeNote change, Model reader, String index) throws EvidenceException {
    return !isKnown(change, reader, index) && create(change, reader, index);
  }

  /** A repeated pipeline step falls into the next minute now and then, which has another id. */
  private boolean isKnown(ChangeNote change, Model reader, String index) throws EvidenceException {
    List<String> ids =
        Stream.of(change.at().minus(SAME), change.at(), change.at().plus(SAME))
            .map(at -> id(change, at))
            .toList();
    try {
      return !searcher
          .search(
              index,
              request ->
                  request
                      .size(1)
                      .query(
                          query ->
                              query.bool(
                                  both ->
                                      both.filter(one -> one.ids(i -> i.values(ids)))
                                          .filter(one -> one.range(r -> near(r, change, reader))))))
          .hits()
          .hits()
          .isEmpty();
    } catch (EvidenceException e) {
      if (e.kind() == EvidenceException.Kind.DENIED) {
        // A deploy pipeline's key may be allowed to write only; the id still tells the same minute.
        return false;
      }
      throw e;
    }
  }

  private static co.elastic.clients.util.ObjectBuilder<
          co.elastic.clients.elasticsearch._types.query_dsl.RangeQuery>
      near(
          co.elastic.clients.elasticsearch._types.query_dsl.RangeQuery.Builder range,
          ChangeNote change,
          Model reader) {
    return range.untyped(
        times ->
            times
                .field(reader.fieldName(Fields.TIME))
                .gt(JsonData.of(change.at().minus(SAME).toString()))
                .lt(JsonData.of(change.at().plus(SAME).toString())));
  }

  private boolean create(ChangeNote change, Model reader, String index) throws EvidenceException {
    Map<String, Object> event = event(change, reader);
    return searcher.ask(
        "new change in " + index,
        "create_doc and auto_configure on " + index,
        client -> {
          try {
            client.index(
                request ->
                    request
                        .index(index)
                        .id(id(change, change.at()))
                        .opType(OpType.Create)
                        .refresh(Refresh.True)
                        .document(event));
            return true;
          } catch (ElasticsearchException e) {
            if (e.status() == CONFLICT) {
              return false;
            }
            throw e;
          }
        });
  }

  private static Map<String, Object> event(ChangeNote change, Model reader) {
    Map<String, Object> event = new TreeMap<>();
    event.put(reader.fieldName(Fields.TIME), change.at().toString());
    event.put("event.dataset", "ml.change");
    event.put(reader.fieldName(Fields.CHANGE_KIND), change.kind());
    event.put(reader.fieldName(Fields.CHANGE_COMPONENT), change.component());
    Map<String, Optional<String>> others =
        Map.of(
            Fields.CHANGE_FROM, change.from(),
            Fields.CHANGE_TO, change.to(),
            Fields.CHANGE_AUTHOR, change.author(),
            Fields.CHANGE_URL, change.url(),
            Fields.CHANGE_SUMMARY, change.summary(),
            Fields.MODEL, change.model());
    others.forEach(
        (field, value) -> value.ifPresent(given -> event.put(reader.fieldName(field), given)));
    return event;
  }

  private static String id(ChangeNote change, Instant at) {
    String content =
        String.join(
            "\0",
            change.kind(),
            change.component(),
            change.from().orElse(""),
            change.to().orElse(""),
            change.author().orElse(""),
            change.url().orElse(""),
            change.summary().orElse(""),
            change.model().orElse(""),
            String.valueOf(Math.floorDiv(at.getEpochSecond(), SAME.toSeconds())));
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, ID_LENGTH);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
