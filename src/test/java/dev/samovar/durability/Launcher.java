package dev.samovar.durability;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Starts the real {@code serve}, as quickly as a JVM can: the first compiler only, a small
 * collector, and, once one was recorded, an archive of the loaded classes.
 */
final class Launcher {
  static final String SECRET = "s3cret";
  private static final List<String> QUICK =
      List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto", "-Xmx160m");

  private final Path folder;
  private final String mode;
  private final String classPath;
  private final String slackUrl;
  private final String clusterUrl;
  private final AtomicInteger count = new AtomicInteger();
  private final Path archive;
  private String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
  private Path working = Path.of("");

  Launcher(Path folder, String slackUrl, String clusterUrl) throws IOException {
    this(folder, "http", slackUrl, clusterUrl);
  }

  /**
   * @param mode {@code http} or {@code socket}
   */
  Launcher(Path folder, String mode, String slackUrl, String clusterUrl) throws IOException {
    this.folder = folder;
    this.mode = mode;
    this.classPath = ClassPath.withoutTests(folder);
    this.slackUrl = slackUrl;
    this.clusterUrl = clusterUrl;
    this.archive = folder.resolve("classes.jsa");
  }

  /** Another runtime, and where it works. */
  Launcher with(String otherJava, Path otherFolder) {
    java = otherJava;
    working = otherFolder;
    return this;
  }

  /** Records an archive of what a start loads; worth its seconds where many starts follow. */
  void recordArchive() throws IOException, InterruptedException {
    try (Replica replica =
        start(
            "jdbc:h2:mem:archive",
            List.of(
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xlog:disable",
                "-XX:ArchiveClassesAtExit=" + archive))) {
      replica.awaitReady();
      replica.stop();
    }
  }

  /** The flags that make a JVM use the archive. */
  List<String> withArchive() {
    return List.of("-XX:SharedArchiveFile=" + archive);
  }

  Replica start(String storeUrl) throws IOException {
    List<String> flags = new ArrayList<>(QUICK);
    if (Files.exists(archive)) {
      flags.addAll(withArchive());
    }
    return start(storeUrl, flags);
  }

  /**
   * @param flags of the JVM
   */
  Replica start(String storeUrl, List<String> flags) throws IOException {
    int port = freePort();
    int number = count.incrementAndGet();
    Path config = folder.resolve("replica" + number + ".yaml");
    Files.writeString(
        config,
        """
        elasticsearch: { url: "%s" }
        store: { url: "%s" }
        slack:
          mode: %s
          bot_token: xoxb-1
          app_token: xapp-1
          signing_secret: %s
          api_url: "%s"
          incident_channels: ["inc-*"]
          port: %d
        models:
          - name: fraud-scorer
          - name: eta-model
        """
            .formatted(clusterUrl, storeUrl, mode, SECRET, slackUrl, port));
    List<String> command = new ArrayList<>();
    command.add(java);
    command.addAll(flags);
    command.addAll(
        List.of(
            "-Dfile.encoding=UTF-8",
            "-cp",
            classPath,
            "dev.samovar.Samovar",
            "serve",
            "--config",
            config.toString()));
    return Replica.start(number, port, command, working);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
