package dev.samovar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The licence of everything on the class path, from the poms that Maven has fetched anyway: no
 * network. What a pom does not say itself, its parent says.
 */
class LicencesTest {
  private static final Pattern LICENCES = Pattern.compile("(?s)<licenses>(.*?)</licenses>");
  private static final Pattern LICENCE = Pattern.compile("(?s)<license>(.*?)</license>");
  private static final Pattern NAME = Pattern.compile("(?s)<name>(.*?)</name>");
  private static final Pattern PARENT = Pattern.compile("(?s)<parent>(.*?)</parent>");

  /** By name, in lower case. Of several offered, one will do. */
  private static final Pattern ALLOWED =
      Pattern.compile(
          "apache|\\bmit\\b|mit license|mit-0|bsd|eclipse public|epl|eclipse distribution|\\bedl\\b"
              + "|go license|public domain|cc0|postgresql|isc|unicode|bouncy castle");

  /**
   * Of Elasticsearch's server, which is only compiled against: samovar.jar has none, and the
   * sandbox fetches its own from Maven Central.
   */
  private static final Pattern SERVER =
      Pattern.compile(
          "(?:elasticsearch(?:-(?!java|rest)[a-z0-9-]+)?|transport-netty4)-\\d.*\\.jar");

  /** Those whose poms say nothing; their jars hold the text of Apache's licence. */
  private static final Pattern UNSAID = Pattern.compile("datasketches-memory-\\d.*\\.jar");

  private record Artifact(String name, List<String> licences) {}

  @Test
  void everything_on_the_class_path_may_be_used() throws IOException {
    List<Artifact> all = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      Path jar = Path.of(entry);
      Path pom = jar.resolveSibling(pom(jar.getFileName().toString()));
      if (entry.endsWith(".jar") && Files.exists(pom)) {
        all.add(new Artifact(jar.getFileName().toString(), licences(pom, repository(jar))));
      }
    }
    assertThat(all).as("jars of Maven's on the class path").hasSizeGreaterThan(50);
    assertThat(all)
        .filteredOn(one -> !SERVER.matcher(one.name()).matches())
        .filteredOn(one -> !UNSAID.matcher(one.name()).matches())
        .filteredOn(
            one ->
                one.licences().stream()
                    .noneMatch(name -> ALLOWED.matcher(name.toLowerCase(Locale.ROOT)).find()))
        .as("artifacts whose licence is not on the list, or not said")
        .isEmpty();
  }

  /** A jar for one platform has the pom of all. */
  private static String pom(String jar) {
    return jar.replaceFirst("\\.jar$", ".pom");
  }

  private static Path repository(Path jar) {
    Path home = Path.of(System.getProperty("user.home"), ".m2", "repository");
    return jar.startsWith(home) ? home : jar;
  }

  private static List<String> licences(Path pom, Path repository) throws IOException {
    String text = Files.readString(pom, StandardCharsets.UTF_8);
    Matcher said = LICENCES.matcher(text);
    if (said.find()) {
      return LICENCE
          .matcher(said.group(1))
          .results()
          .flatMap(one -> NAME.matcher(one.group(1)).results())
          .map(name -> name.group(1).strip())
          .toList();
    }
    Optional<Path> parent = parent(text, repository);
    return parent.isPresent() ? licences(parent.get(), repository) : List.of();
  }

  private static Optional<Path> parent(String text, Path repository) {
    Matcher parent = PARENT.matcher(text);
    if (!parent.find()) {
      return Optional.empty();
    }
    String group = tag(parent.group(1), "groupId");
    String name = tag(parent.group(1), "artifactId");
    String version = tag(parent.group(1), "version");
    return Stream.of(
            repository
                .resolve(group.replace('.', '/'))
                .resolve(name)
                .resolve(version)
                .resolve(name + "-" + version + ".pom"))
        .filter(Files::exists)
        .findFirst();
  }

  private static String tag(String text, String name) {
    Matcher found = Pattern.compile("<" + name + ">(.*?)</" + name + ">").matcher(text);
    return found.find() ? found.group(1).strip() : "";
  }
}
