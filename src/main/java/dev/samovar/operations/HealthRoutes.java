package dev.samovar.operations;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.samovar.web.Answer;
import dev.samovar.web.Call;
import dev.samovar.web.Route;
import dev.samovar.web.Routes;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@code /healthz}: the process lives. {@code /readyz}: and so do the parts it depends on; those
 * named in {@code ?exclude=a,b} are told and do not count.
 */
public final class HealthRoutes implements Routes {
  private static final int UNAVAILABLE = 503;

  private final Pulse pulse;

  public HealthRoutes(Pulse pulse) {
    this.pulse = pulse;
  }

  @Override
  public List<Route> routes() {
    return List.of(
        Route.get("/healthz", call -> uncached(Answer.json(200, "{\"alive\":true}\n"))),
        Route.get("/readyz", this::ready));
  }

  private Answer ready(Call call) {
    Map<String, Pulse.Seen> parts = pulse.all();
    Set<String> excluded = Set.of(call.query().getOrDefault("exclude", "").split(",", -1));
    for (String name : excluded) {
      if (!name.isEmpty() && !parts.containsKey(name)) {
        return Answer.text(
            400,
            "There is no such part to exclude; there are " + String.join(", ", parts.keySet()));
      }
    }
    boolean isReady =
        parts.entrySet().stream()
            .allMatch(part -> part.getValue().isWell() || excluded.contains(part.getKey()));
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("ready", isReady);
    ArrayNode list = json.putArray("parts");
    parts.forEach(
        (name, seen) -> {
          ObjectNode one = list.addObject();
          one.put("name", name);
          one.put("ready", seen.isWell());
          seen.trouble().ifPresent(trouble -> one.put("trouble", trouble));
          seen.at().ifPresent(at -> one.put("seen", at.toString()));
          one.put("took_ms", seen.took().toMillis());
          if (excluded.contains(name)) {
            one.put("excluded", true);
          }
        });
    return uncached(Answer.json(isReady ? 200 : UNAVAILABLE, json + "\n"));
  }

  private static Answer uncached(Answer answer) {
    return answer.with("Cache-Control", "no-store");
  }
}
