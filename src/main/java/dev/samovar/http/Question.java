package dev.samovar.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One request.
 *
 * @param what it asks for, for messages: “list of DAG runs”
 * @param path below the source's address, each segment by itself and not yet encoded
 * @param parameters in their order; of the address, or of the form where one is posted
 */
public record Question(
    String what,
    Kind kind,
    List<String> path,
    List<Parameter> parameters,
    Optional<JsonNode> json) {

  /** How it is put. */
  public enum Kind {
    GET,
    POST_FORM,
    POST_JSON
  }

  /** A name may be there several times. */
  public record Parameter(String name, String value) {}

  public Question {
    path = List.copyOf(path);
    parameters = List.copyOf(parameters);
  }

  /**
   * @param path segments, given as {@code "api", "v1", "query"}
   */
  public static Question get(String what, String... path) {
    return new Question(what, Kind.GET, List.of(path), List.of(), Optional.empty());
  }

  /** The parameters go into the body: for long ones. */
  public static Question postForm(String what, String... path) {
    return new Question(what, Kind.POST_FORM, List.of(path), List.of(), Optional.empty());
  }

  public static Question postJson(String what, JsonNode body, String... path) {
    return new Question(what, Kind.POST_JSON, List.of(path), List.of(), Optional.of(body));
  }

  public Question with(String name, String value) {
    List<Parameter> all = new ArrayList<>(parameters);
    all.add(new Parameter(name, value));
    return new Question(what, kind, path, all, json);
  }
}
