package dev.samovar.playground;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.samovar.standin.Channel;
import dev.samovar.standin.Member;
import dev.samovar.standin.Message;
import dev.samovar.standin.Workspace;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who is let in, and what an app may do in the workspace. */
class PlaygroundTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-05-20T15:00:00Z"), ZoneOffset.UTC);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final byte[] PNG =
      Base64.getDecoder()
          .decode(
              "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

  private final HttpClient http = HttpClient.newHttpClient();
  private Workspace workspace;
  private Playground playground;
  private int port;

  @BeforeEach
  void open() throws Exception {
    HttpServer server = Playground.port(0);
    port = server.getAddress().getPort();
    workspace =
        new Workspace(
            CLOCK,
            List.of(
                new Member("U1", "ana", "Ana", "", ZoneOffset.UTC),
                new Member("U2", "ben", "Ben", "", ZoneOffset.UTC)),
            List.of(
                new Channel("C1", "inc-models", "", Optional.empty()),
                new Channel("D1", "samovar", "", Optional.of("U1"))),
            () -> "http://localhost:" + port);
    playground = Playground.open(server, workspace, new Still(), CLOCK);
  }

  @AfterEach
  void close() {
    playground.close();
    workspace.close();
  }

  /** A stage on which nothing happens. */
  private static final class Still implements Stage {
    @Override
    public List<Scene> scenes() {
      return List.of(new Scene("story", "much", "is it ok?"));
    }

    @Override
    public Situation situation() {
      return new Situation(
          State.READY, "story", List.of(), CLOCK.instant(), Duration.ZERO, "", false);
    }

    @Override
    public void play(String scene) {}

    @Override
    public void leap(Leap leap) {}

    @Override
    public void repair() {}

    @Override
    public void tell(Runnable onlooker) {}
  }

  /** What comes back for a request written by hand: clients forbid some headers. */
  private String raw(String method, String path, String body, String... headers)
      throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      String request =
          method
              + " "
              + path
              + " HTTP/1.1\r\nConnection: close\r\nContent-Length: "
              + body.length()
              + "\r\n"
              + String.join("\r\n", headers)
              + "\r\n\r\n"
              + body;
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private String key() {
    return playground.address().replaceFirst(".*key=", "");
  }

  private String cookie() {
    return "Cookie: other=1; samovar-sandbox-" + port + "=" + key();
  }

  private String host() {
    return "Host: localhost:" + port;
  }

  @Test
  void only_the_browser_that_was_given_the_key_is_let_in() throws Exception {
    assertThat(raw("GET", "/", "", host())).startsWith("HTTP/1.1 403").contains("key");
    assertThat(raw("GET", "/?key=guessed", "", host())).startsWith("HTTP/1.1 403");
    assertThat(raw("GET", "/?key=" + key(), "", host()))
        .startsWith("HTTP/1.1 303")
        .contains("HttpOnly; SameSite=Strict");
    assertThat(raw("GET", "/", "", host(), cookie()))
        .startsWith("HTTP/1.1 200")
        .containsIgnoringCase("content-security-policy: default-src 'none'; script-src 'self'")
        .doesNotContain("unsafe");
  }

  @Test
  void a_name_that_was_pointed_at_this_machine_is_refused() throws Exception {
    assertThat(raw("GET", "/state", "", "Host: evil.example:" + port, cookie()))
        .startsWith("HTTP/1.1 403");
    assertThat(raw("GET", "/?key=" + key(), "", "Host: evil.example", cookie()))
        .startsWith("HTTP/1.1 403");
  }

  @Test
  void another_sites_page_cannot_act() throws Exception {
    String act = "{\"as\":\"U1\",\"place\":\"C1\",\"text\":\"hello\"}";

    assertThat(raw("POST", "/act/say", act, host(), cookie())).startsWith("HTTP/1.1 403");
    assertThat(raw("POST", "/act/say", act, host(), cookie(), "Origin: https://evil.example"))
        .startsWith("HTTP/1.1 403");
    assertThat(raw("POST", "/act/say", act, host(), "Origin: http://localhost:" + port))
        .startsWith("HTTP/1.1 403");
    assertThat(workspace.read("C1", "U1")).isEmpty();

    assertThat(raw("POST", "/act/say", act, host(), cookie(), "Origin: http://localhost:" + port))
        .startsWith("HTTP/1.1 200");
    assertThat(workspace.read("C1", "U1")).extracting(Message::text).containsExactly("hello");
  }

  @Test
  void what_was_typed_is_escaped_marked_edited_and_taken_back() {
    String ts =
        workspace
            .say("U1", "C1", Optional.empty(), "<b> @ben in #inc-models https://a.example/?x&y")
            .orElseThrow();
    Message said = workspace.message("C1", ts).orElseThrow();

    assertThat(said.text())
        .isEqualTo("&lt;b&gt; <@U2> in <#C1|inc-models> <https://a.example/?x&amp;y>");
    assertThat(workspace.typed(said)).isEqualTo("<b> @ben in #inc-models https://a.example/?x&y");

    workspace.edit("U2", "C1", ts, "not theirs");
    assertThat(workspace.message("C1", ts)).contains(said);
    workspace.edit("U1", "C1", ts, "now <other>");
    assertThat(workspace.message("C1", ts).orElseThrow().text()).isEqualTo("now &lt;other&gt;");
    assertThat(workspace.message("C1", ts).orElseThrow().edited()).isPresent();
    workspace.remove("U2", "C1", ts);
    assertThat(workspace.message("C1", ts)).isPresent();
    workspace.remove("U1", "C1", ts);
    assertThat(workspace.message("C1", ts)).isEmpty();
  }

  private JsonNode api(String token, String method, Map<String, String> fields) throws Exception {
    String form =
        fields.entrySet().stream()
            .map(
                one ->
                    one.getKey() + "=" + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    return JSON.readTree(
        http.send(
                HttpRequest.newBuilder(URI.create(workspace.apiUrl() + method))
                    .header("Authorization", "Bearer " + token)
                    .POST(HttpRequest.BodyPublishers.ofString(form))
                    .build(),
                HttpResponse.BodyHandlers.ofString())
            .body());
  }

  private JsonNode api(String method, Map<String, String> fields) throws Exception {
    return api(workspace.botToken(), method, fields);
  }

  @Test
  void the_app_is_refused_what_slack_refuses() throws Exception {
    assertThat(api("xoxb-guessed", "chat.postMessage", Map.of()).path("error").asText())
        .isEqualTo("invalid_auth");
    assertThat(api("chat.postMessage", Map.of("channel", "C9", "text", "x")).path("error").asText())
        .isEqualTo("channel_not_found");
    String tooLong =
        "[{\"type\":\"header\",\"text\":{\"type\":\"plain_text\",\"text\":\""
            + "x".repeat(151)
            + "\"}}]";
    JsonNode refused =
        api("chat.postMessage", Map.of("channel", "C1", "text", "x", "blocks", tooLong));
    assertThat(refused.path("error").asText()).isEqualTo("invalid_blocks");
    assertThat(refused.at("/response_metadata/messages/0").asText()).contains("header", "150");
    assertThat(
            api(
                    "views.open",
                    Map.of("trigger_id", "1", "view", "{\"type\":\"modal\",\"blocks\":[]}"))
                .path("error")
                .asText())
        .isEqualTo("invalid_trigger_id");
    assertThat(workspace.read("C1", "U1")).isEmpty();
  }

  @Test
  void what_one_person_is_told_another_does_not_see() throws Exception {
    api("chat.postEphemeral", Map.of("channel", "C1", "user", "U1", "text", "psst"));

    assertThat(raw("GET", "/place?as=U1&place=C1", "", host(), cookie()))
        .contains("psst", "Only visible to you");
    assertThat(raw("GET", "/place?as=U2&place=C1", "", host(), cookie())).doesNotContain("psst");
    api("chat.postMessage", Map.of("channel", "U1", "text", "for Ana"));
    assertThat(raw("GET", "/place?as=U1&place=D1", "", host(), cookie())).contains("for Ana");
    assertThat(raw("GET", "/place?as=U2&place=D1", "", host(), cookie())).doesNotContain("for Ana");
  }

  @Test
  void a_picture_that_the_app_brings_is_shown_and_nothing_else_is_served_as_one() throws Exception {
    assertThat(upload("a.png", PNG)).contains("HTTP/1.1 200").contains("image/png");
    assertThat(upload("b.png", "<svg onload=alert(1)>".getBytes(StandardCharsets.UTF_8)))
        .startsWith("HTTP/1.1 404");
    assertThat(raw("GET", "/place?as=U1&place=C1", "", host(), cookie()))
        .contains("alt=\"a line that rises\"", "b.png");
  }

  /** Gives what the page is served for it. */
  private String upload(String name, byte[] content) throws Exception {
    JsonNode place =
        api(
            "files.getUploadURLExternal",
            Map.of(
                "filename", name, "length", "" + content.length, "alt_txt", "a line that rises"));
    http.send(
        HttpRequest.newBuilder(URI.create(place.get("upload_url").asText()))
            .POST(HttpRequest.BodyPublishers.ofByteArray(content))
            .build(),
        HttpResponse.BodyHandlers.discarding());
    String id = place.get("file_id").asText();
    api(
        "files.completeUploadExternal",
        Map.of(
            "files", "[{\"id\":\"" + id + "\",\"title\":\"" + name + "\"}]", "channel_id", "C1"));
    return raw("GET", "/file/" + id, "", host(), cookie());
  }
}
