package dev.samovar.operations;

import dev.samovar.web.Answer;
import dev.samovar.web.Call;
import dev.samovar.web.Route;
import dev.samovar.web.Routes;
import java.util.List;

/** {@code /metrics}, in the text format of Prometheus, or as OpenMetrics for who asks for it. */
public final class MetricsRoute implements Routes {
  private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";
  private static final String OPEN = "application/openmetrics-text; version=1.0.0; charset=utf-8";

  private final Measures measures;

  public MetricsRoute(Measures measures) {
    this.measures = measures;
  }

  @Override
  public List<Route> routes() {
    return List.of(Route.get("/metrics", this::scrape));
  }

  private Answer scrape(Call call) {
    String type =
        call.header("Accept")
                .filter(given -> given.contains("application/openmetrics-text"))
                .isPresent()
            ? OPEN
            : TEXT;
    return Answer.of(200, type, measures.scrape(type)).with("Cache-Control", "no-store");
  }
}
