package dev.samovar.elasticsearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.samovar.evidence.Binning;
import dev.samovar.evidence.Catalog;
import dev.samovar.evidence.EvidenceException;
import dev.samovar.evidence.Histogram;
import dev.samovar.evidence.TrainingProfile;
import dev.samovar.evidence.TrainingProfiles;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A training profile as it is kept. */
final class ProfileDocument {
  private ProfileDocument() {}

  static ObjectNode write(TrainingProfile profile) {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.put("model", profile.model());
    document.put("version", profile.version());
    document.put("stored_at", profile.storedAt().toString());
    document.put("source", profile.source());
    document.put("rows", profile.rows());
    ArrayNode features = document.putArray("features");
    for (TrainingProfile.Feature feature : profile.features()) {
      Histogram histogram = feature.histogram();
      ObjectNode one = features.addObject();
      one.put("field", feature.field());
      one.put("kind", feature.kind().name().toLowerCase(Locale.ROOT));
      if (histogram.binning() instanceof Binning.Edges binning) {
        ArrayNode edges = one.putArray("edges");
        binning.edges().forEach(edges::add);
      } else {
        ArrayNode values = one.putArray("values");
        ((Binning.Values) histogram.binning()).values().forEach(values::add);
      }
      ArrayNode counts = one.putArray("counts");
      histogram.counts().forEach(counts::add);
      one.put("missing", histogram.missing());
      one.put("invalid", histogram.invalid());
      one.put("others", histogram.unseen());
    }
    return document;
  }

  static TrainingProfiles.Version version(ObjectNode document) throws EvidenceException {
    return new TrainingProfiles.Version(
        document.path("version").asText(),
        document.path("rows").asLong(),
        storedAt(document),
        document.path("source").asText());
  }

  private static Instant storedAt(ObjectNode document) throws EvidenceException {
    try {
      return Instant.parse(document.path("stored_at").asText());
    } catch (DateTimeException e) {
      throw unreadable(document, e);
    }
  }

  private static EvidenceException unreadable(ObjectNode document, RuntimeException cause) {
    return new EvidenceException(
        EvidenceException.Kind.BROKEN,
        "The training profile of "
            + document.path("model").asText("?")
            + " "
            + document.path("version").asText("?")
            + " in samovar-profiles can't be read ("
            + cause.getMessage()
            + "); store it anew with samovar baseline",
        cause);
  }

  static TrainingProfile read(ObjectNode document) throws EvidenceException {
    List<TrainingProfile.Feature> features = new ArrayList<>();
    try {
      for (JsonNode feature : document.path("features")) {
        features.add(feature(feature));
      }
    } catch (IllegalArgumentException e) {
      throw unreadable(document, e);
    }
    return new TrainingProfile(
        document.path("model").asText(),
        document.path("version").asText(),
        storedAt(document),
        document.path("source").asText(),
        document.path("rows").asLong(),
        features);
  }

  private static TrainingProfile.Feature feature(JsonNode one) {
    String field = one.path("field").asText();
    List<Long> counts = new ArrayList<>();
    one.path("counts").forEach(count -> counts.add(count.asLong()));
    Binning binning;
    if (one.has("edges")) {
      List<Double> edges = new ArrayList<>();
      one.path("edges").forEach(edge -> edges.add(edge.asDouble()));
      binning = new Binning.Edges(field, edges);
    } else {
      List<String> values = new ArrayList<>();
      one.path("values").forEach(value -> values.add(value.asText()));
      binning = new Binning.Values(field, values);
    }
    if (counts.size() != binning.size()) {
      throw new IllegalArgumentException(
          field + " has " + binning.size() + " bins and " + counts.size() + " counts");
    }
    return new TrainingProfile.Feature(
        Catalog.Kind.valueOf(one.path("kind").asText().toUpperCase(Locale.ROOT)),
        new Histogram(
            binning,
            counts,
            one.path("missing").asLong(),
            one.path("invalid").asLong(),
            0,
            0,
            one.path("others").asLong(),
            ""));
  }
}
