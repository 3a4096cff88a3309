package dev.samovar.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A real browser with one page, driven by its DevTools protocol. */
public final class Chromium implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long SECONDS = 60;
  private static final String LISTENS = "DevTools listening on ";

  private final Process process;
  private final WebSocket socket;
  private final Map<Integer, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
  private final AtomicInteger count = new AtomicInteger();

  /** What the page complained of: errors of its script, and what its policy forbade. */
  private final List<String> complaints = new CopyOnWriteArrayList<>();

  private String session = "";

  private Chromium(Process process, String address) throws Exception {
    this.process = process;
    this.socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .buildAsync(URI.create(address), new Listener())
            .get(SECONDS, TimeUnit.SECONDS);
  }

  /** The browser of this machine; empty where there is none. */
  public static Optional<String> binary() {
    return Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
        .filter(path -> Files.isExecutable(Path.of(path)))
        .findFirst();
  }

  /**
   * @param folder for its profile
   */
  public static Chromium start(String binary, Path folder) throws Exception {
    List<String> command = new ArrayList<>(List.of(binary));
    command.addAll(
        List.of(
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--no-first-run",
            "--disable-extensions",
            "--disable-background-networking",
            "--hide-scrollbars",
            "--force-color-profile=srgb",
            "--lang=en-GB",
            "--remote-debugging-port=0",
            "--user-data-dir=" + folder,
            "about:blank"));
    Process process =
        new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    Chromium browser = new Chromium(process, address(process));
    JsonNode target = browser.send("Target.createTarget", Map.of("url", "about:blank"));
    JsonNode attached =
        browser.send(
            "Target.attachToTarget",
            Map.of("targetId", target.get("targetId").asText(), "flatten", true));
    browser.session = attached.get("sessionId").asText();
    for (String domain : List.of("Page.enable", "Runtime.enable", "Log.enable")) {
      browser.send(domain, Map.of());
    }
    return browser;
  }

  private static String address(Process process) throws IOException {
    // Not closed: the reader would take the browser's standard error with it.
    BufferedReader said =
        new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8));
    String line = said.readLine();
    while (line != null && !line.startsWith(LISTENS)) {
      line = said.readLine();
    }
    if (line == null) {
      throw new IOException("The browser ended before it listened");
    }
    Thread drain = new Thread(() -> said.lines().forEach(ignored -> {}), "browser");
    drain.setDaemon(true);
    drain.start();
    return line.substring(LISTENS.length());
  }

  public JsonNode send(String method, Map<String, Object> parameters) throws Exception {
    int id = count.incrementAndGet();
    ObjectNode command = JSON.createObjectNode().put("id", id).put("method", method);
    command.set("params", JSON.valueToTree(parameters));
    if (!session.isEmpty()) {
      command.put("sessionId", session);
    }
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    waiting.put(id, answer);
    socket.sendText(command.toString(), true).get(SECONDS, TimeUnit.SECONDS);
    JsonNode said = answer.get(SECONDS, TimeUnit.SECONDS);
    if (said.has("error")) {
      throw new AssertionError(method + ": " + said.get("error"));
    }
    return said.path("result");
  }

  public void open(String url) throws Exception {
    send("Page.navigate", Map.of("url", url));
  }

  /** What an expression of the page's language gives; waits where it is a promise. */
  public JsonNode evaluate(String expression) throws Exception {
    JsonNode answer =
        send(
            "Runtime.evaluate",
            Map.of("expression", expression, "awaitPromise", true, "returnByValue", true));
    if (answer.has("exceptionDetails")) {
      throw new AssertionError(expression + ": " + answer.get("exceptionDetails"));
    }
    return answer.path("result").path("value");
  }

  /** Waits until an expression is true in the page, whatever page that is by then. */
  public void await(String expression) throws Exception {
    await(expression, SECONDS);
  }

  public void await(String expression, long seconds) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    String asking =
        "new Promise(done => { const ends = Date.now() + 2000; const look = () => { let is = false;"
            + " try { is = Boolean("
            + expression
            + "); } catch (e) { is = false; }"
            + " if (is || Date.now() > ends) done(is); else setTimeout(look, 40); }; look(); })";
    while (System.nanoTime() < end) {
      JsonNode answer =
          send(
              "Runtime.evaluate",
              Map.of("expression", asking, "awaitPromise", true, "returnByValue", true));
      if (answer.path("result").path("value").asBoolean()) {
        return;
      }
    }
    throw new AssertionError(
        "It did not come: "
            + expression
            + "; the page says: "
            + evaluate("document.body.innerText").asText());
  }

  /** Clicks the middle of an element, as a mouse does. */
  public void click(String selector) throws Exception {
    clickOn("document.querySelector(" + JSON.writeValueAsString(selector) + ")");
  }

  /**
   * @param element an expression that gives it
   */
  public void clickOn(String element) throws Exception {
    JsonNode middle =
        evaluate(
            "(() => { const e = "
                + element
                + "; e.scrollIntoView({block: 'center'}); const r = e.getBoundingClientRect();"
                + " return {x: r.x + r.width / 2, y: r.y + r.height / 2}; })()");
    for (String type : List.of("mousePressed", "mouseReleased")) {
      send(
          "Input.dispatchMouseEvent",
          Map.of(
              "type",
              type,
              "x",
              middle.get("x").asDouble(),
              "y",
              middle.get("y").asDouble(),
              "button",
              "left",
              "clickCount",
              1));
    }
  }

  /** Into what has the focus. */
  public void type(String text) throws Exception {
    send("Input.insertText", Map.of("text", text));
  }

  /** Enter, Escape, Tab. */
  public void key(String key) throws Exception {
    int code =
        switch (key) {
          case "Enter" -> 13;
          case "Escape" -> 27;
          default -> 9;
        };
    for (String type : List.of("keyDown", "keyUp")) {
      Map<String, Object> event =
          new HashMap<>(
              Map.of("type", type, "key", key, "code", key, "windowsVirtualKeyCode", code));
      if (key.equals("Enter") && type.equals("keyDown")) {
        event.put("text", "\r");
      }
      send("Input.dispatchKeyEvent", event);
    }
  }

  public void size(int width, int height) throws Exception {
    send(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
  }

  public void dark(boolean isDark) throws Exception {
    send(
        "Emulation.setEmulatedMedia",
        Map.of(
            "features",
            List.of(Map.of("name", "prefers-color-scheme", "value", isDark ? "dark" : "light"))));
  }

  /**
   * What the page looks like.
   *
   * @param format {@code png}, or {@code webp}, which is a third of the size
   */
  public byte[] picture(String format) throws Exception {
    Map<String, Object> how = new HashMap<>(Map.of("format", format));
    if (!format.equals("png")) {
      how.put("quality", 88);
    }
    return Base64.getDecoder().decode(send("Page.captureScreenshot", how).get("data").asText());
  }

  public List<String> complaints() {
    return List.copyOf(complaints);
  }

  @Override
  public void close() {
    socket.abort();
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().onExit().orTimeout(10, TimeUnit.SECONDS).join();
  }

  private final class Listener implements WebSocket.Listener {
    private final StringBuilder told = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean isLast) {
      told.append(data);
      if (isLast) {
        hear(told.toString());
        told.setLength(0);
      }
      socket.request(1);
      return CompletableFuture.completedFuture(null);
    }

    private void hear(String text) {
      try {
        JsonNode said = JSON.readTree(text);
        CompletableFuture<JsonNode> answer = waiting.remove(said.path("id").asInt());
        if (answer != null) {
          answer.complete(said);
        }
        switch (said.path("method").asText()) {
          case "Runtime.exceptionThrown" ->
              complaints.add(said.at("/params/exceptionDetails").toString());
          case "Log.entryAdded" -> {
            if (said.at("/params/entry/level").asText().equals("error")) {
              complaints.add(said.at("/params/entry").toString());
            }
          }
          default -> {}
        }
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
