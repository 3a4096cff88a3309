package dev.samovar.validation;

import dev.samovar.evidence.Model;
import dev.samovar.evidence.RuleBooks;
import dev.samovar.evidence.Rules;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/** The rules of all models, read once from files whose kind is told by their content. */
public final class RuleFiles implements RuleBooks {
  static final int LARGEST = 5_000_000;
  private static final int MOST_FILES = 200;
  private static final int MOST_LOOKED_AT = 20_000;
  private static final int DEEPEST = 12;
  private static final Pattern WILD = Pattern.compile("[*?\\[{]");

  private final Map<String, Rules> byModel;

  private RuleFiles(Map<String, Rules> byModel) {
    this.byModel = Map.copyOf(byModel);
  }

  /**
   * @param folder to which the paths are relative
   * @param paths by the name of the model; in them {@code *} and the like stand for names
   * @throws RuleFileException with everything that is wrong
   */
  public static RuleFiles read(Path folder, Map<String, List<String>> paths)
      throws RuleFileException {
    List<String> mistakes = new ArrayList<>();
    Map<String, Rules> byModel = new HashMap<>();
    for (Map.Entry<String, List<String>> model : paths.entrySet()) {
      Rules rules = Rules.NONE;
      for (String path : model.getValue()) {
        try {
          for (Path file : matching(folder, path, model.getKey())) {
            rules = rules.and(read(name(folder, file), content(folder, file)));
          }
        } catch (RuleFileException e) {
          mistakes.addAll(e.mistakes());
        }
      }
      byModel.put(model.getKey(), rules);
    }
    if (!mistakes.isEmpty()) {
      throw new RuleFileException(mistakes.stream().distinct().toList());
    }
    return new RuleFiles(byModel);
  }

  @Override
  public Rules of(Model model) {
    return byModel.getOrDefault(model.name(), Rules.NONE);
  }

  /**
   * @param name for messages
   */
  static Rules read(String name, String text) throws RuleFileException {
    Gathered gathered = new Gathered(name);
    if (GreatExpectations.fits(text)) {
      GreatExpectations.read(text, gathered);
      return gathered.rules();
    }
    if (TfdvSchema.fits(text)) {
      TfdvSchema.read(text, gathered);
      return gathered.rules();
    }
    Optional<YamlPart> root = YamlPart.parse(name, text);
    if (root.filter(DbtTests::fits).isPresent()) {
      DbtTests.read(root.get(), gathered);
    } else if (root.filter(Pandera::fits).isPresent()) {
      Pandera.read(root.get(), gathered);
    } else {
      throw new RuleFileException(
          name
              + ": this is no suite of Great Expectations (JSON), no schema of TFDV (text), no"
              + " schema of pandera (YAML) and no dbt file with tests (YAML)");
    }
    return gathered.rules();
  }

  private static List<Path> matching(Path folder, String path, String model)
      throws RuleFileException {
    String key = "models[].validation.rules of " + model + ": ";
    try {
      if (!WILD.matcher(path).find()) {
        Path file = folder.resolve(path);
        if (!Files.isRegularFile(file)) {
          throw new RuleFileException(key + "there is no file " + path);
        }
        return List.of(file);
      }
      // The part without wild cards is where to look.
      int wild = path.replaceFirst("[*?\\[{].*", "").lastIndexOf('/') + 1;
      Path root = folder.resolve(path.substring(0, wild)).normalize();
      PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + path.substring(wild));
      List<Path> found = Files.isDirectory(root) ? below(root, matcher) : List.of();
      if (found.isEmpty()) {
        throw new RuleFileException(key + "no file matches " + path);
      }
      if (found.size() > MOST_FILES) {
        throw new RuleFileException(
            key + path + " matches more than " + MOST_FILES + " files; name fewer");
      }
      return found;
    } catch (IOException | UncheckedIOException | InvalidPathException | PatternSyntaxException e) {
      throw new RuleFileException(key + path + " can't be looked for: " + e.getMessage());
    }
  }

  private static List<Path> below(Path root, PathMatcher matcher) throws IOException {
    try (Stream<Path> files = Files.walk(root, DEEPEST)) {
      return files
          .limit(MOST_LOOKED_AT)
          .filter(file -> matcher.matches(root.relativize(file)))
          .filter(Files::isRegularFile)
          .sorted()
          .limit(MOST_FILES + 1L)
          .toList();
    }
  }

  private static String name(Path folder, Path file) {
    Path whole = file.toAbsolutePath().normalize();
    Path base = folder.toAbsolutePath().normalize();
    return (whole.startsWith(base) ? base.relativize(whole) : file).toString().replace('\\', '/');
  }

  private static String content(Path folder, Path file) throws RuleFileException {
    String name = name(folder, file);
    try {
      if (Files.size(file) > LARGEST) {
        throw new RuleFileException(name + " is larger than " + LARGEST + " bytes");
      }
      return Files.readString(file);
    } catch (MalformedInputException e) {
      throw new RuleFileException(
          name + " is no text in UTF-8; of a TFDV schema, the text form is needed");
    } catch (IOException e) {
      throw new RuleFileException(name + " can't be read: " + e.getMessage());
    }
  }
}
