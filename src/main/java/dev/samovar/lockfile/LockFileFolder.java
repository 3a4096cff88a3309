package dev.samovar.lockfile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.samovar.evidence.EvidenceException;
import dev.samovar.evidence.LockFile;
import dev.samovar.evidence.LockFiles;
import dev.samovar.evidence.Model;
import dev.samovar.evidence.RepositoryFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lock files on this machine, their paths relative to a folder, and, of those that are not there,
 * the ones in the repository that is deployed: {@code requirements} files (pip, pip-tools), {@code
 * poetry.lock} and {@code uv.lock}, {@code Pipfile.lock}, and conda's {@code environment.yml}.
 */
public final class LockFileFolder implements LockFiles {
  private static final long LARGEST = 20_000_000;

  /** {@code torch==2.1.0+cu121 ; python_version > "3.8" --hash=…}. */
  private static final Pattern REQUIREMENT =
      Pattern.compile(
          "^\\s*(?:-\\s+)?([A-Za-z0-9][A-Za-z0-9._-]*)\\s*(?:\\[[^\\]]*])?\\s*([=~<>!]{1,3})?\\s*([^\\s;#,\\\\]*)");

  private static final Pattern TOML =
      Pattern.compile("^\\s*(name|version)\\s*=\\s*\"([^\"]*)\"\\s*$");

  private final Path folder;
  private final RepositoryFiles repositories;

  /**
   * @param folder the one in which the configuration lies
   * @param repositories where they are looked for that are not in the folder
   */
  public LockFileFolder(Path folder, RepositoryFiles repositories) {
    this.folder = folder;
    this.repositories = repositories;
  }

  @Override
  public Optional<LockFile> of(Model model, Instant at) throws EvidenceException {
    if (model.lockfile().isEmpty()) {
      return Optional.empty();
    }
    String name = model.lockfile().get();
    try {
      Path file = folder.resolve(name);
      if (!Files.exists(file)) {
        Optional<RepositoryFiles.Text> deployed = repositories.deployed(model, name, at);
        if (deployed.isPresent()) {
          return Optional.of(
              parse(name + " (" + deployed.get().place() + ")", deployed.get().content()));
        }
      }
      if (Files.size(file) > LARGEST) {
        throw new IOException("it is larger than " + LARGEST + " bytes");
      }
      return Optional.of(parse(name, Files.readString(file)));
    } catch (IOException | InvalidPathException e) {
      throw new EvidenceException(
          EvidenceException.Kind.BROKEN,
          "the lock file "
              + name
              + " (models[].dependencies.lockfile of "
              + model.name()
              + ") can't be read: "
              + e.getMessage(),
          e);
    }
  }

  static LockFile parse(String name, String text) throws JsonProcessingException {
    Map<String, String> pinned = new TreeMap<>();
    Set<String> unpinned = new TreeSet<>();
    if (text.stripLeading().startsWith("{")) {
      pipfile(new ObjectMapper().readTree(text), pinned, unpinned);
    } else if (text.contains("[[package]]")) {
      toml(text, pinned);
    } else {
      requirements(text, pinned, unpinned);
    }
    return new LockFile(name, pinned, List.copyOf(unpinned));
  }

  private static void pipfile(JsonNode json, Map<String, String> pinned, Set<String> unpinned) {
    for (Map.Entry<String, JsonNode> entry : json.path("default").properties()) {
      String version = entry.getValue().path("version").asText("");
      if (version.startsWith("==")) {
        pinned.put(canonical(entry.getKey()), version.substring(2).strip());
      } else {
        unpinned.add(canonical(entry.getKey()));
      }
    }
  }

  private static void toml(String text, Map<String, String> pinned) {
    String package_ = "";
    for (String line : text.lines().toList()) {
      Matcher matcher = TOML.matcher(line);
      if (line.startsWith("[")) {
        package_ = line.strip().equals("[[package]]") ? "?" : "";
      } else if (!package_.isEmpty() && matcher.matches()) {
        if (matcher.group(1).equals("name")) {
          package_ = canonical(matcher.group(2));
        } else if (!package_.equals("?")) {
          pinned.put(package_, matcher.group(2));
        }
      }
    }
  }

  private static void requirements(String text, Map<String, String> pinned, Set<String> unpinned) {
    boolean isConda = text.lines().anyMatch(line -> line.strip().equals("dependencies:"));
    for (String line : isConda ? condaDependencies(text) : text.lines().toList()) {
      String bare = line.strip();
      if (bare.isEmpty() || bare.startsWith("#") || (bare.startsWith("-") && !isConda)) {
        continue;
      }
      Matcher matcher = REQUIREMENT.matcher(line);
      if (!matcher.find() || bare.startsWith("--")) {
        continue;
      }
      String operator = Optional.ofNullable(matcher.group(2)).orElse("");
      String version = Optional.ofNullable(matcher.group(3)).orElse("").split("=", 2)[0];
      boolean isExact = operator.startsWith("==") || (isConda && operator.equals("="));
      if (isExact && !version.isEmpty() && !version.contains("*")) {
        pinned.put(canonical(matcher.group(1)), version);
      } else {
        unpinned.add(canonical(matcher.group(1)));
      }
    }
  }

  private static List<String> condaDependencies(String text) {
    List<String> items = new ArrayList<>();
    boolean isInside = false;
    for (String line : text.lines().toList()) {
      String bare = line.strip();
      if (bare.startsWith("- ")) {
        if (isInside && !bare.endsWith(":")) {
          items.add(line);
        }
      } else if (!bare.isEmpty() && !bare.startsWith("#")) {
        isInside = bare.equals("dependencies:");
      }
    }
    return items;
  }

  /** PEP 503. */
  private static String canonical(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[-_.]+", "-");
  }
}
