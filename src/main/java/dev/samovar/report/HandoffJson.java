package dev.samovar.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.samovar.checks.CheckId;
import dev.samovar.handoff.Changeover;
import dev.samovar.handoff.Handoff;
import dev.samovar.handoff.Note;
import dev.samovar.rota.Person;
import dev.samovar.triage.Verdict;
import java.util.List;
import java.util.Optional;

/** {@code samovar.handoff/1}. */
final class HandoffJson {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private HandoffJson() {}

  static String render(Handoff handoff, List<Note> notes) {
    ObjectNode root = JSON.createObjectNode();
    root.put("schema", "samovar.handoff/1");
    root.put("team", handoff.team());
    Changeover over = handoff.changeover();
    root.putObject("window").put("from", over.from().toString()).put("to", over.to().toString());
    ObjectNode shift = root.putObject("shift");
    shift.put("ends", over.end().toString()).put("zone", over.zone().getId());
    person(shift, "outgoing", over.outgoing());
    person(shift, "incoming", over.incoming());
    over.next()
        .ifPresent(
            turn ->
                shift
                    .putObject("next")
                    .put("from", turn.from().toString())
                    .put("to", turn.to().toString())
                    .put("zone", turn.zone().getId()));
    root.put("quiet", handoff.isQuiet() && notes.isEmpty());
    root.put("sentence", handoff.sentence());
    root.put("first", handoff.first());
    ArrayNode said = root.putArray("notes");
    notes.forEach(
        note ->
            said.addObject()
                .put("who", note.who())
                .put("at", note.at().toString())
                .put("text", note.text()));
    ArrayNode open = root.putArray("open");
    for (Handoff.Open one : handoff.open()) {
      ObjectNode node = open.addObject();
      node.put("incident", one.id()).put("model", one.model()).put("since", one.since().toString());
      node.put("state", one.state().label()).put("owner", one.owner().orElse(null));
      node.put("headline", one.headline()).put("cause", id(one.cause())).put("next", one.next());
    }
    ArrayNode resolved = root.putArray("resolved");
    for (Handoff.Resolved one : handoff.resolved()) {
      ObjectNode node = resolved.addObject();
      node.put("incident", one.id()).put("model", one.model()).put("at", one.at().toString());
      node.put("owner", one.owner().orElse(null)).put("headline", one.headline());
      node.put("cause", id(one.wasIt())).put("confirmed", one.isConfirmed());
    }
    ArrayNode models = root.putArray("models");
    handoff
        .models()
        .forEach(
            one ->
                models
                    .addObject()
                    .put("model", one.model())
                    .put("verdict", one.verdict().map(Verdict::label).orElse(null))
                    .put("headline", one.says()));
    ArrayNode changes = root.putArray("changes");
    for (Handoff.Went one : handoff.changes()) {
      ObjectNode node = changes.addObject();
      JsonReport.change(node, one.change());
      ArrayNode concerned = node.putArray("models");
      one.models().forEach(concerned::add);
    }
    ArrayNode ahead = root.putArray("ahead");
    for (Handoff.Ahead one : handoff.ahead()) {
      ahead
          .addObject()
          .put("model", one.model())
          .put("kind", one.forecast().kind().label())
          .put("what", one.forecast().what())
          .put("at", one.forecast().at().map(Object::toString).orElse(null))
          .put("because", one.forecast().because());
    }
    ArrayNode noisy = root.putArray("noisy");
    handoff
        .noisy()
        .forEach(
            one ->
                noisy
                    .addObject()
                    .put("check", one.check().id())
                    .put("named", one.named())
                    .put("denied", one.denied())
                    .put("confirmed", one.confirmed()));
    ArrayNode feedback = root.putArray("feedback");
    handoff
        .feedback()
        .forEach(
            one ->
                feedback
                    .addObject()
                    .put("incident", one.id())
                    .put("model", one.model())
                    .put("cause", one.cause().id())
                    .put("was_it", one.wasIt())
                    .put("who", one.who())
                    .put("at", one.at().toString()));
    ArrayNode unseen = root.putArray("unseen");
    handoff.unseen().forEach(unseen::add);
    try {
      return JSON.writeValueAsString(root) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A tree of plain values can be written", e);
    }
  }

  private static @org.jspecify.annotations.Nullable String id(Optional<CheckId> check) {
    return check.map(CheckId::id).orElse(null);
  }

  private static void person(ObjectNode node, String key, Optional<Person> person) {
    if (person.isEmpty()) {
      node.putNull(key);
      return;
    }
    ObjectNode one = node.putObject(key).put("id", person.get().id());
    person.get().name().ifPresent(name -> one.put("name", name));
    person.get().zone().ifPresent(zone -> one.put("zone", zone.getId()));
  }
}
