package dev.samovar.fuzz;

import com.sun.net.httpserver.HttpServer;
import dev.samovar.alerts.AlertSource;
import dev.samovar.alerts.Parcel;
import dev.samovar.alerts.PayloadException;
import dev.samovar.baseline.BaselineException;
import dev.samovar.baseline.BaselineFile;
import dev.samovar.baseline.Choice;
import dev.samovar.checks.CheckId;
import dev.samovar.checks.TemplatesFuzz;
import dev.samovar.config.YamlFuzz;
import dev.samovar.conversation.Asked;
import dev.samovar.conversation.TriageConversation;
import dev.samovar.evidence.EvidenceException;
import dev.samovar.evidence.Model;
import dev.samovar.http.HttpSettings;
import dev.samovar.http.JsonClient;
import dev.samovar.http.Question;
import dev.samovar.lockfile.LockFuzz;
import dev.samovar.redaction.Redaction;
import dev.samovar.report.Wording;
import dev.samovar.runbooks.Runbooks;
import dev.samovar.signatures.Signatures;
import dev.samovar.slack.ActionsFuzz;
import dev.samovar.slack.MrkdwnFuzz;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What is fed with anything: each either takes it or refuses it as it says it does. {@link
 * #fuzzerTestOneInput} has the shape that Jazzer calls, with {@code -Dfuzz.target=NAME}; no build
 * runs it so yet.
 */
@SuppressWarnings("ImmutableEnumChecker") // Its parts are never changed.
public enum Fuzz {
  CONVERSATION(
      new Consumer<>() {
        private final TriageConversation conversation =
            new TriageConversation(List.of(Model.named("fraud-scorer"), Model.named("eta-model")));
        private final Asked asked = Asked.at(Instant.parse("2026-05-20T15:00:00Z"), ZoneOffset.UTC);

        @Override
        public void accept(byte[] bytes) {
          String text = text(bytes);
          conversation.command(text, asked);
          conversation.addressed(text, asked);
          conversation.overheard(text, asked);
          conversation.named(text);
        }
      },
      "fraud model is acting weird since ~2h??",
      "/triage <@U1> eta-model since yesterday 18:00",
      "history fraud-scorer",
      "mute 2h",
      "why https://x.slack.com/archives/C1/p1700000000000001",
      "&lt;!channel&gt; scores are NaN :fire: since Monday 9am CET"),
  SIGNATURES(
      new Consumer<>() {
        private final Signatures signatures = Signatures.load();

        @Override
        public void accept(byte[] bytes) {
          signatures.match(text(bytes));
        }
      },
      "torch.cuda.OutOfMemoryError: CUDA out of memory. Tried to allocate 2.00 GiB (GPU 0)",
      "NVRM: Xid (PCI:0000:65:00): 79, pid=1, GPU has fallen off the bus",
      "Out of memory: Killed process 4321 (python)"),
  TEMPLATES(
      TemplatesFuzz::eat,
      "user 8f14e45f-ceea-467f-a8b1-1d5b2c3d4e5f failed in 12.5 ms\nuser x failed in 1 ms",
      "[redacted: AWS key] 0xdeadbeef \"quoted\" 'x' 1e-5"),
  MRKDWN(
      MrkdwnFuzz::eat,
      "<!channel> & `rm` <@U1> \u001b[31mred",
      "2026-05-20 15:00 UTC",
      "https://x.y/z?a=b"),
  ACTIONS(ActionsFuzz::eat, "which|1764000000|latency,errors|1.2", "samovar:step:gpu-memory:3"),
  ALERTS(
      bytes -> {
        for (AlertSource source : AlertSource.values()) {
          try {
            var delivery = source.read(bytes);
            Parcel parcel = new Parcel(Instant.EPOCH, delivery);
            if (!Parcel.of(parcel.json()).delivery().equals(delivery)) {
              throw new AssertionError("A parcel came out otherwise than it went in");
            }
          } catch (PayloadException e) {
            // Refused with a sentence, which the sender is told.
          }
        }
      },
      "{\"version\":\"4\",\"alerts\":[{\"status\":\"firing\",\"labels\":{\"alertname\":\"a\",\"model\":\"b\"},\"startsAt\":\"2026-05-20T15:00:00Z\"}]}",
      "{\"event\":{\"event_type\":\"incident.triggered\",\"data\":{\"id\":\"x\",\"title\":\"t\"}}}",
      "{\"rule\":{\"name\":\"x\"},\"alerts\":[{\"id\":\"1\"}]}",
      "[{\"title\":\"x\",\"status\":\"resolved\",\"labels\":{\"a\":[1,null]}}]"),
  YAML(
      YamlFuzz::eat,
      "elasticsearch: { url: \"http://localhost:9200\" }\nmodels:\n  - name: a\n    access: { channels: [x] }",
      "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]",
      "models: [{ name: a, fields: { features: f }, slo: { latency_p99: 250ms } }]",
      "handoffs: [{ team: t, channel: c, shifts: ['09:00 Europe/Berlin'], rota: [U1] }]",
      "redaction: { patterns: ['(a+)+$'] }\nslack: { admins: [U1] }"),
  LOCK_FILE(
      LockFuzz::eat,
      "torch==2.1.0+cu121 ; python_version > \"3.8\" --hash=sha256:x\nnumpy>=1",
      "[[package]]\nname = \"torch\"\nversion = \"2.1\"",
      "{\"default\":{\"torch\":{\"version\":\"==2.1\"}}}",
      "dependencies:\n  - python=3.11\n  - pip:\n    - torch==2.1"),
  RUNBOOK(
      bytes -> {
        try {
          Path folder = Files.createTempDirectory("samovar-fuzz");
          Path page = folder.resolve(CheckId.GPU_MEMORY.id() + ".md");
          try {
            Files.write(page, text(bytes).getBytes(StandardCharsets.UTF_8));
            new Runbooks(Optional.of(folder), Optional.empty()).steps(CheckId.GPU_MEMORY);
          } finally {
            Files.deleteIfExists(page);
            Files.deleteIfExists(folder);
          }
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      },
      "---\ncheck: gpu-memory\n---\n# GPU\n## Stop the bleeding\n1. Do *this*\n   ```sh\n   nvidia-smi\n   ```\n2. That",
      "---\n---\n1. [x](y) ![z](w) <b>\n"),
  BASELINE(
      bytes -> {
        try {
          BaselineFile.read(
              "f",
              new ByteArrayInputStream(bytes),
              Choice.of(Model.named("m"), Set.of(), Set.of()),
              (rows, read) -> {});
        } catch (IOException | BaselineException e) {
          // Refused with a sentence.
          return;
        }
      },
      "amount,country\n1.5,DE\n\"2,5\",\"B\"\"R\"\n",
      "{\"amount\":1,\"country\":\"DE\"}\n{\"amount\":null,\"nested\":{\"a\":[1]}}",
      "a;b\r\n1;x\r\n;\r\n"),
  REDACTION(
      new Consumer<>() {
        private final Redaction redaction = Redaction.usual();

        @Override
        public void accept(byte[] bytes) {
          String once = redaction.of(text(bytes));
          if (!redaction.of(once).equals(once)) {
            throw new AssertionError("What is redacted is redacted again: " + once);
          }
        }
      },
      "password=hunter2! Authorization: Bearer abcdef0123456789",
      "postgres://u:p@ss@h/x?token=a1b2c3d4e5",
      "-----BEGIN RSA PRIVATE KEY-----\\nabc",
      "{\"apiKey\":\"a1b2c3d4e5f6\"} +49 30 901820 4111 1111 1111 1111 DE89 3704 0044 0532 0130 00"),
  TERMINAL(
      bytes -> {
        String plain = Wording.plain(text(bytes));
        if (plain
            .codePoints()
            .anyMatch(
                point ->
                    Character.isISOControl(point)
                        || Character.getType(point) == Character.FORMAT)) {
          throw new AssertionError("A terminal would obey this: " + plain);
        }
      },
      "\u001b]8;;http://evil\u0007x\u001b]8;;\u0007 \u202egnp.exe \u009b31m"),
  REPLIES(new Reply(), "{\"data\":[1]}", "[]", "{\"error\":\"x\"}", "<html>");

  /** A source that answers with whatever it is given. */
  private static final class Reply implements Consumer<byte[]> {
    private volatile byte[] next = new byte[0];
    private final JsonClient client;

    Reply() {
      try {
        HttpServer server =
            HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
            "/",
            exchange -> {
              byte[] body = next;
              int status = body.length == 0 ? 200 : new int[] {200, 200, 404, 500}[body[0] & 3];
              exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
              exchange.getResponseBody().write(body);
              exchange.close();
            });
        server.start();
        client =
            new JsonClient(
                HttpSettings.of(
                    "Fuzz", "fuzz", "http://127.0.0.1:" + server.getAddress().getPort(), Map.of()),
                Clock.systemUTC());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void accept(byte[] bytes) {
      next = bytes;
      Question question = Question.get("list of things", "api");
      try {
        var answer = client.ask(question, Duration.ofSeconds(5));
        client.list(question, answer.body(), "data");
        client.text(question, answer.body(), "name");
      } catch (EvidenceException e) {
        // What a broken source is told of as.
        return;
      }
    }
  }

  private final Consumer<byte[]> target;
  private final List<String> seeds;

  Fuzz(Consumer<byte[]> target, String... seeds) {
    this.target = target;
    this.seeds = List.of(seeds);
  }

  List<String> seeds() {
    return seeds;
  }

  void eat(byte[] bytes) {
    target.accept(bytes);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static final class Chosen {
    private static final Fuzz TARGET = Fuzz.valueOf(System.getProperty("fuzz.target", "YAML"));
  }

  /** Jazzer's entry. */
  public static void fuzzerTestOneInput(byte[] bytes) {
    Chosen.TARGET.eat(bytes);
  }
}
