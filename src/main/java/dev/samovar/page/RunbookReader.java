package dev.samovar.page;

import dev.samovar.checks.CheckId;
import dev.samovar.report.Wording;
import dev.samovar.runbooks.Runbooks;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.Emphasis;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.Image;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.commonmark.renderer.text.TextContentRenderer;

/**
 * Makes a runbook's Markdown part of a page: raw HTML stays text, links lead to the web or nowhere,
 * pictures become links, and headings go below the page's own.
 */
final class RunbookReader {
  private static final List<Extension> EXTENSIONS = List.of(TablesExtension.create());
  private static final Parser PARSER = Parser.builder().extensions(EXTENSIONS).build();

  /** The page's own headings around a runbook end here. */
  private static final int ABOVE = 4;

  private static final int LOWEST = 6;

  private static final HtmlRenderer HTML =
      HtmlRenderer.builder()
          .extensions(EXTENSIONS)
          .escapeHtml(true)
          .sanitizeUrls(true)
          .attributeProviderFactory(
              context ->
                  (node, tag, attributes) -> {
                    if (tag.equals("a")) {
                      attributes.put("rel", "noopener noreferrer");
                    }
                    // Nobody styles by language.
                    attributes.remove("class");
                  })
          .build();

  private final Runbooks runbooks;

  RunbookReader(Runbooks runbooks) {
    this.runbooks = runbooks;
  }

  /**
   * @param model whose name stands where the page says {@code /triage MODEL}
   */
  RunbookPage read(CheckId check, String model) {
    Optional<Link> link = runbooks.link(check).flatMap(Link::of);
    String markdown = runbooks.markdown(check).replaceFirst("(?s)\\A---\\R.*?\\R---\\R", "");
    Node page = PARSER.parse(plain(markdown));
    String title = title(page).orElse(check.id());
    page.accept(new Outside(link));
    page.accept(new Below());
    page.accept(new Named(model));
    return new RunbookPage(Wording.plain(title), new Markup(HTML.render(page)), link);
  }

  /** The first steps, for that model. */
  List<String> firstSteps(CheckId check, String model) {
    return runbooks.firstSteps(check).stream()
        .map(step -> Wording.plain(named(step, model)))
        .toList();
  }

  private static String named(String text, String model) {
    return text.replace("/triage MODEL", "/triage " + Wording.plain(model));
  }

  /** As it reads for a model. */
  private static final class Named extends AbstractVisitor {
    private final String model;

    Named(String model) {
      this.model = model;
    }

    @Override
    public void visit(Text text) {
      text.setLiteral(named(text.getLiteral(), model));
    }

    @Override
    public void visit(Code code) {
      code.setLiteral(named(code.getLiteral(), model));
    }

    @Override
    public void visit(FencedCodeBlock block) {
      block.setLiteral(named(block.getLiteral(), model));
    }
  }

  /** Line by line: control characters are no part of HTML. */
  private static String plain(String markdown) {
    StringBuilder plain = new StringBuilder(markdown.length());
    markdown
        .lines()
        .forEach(
            line ->
                plain.append(indent(line)).append(Wording.plain(line.stripLeading())).append('\n'));
    return plain.toString();
  }

  private static String indent(String line) {
    return line.substring(0, line.length() - line.stripLeading().length());
  }

  /** The first heading, which goes away: the page says it around the runbook. */
  private static Optional<String> title(Node page) {
    if (page.getFirstChild() instanceof Heading heading) {
      heading.unlink();
      return Optional.of(TextContentRenderer.builder().build().render(heading).strip());
    }
    return Optional.empty();
  }

  /** Headings one below the other, whatever levels the author skipped. */
  private static final class Below extends AbstractVisitor {
    private final Deque<Integer> open = new ArrayDeque<>();

    @Override
    public void visit(Heading heading) {
      while (!open.isEmpty() && open.peek() >= heading.getLevel()) {
        open.pop();
      }
      open.push(heading.getLevel());
      heading.setLevel(Math.min(LOWEST, ABOVE + open.size()));
      visitChildren(heading);
    }
  }

  /** Where links lead. */
  private static final class Outside extends AbstractVisitor {
    private final Optional<Link> base;

    Outside(Optional<Link> base) {
      this.base = base;
    }

    @Override
    public void visit(org.commonmark.node.Link link) {
      visitChildren(link);
      lead(link, link.getDestination());
    }

    /** A picture of elsewhere would be fetched. */
    @Override
    public void visit(Image image) {
      visitChildren(image);
      lead(image, image.getDestination());
    }

    private void lead(Node node, String destination) {
      Optional<Link> there =
          isInLink(node) ? Optional.empty() : Link.of(destination).or(() -> besides(destination));
      Node around =
          there
              .<Node>map(link -> new org.commonmark.node.Link(link.href(), null))
              .orElseGet(Emphasis::new);
      while (node.getFirstChild() != null) {
        around.appendChild(node.getFirstChild());
      }
      node.insertBefore(around);
      node.unlink();
    }

    private static boolean isInLink(Node node) {
      Node above = node.getParent();
      while (above != null && !(above instanceof org.commonmark.node.Link)) {
        above = above.getParent();
      }
      return above != null;
    }

    /** A page beside this one. */
    private Optional<Link> besides(String destination) {
      try {
        return destination.isEmpty() || destination.startsWith("#")
            ? Optional.empty()
            : base.flatMap(
                link -> Link.of(URI.create(link.href()).resolve(destination).toString()));
      } catch (IllegalArgumentException e) {
        // No address at all.
        return Optional.empty();
      }
    }
  }
}
