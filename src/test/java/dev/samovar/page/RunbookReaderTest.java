package dev.samovar.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samovar.checks.CheckId;
import dev.samovar.runbooks.Runbooks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunbookReaderTest {
  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path folder;

  private RunbookPage read(String markdown) throws IOException {
    Files.writeString(folder.resolve("gpu-memory.md"), markdown);
    return new RunbookReader(
            new Runbooks(Optional.of(folder), Optional.of("https://git.example.com/acme/runbooks")))
        .read(CheckId.GPU_MEMORY, "fraud & co");
  }

  private Document body(String markdown) throws IOException {
    return Jsoup.parseBodyFragment(read(markdown).body().toString());
  }

  @Test
  void raw_html_stays_text() throws IOException {
    Document body =
        body("# T\n\n<script>alert(1)</script>\n\nA <b onclick=x>word</b> <img src=x onerror=y>\n");

    assertThat(body.select("script, b, img")).isEmpty();
    assertThat(body.text()).contains("<script>alert(1)</script>").contains("<b onclick=x>");
  }

  @Test
  void links_lead_to_the_web_or_to_the_page_beside_or_nowhere() throws IOException {
    Document body =
        body(
            """
            # T

            [a](https://a.example/x?y=1) [b](data-drift.md#fix) [c](javascript:alert(1)) [d](#here)
            [e](<java script:x>) ![f](https://f.example/f.png) [![g](https://g.example/g.png)](https://h.example)
            [i](file:///etc/passwd) [j](//evil.example/x)
            """);

    assertThat(body.select("a").eachAttr("href"))
        .containsExactly(
            "https://a.example/x?y=1",
            "https://git.example.com/acme/runbooks/data-drift.md#fix",
            "https://f.example/f.png",
            "https://h.example",
            "https://evil.example/x");
    assertThat(body.select("a").eachAttr("rel")).allMatch("noopener noreferrer"::equals);
    assertThat(body.select("img")).isEmpty();
    assertThat(body.text()).contains("c").contains("f").contains("g");
  }

  @Test
  void headings_follow_each_other_whatever_was_left_out() throws IOException {
    Document body = body("# Title\n\n### A\n\n###### B\n\n## C\n\n### D\n");

    assertThat(read("# Title\n\ntext\n").title()).isEqualTo("Title");
    assertThat(body.select("h5, h6").stream().map(one -> one.tagName() + " " + one.text()))
        .containsExactly("h5 A", "h6 B", "h5 C", "h6 D");
    assertThat(body.select("h1, h2, h3, h4")).isEmpty();
  }

  @Test
  void tables_are_tables_and_the_model_stands_where_it_is_meant() throws IOException {
    Document body =
        body("---\nid: x\n---\n\n# T\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\nSay `/triage MODEL`.\n");

    assertThat(body.select("table th").eachText()).containsExactly("a", "b");
    assertThat(body.select("code").text()).isEqualTo("/triage fraud & co");
    assertThat(body.text()).doesNotContain("id: x");
  }
}
