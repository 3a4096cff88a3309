package dev.samovar.runbooks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.samovar.checks.Check;
import dev.samovar.checks.CheckId;
import dev.samovar.checks.Checks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds every page to its check and to its form; names all that is wrong at once. */
class RunbookFormTest {
  private static final Path FOLDER = Path.of("runbooks");
  private static final List<String> SECTIONS =
      List.of(
          "What it looks like",
          "Confirm it",
          "Stop the bleeding",
          "Fix it",
          "Prevent it",
          "When to escalate");

  @Test
  void every_built_check_has_its_page_and_every_page_its_form() throws IOException {
    List<String> wrong = new ArrayList<>();
    for (Check check : Checks.all()) {
      Path page = FOLDER.resolve(check.id().id() + ".md");
      if (!Files.exists(page)) {
        wrong.add(page + " is missing");
      }
    }
    String index = Files.readString(FOLDER.resolve("README.md"));
    try (Stream<Path> pages = Files.list(FOLDER)) {
      for (Path page : pages.sorted().toList()) {
        String name = String.valueOf(page.getFileName()).replace(".md", "");
        if (!name.equals("README")) {
          check(name, Files.readString(page), index, wrong);
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  private static void check(String id, String page, String index, List<String> wrong) {
    if (CheckId.of(id).isEmpty()) {
      wrong.add(id + " is the page of no check");
    }
    if (!page.matches(
        "(?s)---\\nid: "
            + id
            + "\\ntitle: [^\\n]+\\nseverity: (info|warning|critical)\\nowner: [^\\n]+\\n---\\n.*")) {
      wrong.add(id + ": front matter is not id, title, severity, owner");
    }
    if (!index.contains("[" + id + "](" + id + ".md)")) {
      wrong.add(id + " has no row in README.md");
    }
    if (!page.contains("\n\nSamovar says that ")) {
      wrong.add(id + " does not open with what Samovar says");
    }
    List<String> headings = new ArrayList<>();
    List<String> commands = new ArrayList<>();
    Parser.builder()
        .build()
        .parse(page.replaceFirst("(?s)\\A---\\n.*?\\n---\\n", ""))
        .accept(
            new AbstractVisitor() {
              @Override
              public void visit(Heading heading) {
                if (heading.getLevel() == 2 && heading.getFirstChild() instanceof Text text) {
                  headings.add(text.getLiteral());
                }
              }

              @Override
              public void visit(FencedCodeBlock block) {
                commands.add(block.getInfo());
                if (block.getInfo().isEmpty()) {
                  wrong.add(id + " has a block without a language: " + block.getLiteral());
                }
                if (block.getInfo().equals("json") && !isJson(block.getLiteral())) {
                  wrong.add(id + " has a query that is no JSON: " + block.getLiteral());
                }
              }
            });
    if (!headings.equals(SECTIONS)) {
      wrong.add(id + " has the sections " + headings);
    }
    if (!commands.contains("sh")) {
      wrong.add(id + " has no command to paste");
    }
  }

  private static boolean isJson(String text) {
    try {
      new ObjectMapper().readTree(text);
      return true;
    } catch (JsonProcessingException e) {
      return false;
    }
  }

  @Test
  void the_first_steps_are_plain_lines() {
    Runbooks runbooks = new Runbooks(Optional.empty(), Optional.of("https://git.example.com/r/"));

    assertThat(runbooks.firstSteps(CheckId.GPU_MEMORY)).hasSize(3).allMatch(s -> !s.contains("`"));
    assertThat(runbooks.firstSteps(CheckId.GPU_MEMORY).get(0)).startsWith("Take the change back");
    assertThat(runbooks.link(CheckId.GPU_MEMORY))
        .contains("https://git.example.com/r/gpu-memory.md");
  }

  @Test
  void the_teams_own_page_wins(@TempDir Path own) throws IOException {
    Files.writeString(
        own.resolve("gpu-memory.md"), "# Ours\n\n## Stop the bleeding\n\n1. Call *Ana*.\n");

    assertThat(new Runbooks(Optional.of(own), Optional.empty()).firstSteps(CheckId.GPU_MEMORY))
        .containsExactly("Call Ana.");
    assertThat(new Runbooks(Optional.of(own), Optional.empty()).firstSteps(CheckId.DATA_DRIFT))
        .isNotEmpty();
  }
}
