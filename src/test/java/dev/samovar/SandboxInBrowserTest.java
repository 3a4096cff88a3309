package dev.samovar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.samovar.browser.Chromium;
import dev.samovar.playground.Playground;
import dev.samovar.sandbox.SandboxClock;
import dev.samovar.sandbox.Scenario;
import dev.samovar.standin.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A visitor in a real browser, from the first message to the handoff: the app, the stand-in for
 * Slack, Elasticsearch and the page are those of {@code sandbox --web}. With {@code -Dtour=true} it
 * takes the pictures of the README.
 */
class SandboxInBrowserTest {
  private static final Path TOUR = Path.of("src", "site", "tour");

  /** The same, for who has nothing to look at WebP with. */
  private static final Path LOOK = Path.of("target", "tour");

  private static final int MOST_PICTURE_BYTES = 150_000;
  private static final long PREPARING_SECONDS = 240;
  private static final String HEADLINE = "document.querySelector('#answers h3').textContent";

  @BeforeAll
  static void needs_a_browser() {
    boolean isThere = Chromium.binary().isPresent();
    if (!isThere) {
      System.out.println("Skipped: there is no /usr/bin/chromium to look at the page with.");
    }
    assumeTrue(isThere, "no Chromium here");
  }

  @Test
  void a_visitor_asks_presses_submits_and_lets_time_pass(@TempDir Path folder) throws Exception {
    SandboxPeople people = new SandboxPeople(ZoneOffset.UTC);
    SandboxClock clock = new SandboxClock(Clock.systemUTC());
    HttpServer http = Playground.port(0);
    int port = http.getAddress().getPort();
    try (Workspace workspace =
            new Workspace(
                clock, people.members(), people.channels(), () -> "http://localhost:" + port);
        WebSandbox sandbox = new WebSandbox(workspace, clock, people, Scenario.STORY);
        Playground playground = Playground.open(http, workspace, sandbox, clock);
        Chromium browser =
            Chromium.start(Chromium.binary().orElseThrow(), folder.resolve("profile"))) {
      browser.size(1200, 760);
      browser.open(playground.address());
      browser.await("document.body.dataset.live");
      sandbox.start();
      sees_how_far_it_is(browser);
      asks(browser);
      takes_it(browser);
      reads_the_details(browser);
      says_what_looks_like_markup(browser);
      tells_stakeholders(browser);
      hands_over(browser);
      watches_until_it_is_well(browser);
      previews_the_handoff(browser);
      sees_the_end_of_the_shift(browser);
      tells_another_story(browser);
      assertThat(browser.complaints()).isEmpty();
    }
  }

  private static void sees_how_far_it_is(Chromium browser) throws Exception {
    browser.await(
        "document.querySelector('#steps li:last-child').textContent.includes('nine days')",
        PREPARING_SECONDS);
    assertThat(browser.evaluate("document.querySelector('#text').disabled").asBoolean()).isTrue();
    ready(browser);
    assertThat(browser.evaluate("document.querySelector('#steps').hidden").asBoolean()).isTrue();
  }

  private static void ready(Chromium browser) throws Exception {
    browser.await("document.body.dataset.state === 'ready'", PREPARING_SECONDS);
  }

  private static void say(Chromium browser, String field, String words) throws Exception {
    browser.click(field);
    browser.type(words);
    browser.key("Enter");
  }

  /** A machine that does much else may let checks time out; then one asks again. */
  private static void cause(Chromium browser) throws Exception {
    browser.await("document.querySelector('#answers h3')", PREPARING_SECONDS);
    for (int i = 0; i < 3 && isTimedOut(browser); i++) {
      press(browser, "Run again");
      browser.await("document.querySelector('#answers').innerText.includes('Looking again')");
      browser.await(
          "!document.querySelector('#answers').innerText.includes('Looking again')",
          PREPARING_SECONDS);
    }
    assertThat(browser.evaluate(HEADLINE).asText()).contains("CAUSE FOUND");
  }

  private static boolean isTimedOut(Chromium browser) throws Exception {
    return browser
        .evaluate("document.querySelector('#answers').innerText.includes('timed out')")
        .asBoolean();
  }

  /** A button of the thread. */
  private static void press(Chromium browser, String words) throws Exception {
    browser.clickOn(
        "[...document.querySelectorAll('#answers button')].filter(b => b.textContent.startsWith("
            + new ObjectMapper().writeValueAsString(words)
            + "))[0]");
  }

  private static void asks(Chromium browser) throws Exception {
    say(browser, "#text", "the fraud model's acting weird since 2h");
    browser.await("document.querySelector('#messages .reaction [aria-label=eyes]')");
    // The thread opens by itself.
    cause(browser);
    assertThat(browser.evaluate("document.querySelector('#answers').innerText").asText())
        .contains("100 times larger", "1.4.2", "1.4.3")
        .doesNotContain("<!date", "&amp;", "&lt;");
    // What comes later moves the buttons.
    browser.await(
        "[...document.querySelectorAll('#answers img')].filter(i => i.complete).length > 2");
    picture(browser, "1-answer");
  }

  private static void says_what_looks_like_markup(Chromium browser) throws Exception {
    String hostile =
        "<img src=x onerror=\"window.broken=1\"><script>window.broken=1</script> &amp; *bold*";
    say(browser, "#reply", hostile);
    browser.await(
        "[...document.querySelectorAll('#answers .content')].at(-1).innerText.startsWith('<img')");
    assertThat(
            browser
                .evaluate("[...document.querySelectorAll('#answers .content')].at(-1).innerText")
                .asText())
        .isEqualTo(hostile.replace("*", ""));
    assertThat(
            browser
                .evaluate(
                    "window.broken === undefined && !document.querySelector('#answers img[src=x],"
                        + " #answers script')")
                .asBoolean())
        .isTrue();
  }

