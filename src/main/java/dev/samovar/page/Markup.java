package dev.samovar.page;

import gg.jte.Content;
import gg.jte.TemplateOutput;

/** HTML that this room made, and that goes out as it is. Everything else is escaped. */
public final class Markup implements Content {
  private final String html;

  /**
   * @param html never what came from outside
   */
  Markup(String html) {
    this.html = html;
  }

  @Override
  public void writeTo(TemplateOutput output) {
    output.writeContent(html);
  }

  @Override
  public boolean isEmptyContent() {
    return html.isEmpty();
  }

  @Override
  public String toString() {
    return html;
  }
}
