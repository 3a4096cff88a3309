package dev.samovar.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.samovar.checks.CheckId;
import dev.samovar.report.Format;
import dev.samovar.runbooks.Runbooks;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;

class ReportPageTest {
  private static final Runbooks RUNBOOKS =
      new Runbooks(Optional.empty(), Optional.of("https://git.example.com/acme/runbooks"));
  private static final Picture DOT =
      new Picture(
          Base64.getDecoder()
              .decode(
                  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="),
          640,
          320,
          "amount rose at 13:52 \"from\" 25 to 2,500");
  private static final ReportPage PAGE = new ReportPage(RUNBOOKS, report -> List.of(DOT));

  /** What has got through other pages' escaping. */
  private static final List<String> ATTACKS =
      List.of(
          "<script>alert(1)</script>",
          "\"><script>alert(1)</script>",
          "'\"><img src=x onerror=alert(1)>",
          "</title><script>alert(1)</script>",
          "</style><script>alert(1)</script>",
          "</p></article></section><h1>owned</h1>",
          "<svg/onload=alert(1)>",
          "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
          "javascript:alert(1)",
          "java\tscript:alert(1)",
          "data:text/html,<script>alert(1)</script>",
          "<a href=\"javascript:alert(1)\">x</a>",
          "<!-- --><script>alert(1)</script>",
          "]]><script>alert(1)</script>",
          "<iframe srcdoc=\"<script>alert(1)</script>\">",
          "<meta http-equiv=refresh content=0;url=//evil.example>",
          "<base href=//evil.example>",
          "<form action=//evil.example><input name=x>",
          "<style>*{background:url(//evil.example)}</style>",
          "<link rel=stylesheet href=//evil.example>",
          "&lt;script&gt;alert(1)&lt;/script&gt;",
          "&#x3c;script&#x3e;",
          "`<script>alert(1)</script>`",
          "${7*7}#{7*7}{{7*7}}@if(true)x@endif",
          "\u0000<scr\u0000ipt>",
          "<scr\u00adipt>",
          "\u202e>tpircs<",
          "<x onmouseover=alert(1) style=x>",
          "<math><mtext></mtext><script>alert(1)</script></math>",
          "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
          "＜script＞alert(1)＜/script＞",
          "<details open ontoggle=alert(1)>");

  private static Document read(String html) {
    return Jsoup.parse(html, "https://samovar.example.com/r/x");
  }

  /** The page's elements, without those for code that words bring along. */
  private static List<String> elements(Document page) {
    return page.getAllElements().stream()
        .filter(element -> !isCodeInWords(element))
        .map(
            element ->
                element.tagName()
                    + element.attributes().asList().stream()
                        .map(Attribute::getKey)
                        .sorted()
                        .collect(Collectors.joining(" ", "[", "]")))
        .toList();
  }

  private static boolean isCodeInWords(Element element) {
    return element.tagName().equals("code")
        && element.parent() != null
        && element.parent().hasClass("remedy");
  }

  private static void assertNothingNew(String outside) {
    Document plain = read(PAGE.of(Reports.rich(text -> "x" + text)));
    Document attacked = read(PAGE.of(Reports.rich(text -> "x" + outside + text)));

    assertThat(elements(attacked)).isEqualTo(elements(plain));
    Set<String> attributes = new TreeSet<>();
    attacked
        .getAllElements()
        .forEach(one -> one.attributes().forEach(attribute -> attributes.add(attribute.getKey())));
    assertThat(attributes)
        .noneMatch(name -> name.startsWith("on"))
        .doesNotContain("style", "srcdoc", "action", "formaction", "ping", "target");
    assertThat(attacked.select("[href]"))
        .allMatch(
            link ->
                link.attr("href")
                    .matches("(?s)https://.*|#[a-z]+|data:application/json;base64,.*"));
  }

  @Test
  void attacks_stay_text() {
    ATTACKS.forEach(ReportPageTest::assertNothingNew);
  }

  @Provide
  static Arbitrary<String> markup() {
    return Arbitraries.of(
            "<",
            ">",
            "\"",
            "'",
            "&",
            "/",
            "=",
            "`",
            "-->",
            "<!--",
            "]]>",
            "script",
            "style",
            "img",
            " onerror=",
            "javascript:",
            "&lt;",
            "&#60;",
            "\n",
            "\u0000",
            "\u2028",
            "\ud800",
            "x",
            "@",
            "${",
            "}",
            "</",
            "/>",
            "svg",
            "\\",
            "%3C",
            "\u202e")
        .list()
        .ofMaxSize(12)
        .map(parts -> String.join("", parts));
  }

  @Property(tries = 60)
  void no_text_makes_an_element(@ForAll("markup") String outside) {
    assertNothingNew(outside);
  }

  @Property(tries = 40)
  void any_text_is_shown(@ForAll String outside) {
    Document page = read(PAGE.of(Reports.rich(text -> "x" + outside)));
    String said = dev.samovar.report.Wording.plain("x" + outside);

    assertThat(page.expectFirst(".brand .model").wholeText())
        .isEqualTo(new String(said.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8));
  }

  @Test
  void only_addresses_of_the_web_become_links() {
    assertThat(Link.of("https://kibana.example.com/a?b=(c:'d',e:\"f\")#/%20é"))
        .contains(new Link("https://kibana.example.com/a?b=(c:'d',e:%22f%22)#/%20é"));
    for (String bad :
        List.of(
            "javascript:alert(1)",
            "//evil.example",
            "data:text/html,x",
            " java script:x",
            "/r/x",
            "https://a\u202eb",
            "https://a b",
            "http:x",
            "vbscript:x",
            "",
            "file:///etc/passwd")) {
      assertThat(Link.of(bad)).as(bad).isEmpty();
    }
  }

  @Test
  void it_needs_nothing_else_and_runs_nothing() {
    Document page = read(PAGE.of(Reports.rich()));

    assertThat(page.select("script, link, iframe, object, embed, form, input, base, audio, video"))
        .isEmpty();
    assertThat(page.select("[src]")).allMatch(one -> one.attr("src").startsWith("data:image/png;"));
    assertThat(page.select("meta[http-equiv=Content-Security-Policy]").attr("content"))
        .isEqualTo(Style.policy());
    assertThat(page.select("style")).hasSize(1);
  }

  @Test
  void it_says_everything_the_report_says() throws Exception {
    Document page = read(PAGE.of(Reports.rich()));
    String text = page.text();

    assertThat(page.title()).isEqualTo("fraud-scorer: Cause found");
    assertThat(page.select("h1").text())
        .isEqualTo(
            "The preprocessing went from 2.4.0 to 2.4.1 and amount is 100 times larger since");
    assertThat(page.select("article.cause h3").eachText())
        .containsExactly("1. preprocessing-change", "2. training-serving-skew");
    assertThat(page.select("details.check .name").eachText())
        .containsExactlyElementsOf(
            java.util.Arrays.stream(CheckId.values()).map(CheckId::id).toList());
    assertThat(page.select("#clear code").eachText()).contains("data-drift").hasSize(10);
    assertThat(page.select("#unseen").text())
        .contains("gpu-memory host-resources")
        .contains("no index matches metrics-*")
        .contains("Elasticsearch answered 503");
    assertThat(page.select("#unseen .remedy code").eachText())
        .containsExactly("prometheus: { url: … }", "metrics-*");
    assertThat(page.select("#moments li").eachText())
        .hasSize(7)
        .anyMatch(line -> line.contains("13:52") && line.contains("It began"));
    assertThat(page.select("details.runbook h4").eachText())
        .contains("Runbook: The preprocessing was changed");
    assertThat(page.expectFirst(".markdown").text())
        .contains("Stop the bleeding")
        .contains("/triage fraud-scorer since 10m")
        .doesNotContain("owner: ml-platform");
    assertThat(page.select("#pictures img").attr("alt")).isEqualTo(DOT.alt());
    assertThat(text).contains("97.0 %").contains("0.81 js-distance").contains("3f9c21ab");
    String json = page.expectFirst("#json pre").wholeText();
    assertThat(new ObjectMapper().readTree(json))
        .isEqualTo(new ObjectMapper().readTree(Format.JSON.render(Reports.rich())));
    String saved = page.select("#json a").attr("href");
    assertThat(
            new String(
                Base64.getDecoder().decode(saved.substring(saved.indexOf(',') + 1)),
                StandardCharsets.UTF_8))
        .isEqualTo(json);
    assertThat(page.select("#json a").attr("download"))
        .isEqualTo("samovar-fraud-scorer-3f9c21ab.json");
  }

  @Test
  void the_command_is_one_that_a_shell_takes_as_it_is_meant() {
    assertThat(Command.of(Reports.rich()))
        .isEqualTo(
            """
            java -jar samovar.jar triage \\
              --from=2026-05-20T13:00:00Z \\
              --at=2026-05-20T15:00:00Z \\
              --text='the fraud model'\\''s acting weird since lunch, lots of blocked cards' \\
              fraud-scorer\
            """);
    assertThat(Command.quoted("$(reboot)`x`\"; rm -rf / #"))
        .isEqualTo("'$(reboot)`x`\"; rm -rf / #'");
    assertThat(Command.of(Reports.rich(text -> "-" + text))).endsWith("-- '-fraud-scorer'");
  }

  @Test
  void a_shell_gives_back_the_words() throws Exception {
    for (String attack : ATTACKS) {
      String words = dev.samovar.report.Wording.plain("a " + attack);
      Process shell =
          new ProcessBuilder("sh", "-c", "printf %s " + Command.quoted(words))
              .redirectErrorStream(true)
              .start();
      assertThat(new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .isEqualTo(words);
    }
  }

  @Test
  void headings_go_down_a_step_at_a_time() {
    for (String html : List.of(PAGE.of(Reports.rich()), PAGE.of(Reports.calm()))) {
      int above = 0;
      for (Element heading : read(html).select("h1, h2, h3, h4, h5, h6")) {
        int level = heading.tagName().charAt(1) - '0';
        assertThat(level).as(heading.text()).isLessThanOrEqualTo(above + 1);
        above = level;
      }
    }
  }

  @Test
  void a_calm_report_says_so_and_no_more() {
    Document page = read(new ReportPage(RUNBOOKS).of(Reports.calm()));

    assertThat(page.select("h2").eachText())
        .containsExactly("Ruled out", "Every check", "Run it again", "For programs");
    assertThat(page.select("body").hasClass("all-clear")).isTrue();
  }
}
