package dev.samovar.elasticsearch;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.json.jackson.JacksonJsonpMapper;
import co.elastic.clients.transport.rest_client.RestClientOptions;
import co.elastic.clients.transport.rest_client.RestClientTransport;
import dev.samovar.evidence.ChangeRecorder;
import dev.samovar.evidence.Evidence;
import dev.samovar.evidence.EvidenceSource;
import dev.samovar.evidence.LockFiles;
import dev.samovar.evidence.MetricsInTurn;
import dev.samovar.evidence.ProfileStore;
import dev.samovar.evidence.SourceListener;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.apache.http.Header;
import org.apache.http.HttpHost;
import org.apache.http.client.config.RequestConfig;
import org.apache.http.message.BasicHeader;
import org.elasticsearch.client.RequestOptions;
import org.elasticsearch.client.RestClient;
import org.elasticsearch.client.RestClientBuilder;

/** The connection to one cluster, kept open between investigations. */
public final class ElasticsearchSource implements EvidenceSource, AutoCloseable {
  /** Where training profiles are kept, for who grants privileges. */
  public static final String PROFILES = ElasticsearchProfiles.INDEX;

  private final RestClient rest;
  private final ElasticsearchClient client;
  private final String address;
  private final Duration connectTimeout;
  private final KibanaLinks links;
  private final Sampling sampling;
  private final SourceListener listener;

  /** Nobody listens. */
  public ElasticsearchSource(ElasticsearchSettings settings) throws IOException {
    this(settings, SourceListener.NONE);
  }

  /**
   * @param listener hears of every request
   * @throws IOException when the CA file can't be read or holds no certificate; the message names
   *     it
   */
  public ElasticsearchSource(ElasticsearchSettings settings, SourceListener listener)
      throws IOException {
    this(settings, Sampling.USUAL, listener);
  }

  /** With samples of another size, to measure what sampling does. */
  ElasticsearchSource(ElasticsearchSettings settings, Sampling sampling) throws IOException {
    this(settings, sampling, SourceListener.NONE);
  }

  private ElasticsearchSource(
      ElasticsearchSettings settings, Sampling sampling, SourceListener listener)
      throws IOException {
    this.sampling = sampling;
    RestClientBuilder builder =
        RestClient.builder(settings.urls().stream().map(HttpHost::create).toArray(HttpHost[]::new))
            .setCompressionEnabled(false);
    authorization(settings)
        .ifPresent(
            value ->
                builder.setDefaultHeaders(new Header[] {new BasicHeader("Authorization", value)}));
    Optional<SSLContext> trust = Optional.empty();
    if (settings.caFile().isPresent()) {
      trust = Optional.of(trusting(settings.caFile().get()));
    }
    Optional<SSLContext> trusted = trust;
    builder.setHttpClientConfigCallback(
        http -> {
          trusted.ifPresent(http::setSSLContext);
          return http.setMaxConnTotal(settings.maxSearches())
              .setMaxConnPerRoute(settings.maxSearches());
        });
    this.rest = builder.build();
    this.client = new ElasticsearchClient(new RestClientTransport(rest, new JacksonJsonpMapper()));
    this.address = String.join(", ", settings.urls());
    this.connectTimeout = settings.connectTimeout();
    this.links = new KibanaLinks(settings.kibana());
    this.listener = listener;
  }

  @Override
  public Evidence open(String id, Duration budget) {
    Searcher searcher = searcher(id, budget);
    return new Evidence(
        new ElasticsearchEvents(searcher, links, sampling),
        new MetricsInTurn(new PlainSamples(searcher), new ShippedSamples(searcher)),
        LockFiles.NONE,
        new ElasticsearchProfiles(searcher));
  }

  /**
   * The training profiles, to add to.
   *
   * @param budget no single request takes longer
   */
  public ProfileStore profiles(String id, Duration budget) {
    return new ElasticsearchProfiles(searcher(id, budget));
  }

  /**
   * @param budget no single request takes longer
   */
  public ChangeRecorder changes(Duration budget) {
    return new ElasticsearchChanges(searcher("change", budget));
  }

  /**
   * @param budget no single request takes longer
   */
  public IndexTemplates templates(Duration budget) {
    return new IndexTemplates(searcher("setup", budget), rest, options("setup", budget));
  }

  /**
   * A doctor's questions are none of an investigation's, and nobody hears of them.
   *
   * @param budget no single request takes longer
   */
  public Checkup checkup(Duration budget, Clock clock) {
    return new Checkup(
        searcher("doctor", budget, SourceListener.NONE), rest, options("doctor", budget), clock);
  }

  private RequestOptions options(String id, Duration budget) {
    int millis = Math.toIntExact(budget.toMillis());
    RequestConfig config =
        RequestConfig.custom()
            .setConnectTimeout(Math.min(millis, Math.toIntExact(connectTimeout.toMillis())))
            .setSocketTimeout(millis)
            .setConnectionRequestTimeout(millis)
            .build();
    return RequestOptions.DEFAULT.toBuilder()
        .addHeader("X-Opaque-Id", "samovar-" + id)
        .setRequestConfig(config)
        .build();
  }

  private Searcher searcher(String id, Duration budget) {
    return searcher(id, budget, listener);
  }

  private Searcher searcher(String id, Duration budget, SourceListener heard) {
    return new Searcher(
        client.withTransportOptions(new RestClientOptions(options(id, budget), false)),
        address,
        budget,
        heard);
  }

  private static Optional<String> authorization(ElasticsearchSettings settings) {
    if (settings.apiKey().isPresent()) {
      return Optional.of("ApiKey " + settings.apiKey().get());
    }
    return settings
        .username()
        .map(
            user ->
                "Basic "
                    + Base64.getEncoder()
                        .encodeToString(
                            (user + ":" + settings.password().orElse(""))
                                .getBytes(StandardCharsets.UTF_8)));
  }

  private static SSLContext trusting(Path caFile) throws IOException {
    try (InputStream in = Files.newInputStream(caFile)) {
      List<Certificate> certificates =
          new ArrayList<>(CertificateFactory.getInstance("X.509").generateCertificates(in));
      if (certificates.isEmpty()) {
        throw new IOException("The CA file " + caFile + " holds no PEM certificate.");
      }
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      for (int i = 0; i < certificates.size(); i++) {
        store.setCertificateEntry("ca-" + i, certificates.get(i));
      }
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, factory.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException(
          "The CA file " + caFile + " is not a PEM certificate: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new IOException("The CA file " + caFile + " can't be read: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    try {
      rest.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
