package dev.samovar.sandbox;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * The jars of the Elasticsearch server, from the local Maven repository or, where they are not
 * there, from Maven Central, each checked against the SHA-256 in {@code elasticsearch-server.lock}.
 *
 * @param server for the class path
 * @param module for the module {@code transport-netty4}
 */
record ServerJars(List<Path> server, List<Path> module) {
  private static final String CENTRAL = "https://repo.maven.apache.org/maven2/";
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  ServerJars {
    server = List.copyOf(server);
    module = List.copyOf(module);
  }

  /**
   * @param say hears of each download
   * @throws IOException when a jar can be had nowhere, or is not what the lock file says
   */
  static ServerJars find(Consumer<String> say) throws IOException {
    Path repository = localRepository();
    List<Path> server = new ArrayList<>();
    List<Path> module = new ArrayList<>();
    for (String line : lock()) {
      String[] words = line.split(" ", -1);
      Path jar = repository.resolve(path(words[1]));
      if (!Files.exists(jar)) {
        download(words[1], words[2], jar, say);
      }
      (words[0].equals("module") ? module : server).add(jar);
    }
    return new ServerJars(server, module);
  }

  private static Path localRepository() {
    String configured = System.getProperty("maven.repo.local");
    return configured == null
        ? Path.of(System.getProperty("user.home"), ".m2", "repository")
        : Path.of(configured);
  }

  private static List<String> lock() throws IOException {
    try (InputStream in = ServerJars.class.getResourceAsStream("elasticsearch-server.lock");
        BufferedReader reader =
            new BufferedReader(
                new InputStreamReader(Objects.requireNonNull(in), StandardCharsets.UTF_8))) {
      return reader.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
    }
  }

  /** {@code g.h:a:1} → {@code g/h/a/1/a-1.jar}. */
  private static String path(String coordinates) {
    String[] parts = coordinates.split(":", -1);
    return parts[0].replace('.', '/')
        + "/"
        + parts[1]
        + "/"
        + parts[2]
        + "/"
        + parts[1]
        + "-"
        + parts[2]
        + ".jar";
  }

  private static void download(String coordinates, String sha256, Path jar, Consumer<String> say)
      throws IOException {
    say.accept("fetching " + coordinates + " from Maven Central");
    Files.createDirectories(Objects.requireNonNull(jar.getParent()));
    Path part = Files.createTempFile(jar.getParent(), "samovar", ".part");
    try {
      HttpResponse<Path> response =
          HttpClient.newBuilder()
              .followRedirects(HttpClient.Redirect.NORMAL)
              .connectTimeout(Duration.ofSeconds(20))
              .build()
              .send(
                  HttpRequest.newBuilder(URI.create(CENTRAL + path(coordinates)))
                      .timeout(PATIENCE)
                      .build(),
                  HttpResponse.BodyHandlers.ofFile(part));
      if (response.statusCode() != 200) {
        throw new IOException(
            "Maven Central answered " + response.statusCode() + " for " + coordinates + ".");
      }
      String found = sha256(part);
      if (!found.equals(sha256)) {
        throw new IOException(
            coordinates + " is not the jar it should be: its SHA-256 is " + found + ".");
      }
      Files.move(part, jar, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while fetching " + coordinates, e);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private static String sha256(Path file) throws IOException {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }
}
