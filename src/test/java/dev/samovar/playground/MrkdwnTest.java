package dev.samovar.playground;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MrkdwnTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-05-20T15:00:00Z"), ZoneOffset.UTC);
  private static final Mrkdwn MRKDWN =
      new Mrkdwn(
          id -> id.equals("U1") ? Optional.of("Ana <b>") : Optional.empty(), new Moments(CLOCK));
  private static final BlockKit BLOCKS = new BlockKit(MRKDWN, List::of, List::of);

  /** A tag that the page may hold, whole, with attributes that can do nothing. */
  private static final Pattern TAG =
      Pattern.compile(
          "</?(?:a|b|blockquote|br|button|code|details|div|em|footer|form|h2|h3|header|hr|input|label"
              + "|li|ol|option|p|pre|s|select|small|span|strong|summary|textarea|time|ul)"
              + "(?: (?:href=\"(?:(?i:https?)://|(?i:mailto):)[^\"<>\\s]*\""
              + "|(?:aria-label|alt|checked|class|data-[a-z-]+|datetime|for|id|maxlength|name"
              + "|placeholder|rel|role|rows|selected|target|title|type|value)=\"[^\"<>]*\"))*>");

  private static String html(String mrkdwn) {
    return Node.html(MRKDWN.render(mrkdwn));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      value = {
        "plain ¦ plain",
        "*bold* and _it_ and ~no~ ¦ <strong>bold</strong> and <em>it</em> and <s>no</s>",
        "2*3*4 and snake_case_name ¦ 2*3*4 and snake_case_name",
        "* no * and ** ¦ * no * and **",
        "*a _b_* ¦ <strong>a <em>b</em></strong>",
        "`a *b* &lt;c&gt;` ¦ <code>a *b* &lt;c&gt;</code>",
        "a &amp; b &lt;i&gt; ¦ a &amp; b &lt;i&gt;",
        "&amp;lt;script&amp;gt; ¦ &amp;lt;script&amp;gt;",
        "<@U1> ¦ <span class=\"mention\">@Ana &lt;b&gt;</span>",
        "<#C1|inc-models> ¦ <span class=\"mention\">#inc-models</span>",
        "<!here> ¦ <span class=\"mention\">@here</span>",
        "<javascript:alert(1)|x> ¦ &lt;javascript:alert(1)|x&gt;",
        "<img src=x onerror=y> ¦ &lt;img src=x onerror=y&gt;",
        ":tea_time: 10:30:59 ¦ :tea_time: 10:30:59",
      })
  void it_is_read_as_slack_reads_it(String mrkdwn, String html) {
    assertThat(html(mrkdwn)).isEqualTo(html);
  }

  @Test
  void links_lead_out_in_a_page_of_their_own() {
    assertThat(html("<https://a.example/?x=1&amp;y=2|the *logs*>"))
        .isEqualTo(
            "<a href=\"https://a.example/?x=1&amp;y=2\" rel=\"noopener noreferrer\""
                + " target=\"_blank\">the *logs*</a>");
  }

  @Test
  void dates_are_the_readers() {
    assertThat(html("<!date^1779283800^{date_short_pretty} at {time}|2026-05-20 13:30 UTC>"))
        .contains(">today at 13:30</time>");
    assertThat(html("<!date^1779111000^{date_short_pretty} at {time}|x>"))
        .contains(">May 18, 2026 at 13:30</time>");
  }

  @Test
  void quotes_and_fences_are_blocks() {
    assertThat(html("said\n&gt; one\n&gt; two\nend\n```a\n *b* <https://x.example|x>```"))
        .isEqualTo("said<blockquote>one<br>two</blockquote>end<pre>a\n *b* x</pre>");
  }

  @Property(tries = 3000)
  void whatever_is_said_is_no_markup(@ForAll("hostile") String text) {
    assertHarmless(html(text));
  }

  @Property(tries = 1000)
  void whatever_stands_in_blocks_is_no_markup(@ForAll("hostile") String text) {
    assertHarmless(Node.html(BLOCKS.render(blocks(text))));
  }

  @Property(tries = 1000)
  void plain_words_are_all_shown(@ForAll("words") String words) {
    assertThat(html(words)).isEqualTo(words);
  }

  private static void assertHarmless(String html) {
    String rest = TAG.matcher(html).replaceAll("");
    assertThat(rest).doesNotContain("<", ">", "\"", "'");
    assertThat(rest.replaceAll("&(?:amp|lt|gt|quot|#39);", "")).doesNotContain("&");
  }

  @Provide
  Arbitrary<String> hostile() {
    Arbitrary<String> piece =
        Arbitraries.oneOf(
            Arbitraries.of(
                "<script>",
                "</script>",
                "<img src=x onerror=alert(1)>",
                "javascript:alert(1)",
                "<javascript:x|y>",
                "<https://x\" onclick=\"y|z>",
                "<http://a' b|c>",
                "<@U1>",
                "<@U1|\"><b>",
                "<!date^1^{time}\"|<i>>",
                "<!date^99999999999^x|y>",
                "&lt;b&gt;",
                "&amp;lt;",
                "&#60;",
                "\"",
                "'",
                "`",
                "```",
                "*",
                "_",
                "~",
                "\n",
                "\n&gt;",
                ">",
                "<",
                "|",
                ":tea:",
                ":\"x:",
                "\0",
                "\u2028",
                "data:text/html,<b>",
                "<a href=x>",
                "-->",
                "]]>",
                "<!--",
                "<HTTPS://x|y>",
                "<mailto:a@b|\">"),
            Arbitraries.strings().ofMaxLength(6));
    return piece.list().ofMaxSize(14).map(all -> String.join("", all));
  }

  @Provide
  Arbitrary<String> words() {
    return Arbitraries.strings().withCharRange('a', 'z').withChars(' ', ',', '.').ofMaxLength(60);
  }

  /** The same text wherever a block can hold one. */
  private static ArrayNode blocks(String text) {
    ObjectMapper json = new ObjectMapper();
    ArrayNode blocks = json.createArrayNode();
    for (String type : List.of("mrkdwn", "plain_text")) {
      ObjectNode section = blocks.addObject().put("type", "section").put("block_id", text);
      section.putObject("text").put("type", type).put("text", text);
      section.putArray("fields").addObject().put("type", type).put("text", text);
      ObjectNode button = section.putObject("accessory").put("type", "button").put("url", text);
      button.put("action_id", text).put("value", text).put("style", text);
      button.putObject("text").put("text", text);
      button.putObject("confirm").putObject("text").put("text", text);
    }
    blocks.addObject().put("type", "header").putObject("text").put("text", text);
    blocks.addObject().put("type", text);
    ObjectNode image = blocks.addObject().put("type", "image").put("alt_text", text);
    image.put("image_url", text).putObject("slack_file").put("id", text);
    ObjectNode select = blocks.addObject().put("type", "input").put("block_id", text);
    select.putObject("label").put("text", text);
    ObjectNode element = select.putObject("element").put("type", "static_select");
    element.put("action_id", text).putObject("placeholder").put("text", text);
    ObjectNode option = element.putArray("options").addObject().put("value", text);
    option.putObject("text").put("text", text);
    ObjectNode input = blocks.addObject().put("type", "input").put("block_id", "b");
    input.putObject("label").put("text", text);
    input
        .putObject("element")
        .put("type", "plain_text_input")
        .put("initial_value", text)
        .put("multiline", true);
    ObjectNode rich = blocks.addObject().put("type", "rich_text");
    ArrayNode parts =
        rich.putArray("elements").addObject().put("type", "rich_text_section").putArray("elements");
    parts.addObject().put("type", "text").put("text", text);
    parts.addObject().put("type", "link").put("url", text).put("text", text);
    parts.addObject().put("type", "emoji").put("name", text);
    return blocks;
  }
}
