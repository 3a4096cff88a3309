package dev.samovar.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.samovar.fixture.Chromium;
import dev.samovar.runbooks.Runbooks;
import dev.samovar.triage.Report;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The page as people see it: the real browser, the accessibility judge that others use (axe-core,
 * {@code SAMOVAR_AXE}) and the W3C's reader of HTML ({@code SAMOVAR_VNU}). What it looks like lies
 * in {@code target/pages} afterwards.
 */
class PageInChromiumTest {
  private static final Path PICTURES = Path.of("target/pages");
  private static final int PHONE = 360;
  private static final int DESK = 1100;

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private static Path folder;

  private static @Nullable Chromium chromium;

  @BeforeAll
  static void start() throws IOException {
    assumeTrue(Chromium.isThere(), "chromium is not installed");
    chromium = Chromium.start();
  }

  @AfterAll
  static void stop() throws IOException {
    if (chromium != null) {
      chromium.close();
    }
  }

  private static Chromium chromium() {
    if (chromium == null) {
      throw new IllegalStateException("It was started");
    }
    return chromium;
  }

  private static Map<String, String> pages() {
    ReportPage page =
        new ReportPage(
            new Runbooks(Optional.empty(), Optional.of("https://git.example.com/acme/runbooks")));
    Map<String, String> pages = new LinkedHashMap<>();
    pages.put("rich", page.of(Reports.rich()));
    pages.put("symptoms", page.of(Reports.symptoms()));
    pages.put("calm", page.of(Reports.calm()));
    pages.put("notice", ReportPage.notice("This link has ended", "The thread may have a new one."));
    return pages;
  }

  private static URI file(String name, String html) throws IOException {
    return Files.writeString(folder.resolve(name + ".html"), html).toUri();
  }

  private static URI file(Report report) throws IOException {
    return file(
        "report", new ReportPage(new Runbooks(Optional.empty(), Optional.empty())).of(report));
  }

  @Test
  void the_accessibility_judge_finds_nothing() throws IOException {
    String axe = System.getenv("SAMOVAR_AXE");
    assumeTrue(axe != null, "no axe-core here: SAMOVAR_AXE is not set");
    String judge = Files.readString(Path.of(axe));
    List<String> found = new ArrayList<>();
    for (Map.Entry<String, String> page : pages().entrySet()) {
      URI address = file(page.getKey(), page.getValue());
      for (int width : page.getKey().equals("rich") ? new int[] {PHONE, DESK} : new int[] {PHONE}) {
        for (boolean isDark : new boolean[] {false, true}) {
          Chromium.Tab tab =
              chromium().tab().sized(width, 740).seenAs("screen", isDark).open(address);
          String name = page.getKey() + "-" + width + (isDark ? "-dark" : "");
          tab.picture(PICTURES.resolve(name + ".png"));
          tab.value("document.querySelectorAll('details').forEach(one => one.open = true)");
          tab.value(judge + ";'ready'");
          JsonNode said =
              tab.value(
                  "axe.run(document).then(r => ({passes: r.passes.length, violations:"
                      + " r.violations.map(v => v.id + ': ' + v.nodes.map(n => n.target + ' '"
                      + " + n.failureSummary).join('; '))}))");
          assertThat(said.get("passes").asInt())
              .as("rules that had something to judge")
              .isGreaterThan(10);
          said.get("violations").forEach(one -> found.add(name + " " + one.asText()));
          tab.close();
        }
      }
    }

    assertThat(found).isEmpty();
  }

