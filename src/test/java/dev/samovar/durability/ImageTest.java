package dev.samovar.durability;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is in the image, without the image: the runtime that its Dockerfile links starts {@code
 * serve} with its options, writes nothing beside itself, and its health check tells life from
 * death.
 */
class ImageTest {
  private static final Pattern MODULES = Pattern.compile("--add-modules (\\S+)");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static String run(int expected, String... command)
      throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as("%s: %s", String.join(" ", command), said).isEqualTo(expected);
    return said;
  }

  private static String tool(String name) {
    return Path.of(System.getProperty("java.home"), "bin", name).toString();
  }

  @Test
  void the_runtime_that_is_cut_to_size_serves(@TempDir Path folder) throws Exception {
    Matcher modules = MODULES.matcher(Files.readString(Path.of("docker/Dockerfile")));
    assertThat(modules.find()).isTrue();
    Path runtime = folder.resolve("runtime");
    run(
        0,
        tool("jlink"),
        "--output",
        runtime.toString(),
        "--no-header-files",
        "--no-man-pages",
        "--add-modules",
        modules.group(1));
    String java = runtime.resolve("bin/java").toString();
    run(0, tool("javac"), "-d", folder.toString(), "docker/HealthCheck.java");
    Path options =
        Files.writeString(
            folder.resolve("java.options"),
            Files.readString(Path.of("docker/java.options"))
                .replace("/opt/samovar/", Path.of("docker").toAbsolutePath() + "/"));
    Path empty = Files.createDirectories(folder.resolve("working"));
    Path temporary = Files.createDirectories(folder.resolve("tmp"));
    try (Workspace workspace = new Workspace(Duration.ofMillis(30));
        EmptyCluster cluster = new EmptyCluster(Duration.ofMillis(20), () -> {})) {
      Launcher launcher = new Launcher(folder, workspace.apiUrl(), cluster.url()).with(java, empty);
      List<String> flags = new ArrayList<>(List.of("@" + options));
      flags.add("-Djava.io.tmpdir=" + temporary);
      String alive;
      try (Replica replica = launcher.start("jdbc:h2:mem:image", flags)) {
        replica.awaitReady();
        alive = replica.at("/healthz").toString();
        run(0, java, "-XX:-UsePerfData", "-cp", folder.toString(), "HealthCheck", alive);
        run(
            1,
            java,
            "-XX:-UsePerfData",
            "-cp",
            folder.toString(),
            "HealthCheck",
            replica.at("/nothing").toString());
        assertThat(workspace.await(() -> workspace.calls("auth.test") > 1, PATIENCE)).isTrue();
        System.out.printf("The image's runtime at rest: %d MB%n", replica.resident());
        replica.stop();
      }
      run(1, java, "-XX:-UsePerfData", "-cp", folder.toString(), "HealthCheck", alive);
      try (Stream<Path> written = Files.list(empty)) {
        assertThat(written).as("the root file system is read-only").isEmpty();
      }
    }
  }
}
