package dev.samovar.report;

/** The head of a simple page, and text in it: no script, nothing fetched. */
final class HtmlText {
  private static final String STYLE =
      """
      :root{color-scheme:light dark;--ink:#1c1c1e;--paper:#fff;--soft:#f3f2ef;--line:#d5d2cb;--mark:#8a3b12}
      @media (prefers-color-scheme:dark){:root{--ink:#eceae6;--paper:#1a1a1c;--soft:#26262a;--line:#44444a;--mark:#ffb38a}}
      body{font:16px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper);max-width:56rem;margin:2rem auto;padding:0 1rem}
      h1{font-size:1.1rem;letter-spacing:.06em;color:var(--mark);margin:0}.headline{font-size:1.5rem;line-height:1.3;margin:.3rem 0 1rem}
      section{border-top:1px solid var(--line);padding:.5rem 0}h2{font-size:1.1rem}dl{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1rem}
      dt{font-weight:600}dd{margin:0}table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.3rem .6rem .3rem 0;border-bottom:1px solid var(--line)}
      li,td,p,dd{overflow-wrap:anywhere}code{background:var(--soft);padding:.1rem .3rem;border-radius:.2rem}a{color:var(--mark)}
      @media print{body{margin:0;max-width:none}}
      """;

  private HtmlText() {}

  /** Up to where the page's own words begin. */
  static void open(StringBuilder out, String title) {
    out.append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    out.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    out.append("<title>").append(text(title)).append("</title>\n<style>\n");
    out.append(STYLE).append("</style>\n</head>\n<body>\n<main>\n");
  }

  /** Escaped. */
  static String text(String text) {
    return Wording.plain(text)
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
