package dev.samovar.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.samovar.checks.Change;
import dev.samovar.checks.CheckId;
import dev.samovar.checks.Fact;
import dev.samovar.evidence.Window;
import dev.samovar.triage.Report;
import java.util.Locale;

/** CONTRACT.md, section 4: {@code samovar.report/1}. */
final class JsonReport {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private JsonReport() {}

  static String render(Report report) {
    ObjectNode root = JSON.createObjectNode();
    root.put("schema", "samovar.report/1");
    root.put("id", report.id());
    root.put("model", report.model());
    root.put("text", report.text());
    root.set("window", window(report.window()));
    ObjectNode reference = root.putObject("reference");
    reference.put("kind", report.referenceKind());
    ArrayNode windows = reference.putArray("windows");
    report.reference().forEach(window -> windows.add(window(window)));
    root.put("verdict", report.verdict().label());
    root.put("headline", report.headline());
    if (report.onset().isPresent()) {
      Report.Onset onset = report.onset().get();
      root.putObject("onset")
          .put("at", onset.at().toString())
          .put("earliest", onset.earliest().toString())
          .put("latest", onset.latest().toString())
          .put("signal", onset.signal());
    } else {
      root.putNull("onset");
    }
    ArrayNode causes = root.putArray("causes");
    report.causes().forEach(cause -> cause(causes.addObject(), cause));
    ArrayNode checks = root.putArray("checks");
    report.rows().forEach(row -> row(checks.addObject(), row));
    ArrayNode changes = root.putArray("changes");
    report.changes().forEach(change -> change(changes.addObject(), change));
    root.put("took_ms", report.tookMillis());
    try {
      return JSON.writeValueAsString(root) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A tree of plain values can be written", e);
    }
  }

  private static ObjectNode window(Window window) {
    return JSON.createObjectNode()
        .put("from", window.from().toString())
        .put("to", window.to().toString());
  }

  private static void cause(ObjectNode node, Report.Cause cause) {
    node.put("check", cause.check().id());
    node.put("confidence", cause.confidence());
    node.put("summary", cause.summary());
    cause.since().ifPresent(since -> node.put("since", since.toString()));
    ArrayNode evidence = node.putArray("evidence");
    cause.evidence().forEach(fact -> fact(evidence.addObject(), fact));
    ArrayNode explains = node.putArray("explains");
    cause.explains().stream().map(CheckId::id).forEach(explains::add);
    node.put("runbook", cause.runbook());
  }

  private static void fact(ObjectNode node, Fact fact) {
    node.put("text", fact.text());
    fact.now().ifPresent(now -> node.put("now", rounded(now)));
    fact.before().ifPresent(before -> node.put("before", rounded(before)));
    put(node, "unit", fact.unit());
    put(node, "subject", fact.subject());
    fact.link().ifPresent(link -> node.put("link", link));
  }

  /** Six digits: more are noise, and differ between machines. */
  private static double rounded(double value) {
    return value == 0
        ? 0
        : new java.math.BigDecimal(value).round(new java.math.MathContext(6)).doubleValue();
  }

  private static void row(ObjectNode node, Report.Row row) {
    node.put("id", row.check().id());
    node.put("state", row.state().label());
    node.put("role", row.check().role().name().toLowerCase(Locale.ROOT));
    node.put("severity", row.severity().name().toLowerCase(Locale.ROOT));
    node.put("summary", row.summary());
    put(node, "reason", row.reason());
    put(node, "remedy", row.remedy());
    if (!row.evidence().isEmpty()) {
      ArrayNode evidence = node.putArray("evidence");
      row.evidence().forEach(fact -> fact(evidence.addObject(), fact));
    }
    node.put("took_ms", row.tookMillis());
  }

  static void change(ObjectNode node, Change change) {
    node.put("at", change.at().toString());
    put(node, "kind", change.kind());
    put(node, "component", change.component());
    put(node, "from", change.from());
    put(node, "to", change.to());
    put(node, "author", change.author());
    put(node, "url", change.url());
    put(node, "summary", change.summary());
  }

  private static void put(ObjectNode node, String key, String value) {
    if (!value.isEmpty()) {
      node.put(key, value);
    }
  }
}
