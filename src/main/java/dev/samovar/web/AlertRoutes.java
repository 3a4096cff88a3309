package dev.samovar.web;

import dev.samovar.alerts.AlertSource;
import dev.samovar.alerts.Delivery;
import dev.samovar.alerts.Parcel;
import dev.samovar.alerts.PayloadException;
import dev.samovar.evidence.Nearest;
import dev.samovar.work.Inbox;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where alerts come in: kept before they are acknowledged. */
public final class AlertRoutes implements Routes {
  /** More than a group of 500 alerts. */
  private static final int MOST_BYTES = 1_000_000;

  private final Gate gate;
  private final Inbox inbox;
  private final Clock clock;

  public AlertRoutes(Gate gate, Inbox inbox, Clock clock) {
    this.gate = gate;
    this.inbox = inbox;
    this.clock = clock;
  }

  @Override
  public List<Route> routes() {
    return List.of(Route.post("/v1/alerts/{source}", this::take));
  }

  private Answer take(Call call) {
    Optional<Answer> refusal = gate.refuse(call);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    String word = call.parts().getOrDefault("source", "");
    Optional<AlertSource> source = AlertSource.of(word);
    if (source.isEmpty()) {
      return Answer.text(404, unknown(word));
    }
    if (call.body().length > MOST_BYTES) {
      return Answer.text(413, "This is more than " + MOST_BYTES + " bytes; send less at once.");
    }
    try {
      return keep(source.get().read(call.body()));
    } catch (PayloadException e) {
      return Answer.text(400, String.valueOf(e.getMessage()));
    }
  }

  /** What comes again is answered as the first time, or it would come again and again. */
  private Answer keep(Delivery delivery) {
    if (!delivery.alerts().isEmpty()) {
      Instant now = clock.instant();
      inbox.accept(Parcel.KIND, delivery.key(now), new Parcel(now, delivery).json());
    }
    return Answer.json(202, "{\"accepted\":" + delivery.alerts().size() + "}\n");
  }

  private static String unknown(String word) {
    return "There is no such sender"
        + Nearest.of(word, AlertSource.words())
            .map(near -> "; did you mean /v1/alerts/" + near + "?")
            .orElse("; known are " + String.join(", ", AlertSource.words()) + ".");
  }
}
