package dev.samovar.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.samovar.conversation.TriageConversation;
import dev.samovar.evidence.Model;
import dev.samovar.incidents.IncidentsInMemory;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a Slack that somebody else wrote: {@code local-slack} of the npm registry. */
class LocalSlackTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @Test
  void an_incident_channel_and_a_command_are_answered(@TempDir Path folder) throws Exception {
    String binary = System.getenv("SAMOVAR_LOCAL_SLACK");
    if (binary == null) {
      System.out.println("Skipped: SAMOVAR_LOCAL_SLACK names no local-slack; .ci/run installs it.");
    }
    assumeTrue(binary != null, "no local-slack here");
    Path workspace = folder.resolve("workspace.yaml");
    Files.writeString(
        workspace,
        """
        apps: [{appId: A01APP, botUserId: U0BOT, botName: samovar}]
        users: [{id: U1, name: ana, tz: Europe/Berlin}]
        channels: [{id: C1, name: inc-fraud, members: [U1, U0BOT]}]
        """);
    int port = freePort();
    Process slack =
        new ProcessBuilder(
                String.valueOf(binary), "--config", workspace.toString(), "--port", "" + port)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log.txt").toFile())
            .start();
    String base = "http://localhost:" + port;
    try {
      until(() -> get(base + "/_control/log"), answer -> !answer.isMissingNode());
      try (SlackBot bot =
          new SlackBot(
              Bots.settings("xoxb-test-token", "xapp-test-token", base + "/api/"),
              new TriageConversation(List.of(Model.named("fraud-scorer"))),
              (request, progress) -> SampleReport.of(SampleReport.HOSTILE),
              new IncidentsInMemory(100),
              Bots.runbooks(),
              List::of,
              Clock.systemUTC())) {
        bot.start();
        String said =
            "{\"channel\":\"C1\",\"user\":\"U1\",\"text\":\"fraud-scorer is acting weird\"}";
        until(
            () -> {
              // The connection is open a moment after the bot has started; until then nobody hears.
              post(base + "/_control/message", said);
              return get(base + "/_control/messages/C1");
            },
            messages -> messages.toString().contains("CAUSE FOUND"));
        JsonNode messages = get(base + "/_control/messages/C1").get("messages");
        assertThat(messages.toString()).contains("\"eyes\"").contains("\"thread_ts\"");
        post(
            base + "/_control/command",
            "{\"channel\":\"C1\",\"user\":\"U1\",\"command\":\"/triage\",\"text\":\"help\"}");
        until(
            () -> get(base + "/_control/messages/C1"),
            answer -> answer.toString().contains("/triage models"));
      }
    } finally {
      slack.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    }
  }

  private interface Asking {
    JsonNode ask() throws IOException, InterruptedException;
  }

  private static void until(Asking asking, Predicate<JsonNode> enough) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    JsonNode last = JSON.missingNode();
    while (System.nanoTime() < end) {
      last = asking.ask();
      if (enough.test(last)) {
        return;
      }
      new CompletableFuture<Void>().completeOnTimeout(null, 300, TimeUnit.MILLISECONDS).get();
    }
    throw new AssertionError("It did not come; the last answer was " + last);
  }

  private static JsonNode get(String url) throws InterruptedException {
    try {
      return JSON.readTree(
          HTTP.send(
                  HttpRequest.newBuilder(URI.create(url)).build(),
                  HttpResponse.BodyHandlers.ofString())
              .body());
    } catch (IOException e) {
      return JSON.missingNode();
    }
  }

  private static void post(String url, String body) throws IOException, InterruptedException {
    HTTP.send(
        HttpRequest.newBuilder(URI.create(url))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
