package dev.samovar.operations;

import dev.samovar.evidence.EvidenceException;
import dev.samovar.evidence.SourceListener;
import dev.samovar.slack.SlackListener;
import dev.samovar.triage.Report;
import dev.samovar.triage.Triage;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.logging.LogbackMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Counts and times what the rooms tell, for Prometheus. */
public final class Measures implements SourceListener, SlackListener, AutoCloseable {
  private static final Duration[] WITHIN_A_LOOK = {
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofMillis(2500),
    Duration.ofSeconds(5),
    Duration.ofSeconds(10),
    Duration.ofSeconds(20),
    Duration.ofSeconds(30),
    Duration.ofSeconds(60)
  };
  private static final Duration[] WITHIN_A_REQUEST = {
    Duration.ofMillis(10),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofSeconds(1),
    Duration.ofMillis(2500),
    Duration.ofSeconds(10)
  };

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Map<String, AtomicInteger> resting = new ConcurrentHashMap<>();
  private final JvmGcMetrics collections = new JvmGcMetrics();
  private final LogbackMetrics lines = new LogbackMetrics();

  /**
   * @param version of Samovar
   */
  public Measures(String version) {
    Gauge.builder("samovar.build.info", () -> 1)
        .description("Always 1; says which version runs.")
        .tag("version", version)
        .register(registry);
    // A rate needs the zero before the first wait.
    for (String method : List.of("chat.postMessage", "chat.update")) {
      for (Wait why : Wait.values()) {
        DistributionSummary unused = waits(method, why);
      }
    }
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ClassLoaderMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    collections.bindTo(registry);
    lines.bindTo(registry);
  }

  /** The triage, timed: the whole, and each of its checks. */
  public Triage timing(Triage triage) {
    return (request, progress) -> {
      Report report = triage.investigate(request, progress);
      timer("samovar.triage", "How long investigations took.", WITHIN_A_LOOK)
          .tag("verdict", report.verdict().label())
          .register(registry)
          .record(Duration.ofMillis(report.tookMillis()));
      for (Report.Row row : report.rows()) {
        timer("samovar.check", "How long checks took, and what became of them.", WITHIN_A_LOOK)
            .tag("check", row.check().id())
            .tag("state", row.state().label())
            .register(registry)
            .record(Duration.ofMillis(row.tookMillis()));
      }
      return report;
    };
  }

  private static Timer.Builder timer(String name, String description, Duration[] within) {
    return Timer.builder(name).description(description).serviceLevelObjectives(within);
  }

  @Override
  public void asked(String source, Optional<EvidenceException> failure, Duration took) {
    boolean isResting = failure.filter(EvidenceException::isResting).isPresent();
    resting(source).set(isResting ? 1 : 0);
    String outcome =
        isResting
            ? "resting"
            : failure.map(e -> e.kind().name().toLowerCase(Locale.ROOT)).orElse("ok");
    timer("samovar.source.request", "How long sources took to answer.", WITHIN_A_REQUEST)
        .tag("source", source)
        .tag("outcome", outcome)
        .register(registry)
        .record(took);
  }

  private AtomicInteger resting(String source) {
    return resting.computeIfAbsent(
        source,
        name -> {
          AtomicInteger state = new AtomicInteger();
          Gauge.builder("samovar.source.resting", state, AtomicInteger::get)
              .description("1 while a source is left alone, since it failed several times running.")
              .tag("source", name)
              .register(registry);
          return state;
        });
  }

  @Override
  public void called(String method, String outcome, Duration took) {
    timer("samovar.slack.call", "How long Slack took to answer.", WITHIN_A_REQUEST)
        .tag("method", method)
        .tag("outcome", outcome)
        .register(registry)
        .record(took);
  }

  @Override
  public void waited(String method, Wait why, Duration wait) {
    waits(method, why).record(wait.toNanos() / 1e9);
  }

  private DistributionSummary waits(String method, Wait why) {
    return DistributionSummary.builder("samovar.slack.wait.seconds")
        .description("How long calls of Slack were put off: as Slack asked, or to keep its pace.")
        .tags(Tags.of("method", method, "why", why.name().toLowerCase(Locale.ROOT)))
        .register(registry);
  }

  @Override
  public void began(Duration after) {
    timer(
            "samovar.answer.first",
            "From what was said until the first message of an answer is there.",
            WITHIN_A_LOOK)
        .register(registry)
        .record(after);
  }

  @Override
  public void answered(Duration after) {
    timer("samovar.answer.whole", "From what was said until its summary is there.", WITHIN_A_LOOK)
        .register(registry)
        .record(after);
  }

  /**
   * A figure that is there already when somebody looks; not a number where it is not known.
   *
   * @param name with dots
   */
  public void figure(String name, String description, Supplier<Number> figure) {
    Gauge.builder(name, figure).description(description).register(registry);
  }

  /** Whether each part is well, as last seen. */
  public void parts(Pulse pulse) {
    for (String part : pulse.all().keySet()) {
      Gauge.builder("samovar.ready", pulse, one -> isWell(one, part) ? 1 : 0)
          .description("1 while a part that Samovar depends on is well.")
          .tag("part", part)
          .register(registry);
    }
  }

  private static boolean isWell(Pulse pulse, String part) {
    Pulse.Seen seen = pulse.all().get(part);
    return seen != null && seen.isWell();
  }

  /**
   * @param type of the content
   */
  String scrape(String type) {
    return registry.scrape(type);
  }

  @Override
  public void close() {
    lines.close();
    collections.close();
    registry.close();
  }
}
