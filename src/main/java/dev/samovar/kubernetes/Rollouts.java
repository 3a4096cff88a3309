package dev.samovar.kubernetes;

import dev.samovar.evidence.Event;
import dev.samovar.evidence.Fields;
import dev.samovar.evidence.Model;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What each rollout changed, as changes of the model. */
final class Rollouts {
  private static final int LONGEST_CAUSE = 160;

  private Rollouts() {}

  static List<Event> of(Model model, Map<String, List<Revision>> byWorkload) {
    List<Event> events = new ArrayList<>();
    for (List<Revision> revisions : byWorkload.values()) {
      for (int i = 0; i < revisions.size(); i++) {
        Revision revision = revisions.get(i);
        if (i > 0) {
          events.addAll(changed(model, revisions.get(i - 1), revision));
        } else if (revision.number() > 1) {
          events.add(
              event(
                  model,
                  revision,
                  "infrastructure",
                  "",
                  "",
                  "rolled out; what ran before is no longer kept" + because(revision)));
        } else {
          events.add(
              event(model, revision, "infrastructure", "", "", "created" + because(revision)));
        }
      }
    }
    return events;
  }

  /** One event for each kind of change, so that the model's new weights are not called code. */
  private static List<Event> changed(Model model, Revision before, Revision after) {
    Map<String, List<Difference.Item>> byKind =
        Difference.between(before.template(), after.template()).stream()
            .collect(
                Collectors.groupingBy(Difference.Item::kind, TreeMap::new, Collectors.toList()));
    List<Event> events = new ArrayList<>();
    byKind.forEach(
        (kind, items) -> {
          boolean isOne = items.size() == 1;
          events.add(
              event(
                  model,
                  after,
                  kind,
                  isOne ? items.get(0).from() : "",
                  isOne ? items.get(0).to() : "",
                  "rolled out: "
                      + items.stream()
                          .map(item -> isOne ? item.what() : item.what() + values(item))
                          .collect(Collectors.joining("; "))
                      + because(after)));
        });
    if (events.isEmpty()) {
      events.add(event(model, after, "infrastructure", "", "", "rolled out anew" + because(after)));
    }
    return events;
  }

  private static String values(Difference.Item item) {
    return item.from().isEmpty() && item.to().isEmpty()
        ? ""
        : " " + item.from() + " → " + item.to();
  }

  private static String because(Revision revision) {
    String cause = PodLines.line(revision.cause());
    return cause.isEmpty()
        ? ""
        : " (“" + cause.substring(0, Math.min(cause.length(), LONGEST_CAUSE)) + "”)";
  }

  private static Event event(
      Model model, Revision revision, String kind, String from, String to, String summary) {
    Map<String, List<String>> values = new TreeMap<>();
    values.put(Fields.MODEL, List.of(model.name()));
    values.put(Fields.CHANGE_KIND, List.of(kind));
    values.put(Fields.CHANGE_COMPONENT, List.of(revision.workload()));
    values.put(Fields.CHANGE_FROM, List.of(from));
    values.put(Fields.CHANGE_TO, List.of(to));
    values.put(Fields.CHANGE_SUMMARY, List.of(summary));
    values.values().removeIf(texts -> texts.get(0).isEmpty());
    Instant at = revision.at();
    return new Event(at, values);
  }
}
