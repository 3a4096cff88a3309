package dev.samovar.repository;

import com.fasterxml.jackson.databind.JsonNode;
import dev.samovar.evidence.EvidenceException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Part of an answer. What is missing or of another type than is documented is an error that names
 * the field, unless it is asked for as something that may be missing.
 *
 * @param source of the answer, as people know it
 * @param what was asked for
 */
public record Payload(String source, String what, JsonNode node) {

  public Payload at(String field) {
    return new Payload(source, what, node.path(field));
  }

  public List<Payload> items(String field) throws EvidenceException {
    return field.isEmpty() ? all(node, "the answer") : all(node.path(field), field);
  }

  private List<Payload> all(JsonNode list, String field) throws EvidenceException {
    if (!list.isArray()) {
      throw odd(field + " is no list");
    }
    List<Payload> items = new ArrayList<>();
    list.forEach(item -> items.add(new Payload(source, what, item)));
    return items;
  }

  public String text(String field) throws EvidenceException {
    return optional(field).orElseThrow(() -> odd(field + " is no text"));
  }

  public Optional<String> optional(String field) {
    JsonNode value = node.path(field);
    return value.isTextual() ? Optional.of(value.textValue()) : Optional.empty();
  }

  public long number(String field) throws EvidenceException {
    JsonNode value = node.path(field);
    if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
      throw odd(field + " is no number");
    }
    return value.longValue();
  }

  public Instant instant(String field) throws EvidenceException {
    return optionalInstant(field).orElseThrow(() -> odd(field + " is no time"));
  }

  public Optional<Instant> optionalInstant(String field) throws EvidenceException {
    Optional<String> text = optional(field);
    try {
      return text.map(value -> OffsetDateTime.parse(value).toInstant());
    } catch (DateTimeParseException e) {
      throw odd(field + " is no time");
    }
  }

  public Revision revision(String field) throws EvidenceException {
    return optionalRevision(field).orElseThrow(() -> odd(field + " is no commit's id"));
  }

  public Optional<Revision> optionalRevision(String field) {
    return optional(field).flatMap(Revision::of);
  }

  /** The text that a field has in Base64, broken into lines or not. */
  public String decoded(String field) throws EvidenceException {
    String text = text(field);
    try {
      return new String(
          Base64.getDecoder().decode(text.replaceAll("\\s", "")), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw odd(field + " is no Base64");
    }
  }

  private EvidenceException odd(String how) {
    return new EvidenceException(
        EvidenceException.Kind.BROKEN,
        source + " answered to the " + what + " with something else than it documents: " + how);
  }
}
