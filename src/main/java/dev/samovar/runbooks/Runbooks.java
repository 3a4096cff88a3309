package dev.samovar.runbooks;

import dev.samovar.checks.CheckId;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Heading;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.text.TextContentRenderer;

/**
 * One Markdown page a check; a page in the team's own directory wins over the one brought along.
 */
public final class Runbooks {
  private static final int STEPS = 3;
  private static final String FIRST = "Stop the bleeding";

  private final Optional<Path> directory;
  private final Optional<String> baseUrl;

  /**
   * @param directory with pages of the team's own
   * @param baseUrl where people read them, without the page's name
   */
  public Runbooks(Optional<Path> directory, Optional<String> baseUrl) {
    this.directory = directory;
    this.baseUrl = baseUrl;
  }

  /** Where people read the page; empty where no address is configured. */
  public Optional<String> link(CheckId check) {
    return baseUrl.map(base -> (base.endsWith("/") ? base : base + "/") + check.id() + ".md");
  }

  /** The page's Markdown. */
  public String markdown(CheckId check) {
    String name = check.id() + ".md";
    try {
      if (directory.isPresent() && Files.isReadable(directory.get().resolve(name))) {
        return Files.readString(directory.get().resolve(name));
      }
      try (InputStream in = Runbooks.class.getResourceAsStream("/runbooks/" + name)) {
        if (in == null) {
          throw new IllegalStateException("There is no page runbooks/" + name);
        }
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The page " + name + " can't be read", e);
    }
  }

  /** The first numbered steps under “Stop the bleeding”, each as a line without markup. */
  public List<String> firstSteps(CheckId check) {
    List<String> steps = new ArrayList<>();
    String markdown = markdown(check).replaceFirst("(?s)\\A---\\n.*?\\n---\\n", "");
    TextContentRenderer text = TextContentRenderer.builder().build();
    boolean[] here = {false};
    Parser.builder()
        .build()
        .parse(markdown)
        .accept(
            new AbstractVisitor() {
              @Override
              public void visit(Heading heading) {
                here[0] = text.render(heading).strip().equals(FIRST);
              }

              @Override
              public void visit(OrderedList list) {
                for (Node item = list.getFirstChild();
                    here[0] && item instanceof ListItem && steps.size() < STEPS;
                    item = item.getNext()) {
                  Node first = item.getFirstChild();
                  if (first != null) {
                    steps.add(text.render(first).strip().replaceAll("\\s+", " "));
                  }
                }
              }
            });
    return List.copyOf(steps);
  }
}
