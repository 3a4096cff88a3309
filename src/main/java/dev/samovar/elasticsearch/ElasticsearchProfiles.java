package dev.samovar.elasticsearch;

import co.elastic.clients.elasticsearch._types.SortOrder;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.elasticsearch.core.search.Hit;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.samovar.evidence.EvidenceException;
import dev.samovar.evidence.ProfileStore;
import dev.samovar.evidence.TrainingProfile;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Training profiles in an index of their own, one document a version of a model. */
final class ElasticsearchProfiles implements ProfileStore {
  static final String INDEX = "samovar-profiles";
  private static final int MOST_VERSIONS = 100;

  /** The features are kept and not indexed: thousands of them make no field. */
  private static final String MAPPINGS =
      """
      {"mappings": {"dynamic": false, "properties": {
        "model": {"type": "keyword"},
        "version": {"type": "keyword"},
        "stored_at": {"type": "date"},
        "source": {"type": "keyword", "index": false},
        "rows": {"type": "long", "index": false},
        "features": {"type": "object", "enabled": false}}}}
      """;

  private final Searcher searcher;

  ElasticsearchProfiles(Searcher searcher) {
    this.searcher = searcher;
  }

  @Override
  public Optional<TrainingProfile> of(String model, String version) throws EvidenceException {
    List<Hit<ObjectNode>> hits =
        searcher
            .search(
                INDEX,
                ObjectNode.class,
                request -> request.size(1).query(q -> q.ids(i -> i.values(id(model, version)))))
            .hits()
            .hits();
    ObjectNode document = hits.isEmpty() ? null : hits.get(0).source();
    return document == null ? Optional.empty() : Optional.of(ProfileDocument.read(document));
  }

  @Override
  public List<Version> versions(String model) throws EvidenceException {
    return find(Query.of(q -> q.term(t -> t.field("model").value(model))));
  }

  private List<Version> find(Query query) throws EvidenceException {
    List<Version> versions = new ArrayList<>();
    for (Hit<ObjectNode> hit :
        searcher
            .search(
                INDEX,
                ObjectNode.class,
                request ->
                    request
                        .size(MOST_VERSIONS)
                        .query(query)
                        .source(s -> s.filter(f -> f.excludes("features")))
                        .sort(
                            s ->
                                s.field(
                                    f ->
                                        f.field("stored_at")
                                            .order(SortOrder.Desc)
                                            .unmappedType(
                                                co.elastic.clients.elasticsearch._types.mapping
                                                    .FieldType.Date))))
            .hits()
            .hits()) {
      ObjectNode document = hit.source();
      if (document != null) {
        versions.add(ProfileDocument.version(document));
      }
    }
    return versions;
  }

  @Override
  public Optional<Version> store(TrainingProfile profile) throws EvidenceException {
    String id = id(profile.model(), profile.version());
    searcher.create(INDEX, MAPPINGS);
    Optional<Version> before = find(Query.of(q -> q.ids(i -> i.values(id)))).stream().findFirst();
    searcher.write(INDEX, id, ProfileDocument.write(profile));
    return before;
  }

  /** Names and versions may hold any sign, and be longer than an id. */
  private static String id(String model, String version) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest((model + '\n' + version).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JVM has SHA-256", e);
    }
  }
}
