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
import java.util.stream.Stream;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.text.TextContentRenderer;

/**
 * One Markdown page a check; a page in the team's own directory wins over the one brought along.
 */
public final class Runbooks {
  private static final int STEPS = 3;
  private static final long LARGEST = 1_000_000;
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

  /** The checks that have a page of the team's own. */
  public List<CheckId> own() {
    return Stream.of(CheckId.values())
        .filter(check -> own(check.id() + ".md").isPresent())
        .toList();
  }

  /** A page of the team's own: one that lies in their directory, wherever links may lead. */
  private Optional<Path> own(String name) {
    if (directory.isEmpty()) {
      return Optional.empty();
    }
    try {
      Path folder = directory.get().toRealPath();
      Path page = folder.resolve(name).toRealPath();
      return page.startsWith(folder) && Files.isReadable(page) && Files.size(page) <= LARGEST
          ? Optional.of(page)
          : Optional.empty();
    } catch (IOException e) {
      // There is none; the one brought along is shown.
      return Optional.empty();
    }
  }

  /** The page's Markdown. */
  public String markdown(CheckId check) {
    String name = check.id() + ".md";
    try {
      Optional<Path> own = own(name);
      if (own.isPresent()) {
        return Files.readString(own.get());
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
    return steps(check).stream()
        .filter(step -> step.part().equals(FIRST))
        .limit(STEPS)
        .map(Step::text)
        .toList();
  }

  /**
   * Something to do.
   *
   * @param part the heading it stands under
   * @param text in a line, without markup
   * @param commands to copy
   */
  public record Step(String part, String text, List<String> commands) {
    public Step {
      commands = List.copyOf(commands);
    }

    Step with(String command) {
      List<String> more = new ArrayList<>(commands);
      more.add(command);
      return new Step(part, text, more);
    }
  }

  /** All numbered steps, in the page's order. */
  public List<Step> steps(CheckId check) {
    List<Step> steps = new ArrayList<>();
    String markdown = markdown(check).replaceFirst("(?s)\\A---\\n.*?\\n---\\n", "");
    TextContentRenderer text = TextContentRenderer.builder().build();
    String part = "";
    for (Node node = Parser.builder().build().parse(markdown).getFirstChild();
        node != null;
        node = node.getNext()) {
      if (node instanceof Heading heading) {
        part = text.render(heading).strip();
      } else if (node instanceof OrderedList list) {
        for (Node item = list.getFirstChild(); item != null; item = item.getNext()) {
          steps.add(step(part, item, text));
        }
      } else if (node instanceof FencedCodeBlock code
          && node.getPrevious() instanceof OrderedList
          && !steps.isEmpty()) {
        steps.set(steps.size() - 1, steps.get(steps.size() - 1).with(code.getLiteral().strip()));
      }
    }
    return List.copyOf(steps);
  }

  private static Step step(String part, Node item, TextContentRenderer text) {
    List<String> words = new ArrayList<>();
    List<String> commands = new ArrayList<>();
    for (Node inner = item.getFirstChild(); inner != null; inner = inner.getNext()) {
      if (inner instanceof FencedCodeBlock code) {
        commands.add(code.getLiteral().strip());
      } else {
        words.add(text.render(inner).strip().replaceAll("\\s+", " "));
      }
    }
    return new Step(part, String.join(" ", words), commands);
  }
}
