package dev.samovar.sandbox;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The real server, in a process of its own, on free ports of this machine only. */
public final class EmbeddedElasticsearch implements AutoCloseable {
  private static final String PLUGIN =
      """
      name=transport-netty4
      description=transport
      version=8.19.21
      elasticsearch.version=8.19.21
      java.version=17
      classname=org.elasticsearch.transport.netty4.Netty4Plugin
      extended.plugins=
      has.native.controller=false
      """;

  private final Process process;
  private final Path home;
  private final Thread hook;
  private final String url;

  private EmbeddedElasticsearch(Process process, Path home, Thread hook, String url) {
    this.process = process;
    this.home = home;
    this.hook = hook;
    this.url = url;
  }

  /**
   * Starts it and waits until it answers.
   *
   * @param say hears of each step that takes time
   * @throws IOException when it does not start; the message ends with what it said last
   */
  public static EmbeddedElasticsearch start(Consumer<String> say) throws IOException {
    ServerJars jars = ServerJars.find(say);
    Path home = Files.createTempDirectory("samovar-elasticsearch");
    furnish(home, jars);
    Path errors = home.resolve("stderr.txt");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms512m",
                "-Xmx1g",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dfile.encoding=UTF-8",
                "-Djava.io.tmpdir=" + home.resolve("tmp"),
                "-cp",
                Stream.concat(Stream.of(home.resolve("boot")), jars.server().stream())
                    .map(Path::toString)
                    .collect(Collectors.joining(System.getProperty("path.separator"))),
                ElasticsearchNode.class.getName(),
                home.toString())
            .redirectError(errors.toFile())
            .start();
    Thread hook = new Thread(() -> end(process, home), "elasticsearch-end");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      return new EmbeddedElasticsearch(process, home, hook, "http://127.0.0.1:" + port(process));
    } catch (IOException e) {
      String said = tail(errors);
      Runtime.getRuntime().removeShutdownHook(hook);
      end(process, home);
      throw new IOException("The embedded Elasticsearch did not start. It said: " + said, e);
    }
  }

  public String url() {
    return url;
  }

  private static void furnish(Path home, ServerJars jars) throws IOException {
    for (String folder : List.of("config", "plugins", "data", "logs", "tmp")) {
      Files.createDirectories(home.resolve(folder));
    }
    Path module = Files.createDirectories(home.resolve("modules").resolve("transport-netty4"));
    Files.writeString(module.resolve("plugin-descriptor.properties"), PLUGIN);
    for (Path jar : jars.module()) {
      Files.copy(jar, module.resolve(Objects.requireNonNull(jar.getFileName())));
    }
    String main = ElasticsearchNode.class.getName().replace('.', '/') + ".class";
    Path boot = home.resolve("boot").resolve(main);
    Files.createDirectories(Objects.requireNonNull(boot.getParent()));
    try (InputStream in =
        EmbeddedElasticsearch.class.getResourceAsStream("ElasticsearchNode.class")) {
      Files.copy(Objects.requireNonNull(in), boot);
    }
  }

  private static String port(Process process) throws IOException {
    // Not closed: the reader would take the server's standard output with it.
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String line = out.readLine();
    while (line != null && !line.startsWith("ready ")) {
      line = out.readLine();
    }
    if (line == null) {
      throw new IOException("It ended before it was ready.");
    }
    // A server that says more than the pipe holds would stop; nobody needs to hear it.
    Thread drain = new Thread(() -> out.lines().forEach(ignored -> {}), "elasticsearch-out");
    drain.setDaemon(true);
    drain.start();
    return line.substring("ready ".length());
  }

  private static String tail(Path file) throws IOException {
    if (!Files.exists(file)) {
      return "nothing";
    }
    List<String> lines = Files.readAllLines(file);
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 15), lines.size()));
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process ends already, and the hook does what there is to do.
      return;
    }
    end(process, home);
  }

  private static void end(Process process, Path home) {
    process.destroyForcibly();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
      delete(home);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