  private static void takes_it(Chromium browser) throws Exception {
    press(browser, "I'm on it");
    browser.await("document.querySelector('#answers').innerText.includes('On it @Ana Costa')");
  }

  private static void reads_the_details(Chromium browser) throws Exception {
    press(browser, "Details");
    browser.await("document.querySelector('#modal[open] h2').textContent === 'Every check'");
    picture(browser, "2-details");
    choose(browser, "#modal select", "gpu-memory");
    browser.await("document.querySelector('#modal .sheet').innerText.includes('GPU')");
    browser.key("Escape");
    browser.await("!document.querySelector('#modal').open");
  }

  private static void choose(Chromium browser, String select, String value) throws Exception {
    browser.evaluate(
        "(() => { const s = document.querySelector('"
            + select
            + "'); s.value = '"
            + value
            + "'; s.dispatchEvent(new Event('change', {bubbles: true})); })()");
  }

  private static void tells_stakeholders(Chromium browser) throws Exception {
    press(browser, "Update for stakeholders");
    browser.await("document.querySelector('#modal[open] textarea').value.length > 20");
    browser.click("#modal button.primary");
    browser.await("document.querySelector('#modal .complaint')");
    assertThat(browser.evaluate("document.querySelector('#modal textarea').value").asText())
        .contains("fraud-scorer");
    choose(browser, "#modal select", "C0TALK");
    browser.click("#modal button.primary");
    browser.await("!document.querySelector('#modal').open");
    browser.await("document.querySelector('#channels .unread')?.textContent === '# ml-talk'");
  }

  private static void hands_over(Chromium browser) throws Exception {
    press(browser, "Hand over");
    browser.await("document.querySelector('#modal[open] select')");
    choose(browser, "#modal select", "U0BEN");
    browser.click("#modal button.primary");
    browser.await("!document.querySelector('#modal').open");
    browser.await("document.querySelector('#answers').innerText.includes('On it @Ben Okafor')");
  }

  private static void watches_until_it_is_well(Chromium browser) throws Exception {
    press(browser, "Watch until well");
    browser.await("document.querySelector('#answers').innerText.includes('Watched until')");
    browser.click("#repair");
    browser.await("document.querySelector('#repair').textContent === 'Recovering'");
    browser.click("[data-leap=hour]");
    browser.await(
        "document.querySelector('#clock').textContent.includes('1 h ahead')", PREPARING_SECONDS);
    ready(browser);
    browser.await(
        "document.querySelector('#answers').innerText.includes('is well again')",
        PREPARING_SECONDS);
  }

  private static void previews_the_handoff(Chromium browser) throws Exception {
    say(browser, "#text", "/handoff");
    browser.await("document.querySelector('#messages .only')?.innerText.includes('Looking at')");
    browser.await(
        "[...document.querySelectorAll('#messages .only')].some(m => m.innerText.includes('Only you"
            + " see this'))",
        PREPARING_SECONDS);
    // Another person does not see it.
    browser.click("[data-member=U0BEN]");
    browser.await("document.body.dataset.live === 'U0BEN'");
    assertThat(browser.evaluate("document.querySelectorAll('#messages .only').length").asInt())
        .isZero();
  }

  private static void sees_the_end_of_the_shift(Chromium browser) throws Exception {
    browser.clickOn(
        "[...document.querySelectorAll('#channels button')].find(b =>"
            + " b.textContent.includes('ml-platform'))");
    browser.click("[data-leap=shift]");
    browser.await(
        "[...document.querySelectorAll('#messages button')].some(b => b.textContent ==="
            + " 'Acknowledge')",
        PREPARING_SECONDS);
    ready(browser);
    String next = browser.evaluate("document.querySelector('#shift').innerText").asText();
    picture(browser, "3-handoff");
    String name = next.replaceFirst("On call: ", "").replaceFirst(",.*", "");
    browser.clickOn(
        "[...document.querySelectorAll('#members button')].find(b => b.textContent.includes('"
            + name
            + "'))");
    browser.await(
        "document.querySelector('#members [aria-current]').textContent.includes('" + name + "')");
    browser.await(
        "document.body.dataset.live === document.querySelector('#members"
            + " [aria-current]').dataset.member");
    browser.clickOn(
        "[...document.querySelectorAll('#messages button')].find(b => b.textContent ==="
            + " 'Acknowledge')");
    browser.await(
        "document.querySelector('#messages').innerText.includes('Taken by @" + name + "')");
  }

  private static void tells_another_story(Chromium browser) throws Exception {
    choose(browser, "#scenes", "gpu-memory");
    browser.await("document.body.dataset.state === 'preparing'");
    ready(browser);
    browser.clickOn("document.querySelector('#channels button')");
    browser.await("document.querySelectorAll('#messages .message').length === 0");
    say(browser, "#text", "eta-model is throwing errors since 2h");
    cause(browser);
    assertThat(browser.evaluate("document.querySelector('#answers').innerText").asText())
        .contains("Most likely: gpu-memory");
    browser.dark(true);
    picture(browser, "4-dark");
  }

  private static void picture(Chromium browser, String name) throws Exception {
    byte[] picture = browser.picture("webp");
    assertThat(picture.length).as(name).isBetween(5_000, MOST_PICTURE_BYTES);
    if (Boolean.getBoolean("tour")) {
      Files.createDirectories(TOUR);
      Files.write(TOUR.resolve(name + ".webp"), picture);
      Files.createDirectories(LOOK);
      Files.write(LOOK.resolve(name + ".png"), browser.picture("png"));
    }
  }
}