  @Test
  void the_w3c_reads_it_without_a_word() throws Exception {
    String reader = System.getenv("SAMOVAR_VNU");
    assumeTrue(reader != null, "no Nu HTML checker here: SAMOVAR_VNU is not set");
    List<String> command =
        new ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-jar",
                reader,
                "--stdout",
                // It reckons with no hashes of styles; the browser does, in the test below.
                "--filterpattern",
                ".*Inline style violates Content Security Policy.*"));
    for (Map.Entry<String, String> page : pages().entrySet()) {
      command.add(Path.of(file(page.getKey(), page.getValue())).toString());
    }
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    assertThat(said).isEmpty();
  }

  @Test
  void nobody_scrolls_sideways_not_even_with_long_words() throws IOException {
    String word = "x".repeat(400);
    for (Report report : List.of(Reports.rich(), Reports.rich(text -> text + word))) {
      for (int width : new int[] {320, PHONE, DESK}) {
        Chromium.Tab tab = chromium().tab().sized(width, 740).open(file(report));
        tab.value("document.querySelectorAll('details').forEach(one => one.open = true)");

        assertThat(tab.value("document.documentElement.scrollWidth").asInt())
            .as("at " + width)
            .isLessThanOrEqualTo(width);
        assertThat(
                tab.value(
                        "[...document.querySelectorAll('body *:not(.hidden)')].filter(e =>"
                            + " e.getBoundingClientRect().right > innerWidth + 1).length")
                    .asInt())
            .as("elements that are cut off at " + width)
            .isZero();
        tab.close();
      }
    }
  }

  @Test
  void it_asks_nobody_for_anything_and_the_browser_has_nothing_to_complain_of() throws IOException {
    Chromium.Tab tab = chromium().tab().sized(DESK, 740);
    URI address = file(Reports.rich(text -> text + "<img src=x onerror='window.owned=1'>"));
    tab.open(address);

    assertThat(tab.requests()).containsExactly(address.toString());
    assertThat(tab.complaints()).isEmpty();
    assertThat(tab.value("window.owned === undefined").asBoolean()).isTrue();
    // The style is in force: its hash is the policy's.
    assertThat(tab.value("getComputedStyle(document.querySelector('main')).maxWidth").asText())
        .isEqualTo("736px");
    tab.close();
  }

  /** What a mistake in a template would let in, the policy keeps out. */
  @Test
  void the_policy_runs_nothing_and_fetches_nothing() throws IOException {
    String page =
        new ReportPage(new Runbooks(Optional.empty(), Optional.empty()))
            .of(Reports.calm())
            .replace(
                "</main>",
                "<script>window.owned=1</script><img src=x onerror='window.owned=1'>"
                    + "<img src='https://evil.example/x.png'><p style='display:none'>x</p></main>");
    Chromium.Tab tab = chromium().tab().sized(DESK, 740).open(file("broken", page));

    assertThat(tab.value("window.owned === undefined").asBoolean()).isTrue();
    assertThat(tab.value("getComputedStyle(document.querySelector('main > p')).display").asText())
        .isEqualTo("block");
    assertThat(tab.complaints()).anyMatch(said -> said.contains("Content Security Policy"));
    tab.close();
  }

  @Test
  void what_is_folded_is_printed() throws IOException {
    String visible =
        "[...document.querySelectorAll('.markdown, .inside')].map(one =>"
            + " one.checkVisibility({contentVisibilityAuto: true, visibilityProperty: true})"
            + " && one.getBoundingClientRect().height > 10)";
    Chromium.Tab tab = chromium().tab().sized(DESK, 740).open(file(Reports.rich()));
    assertThat(tab.value(visible)).isNotEmpty().noneMatch(JsonNode::asBoolean);
    tab.seenAs("print", true).painted();
    assertThat(tab.value(visible)).isNotEmpty().allMatch(JsonNode::asBoolean);
    // On paper it is dark on light, whatever the screen is.
    assertThat(tab.value("getComputedStyle(document.body).backgroundColor").asText())
        .isEqualTo("rgb(255, 255, 255)");
    tab.picture(PICTURES.resolve("rich-print.png"));
    tab.close();
  }

  @Test
  void all_of_it_is_reached_with_the_keyboard() throws IOException {
    Chromium.Tab tab = chromium().tab().sized(PHONE, 740).open(file(Reports.rich()));
    int stops =
        tab.value(
                "[...document.querySelectorAll('a[href], summary')].filter(one =>"
                    + " one.checkVisibility()).length")
            .asInt();
    List<String> outlines = new ArrayList<>();
    for (int i = 0; i < stops; i++) {
      tab.press("Tab", 9);
      outlines.add(
          tab.value(
                  "document.activeElement.matches('a[href], summary') +"
                      + " getComputedStyle(document.activeElement).outlineStyle")
              .asText());
    }
    assertThat(outlines).hasSize(stops).allMatch("truesolid"::equals);
    tab.value("document.querySelector('.runbook summary').focus()");
    tab.press("Enter", 13);

    assertThat(tab.value("document.querySelector('.runbook').open").asBoolean()).isTrue();
    tab.close();
  }
}
