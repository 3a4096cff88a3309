package dev.samovar.prometheus;

import dev.samovar.evidence.EvidenceException;
import dev.samovar.evidence.Metrics;
import dev.samovar.http.HttpSettings;
import dev.samovar.http.JsonClient;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;

/** The connection to one server, kept between investigations. */
public final class PrometheusSource implements AutoCloseable {
  private final JsonClient client;
  private final PrometheusLinks links;

  /** Without links. */
  public PrometheusSource(HttpSettings settings, Clock clock) throws IOException {
    this(settings, PrometheusLinks.NONE, clock);
  }

  /**
   * @param clock for answers that name the time to come again
   * @throws IOException where the certificates can't be read
   */
  public PrometheusSource(HttpSettings settings, PrometheusLinks links, Clock clock)
      throws IOException {
    this.links = links;
    this.client = new JsonClient(settings, clock);
  }

  /**
   * @param budget no single question takes longer
   */
  public Metrics open(Duration budget) {
    return new PrometheusMetrics(new PrometheusApi(client, budget), links);
  }

  /** Shows, too, that it can be reached and lets us in. */
  public String version(Duration budget) throws EvidenceException {
    return new PrometheusApi(client, budget).version();
  }

  @Override
  public void close() {
    client.close();
  }
}
