package dev.samovar.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;
import org.elasticsearch.common.logging.LogConfigurator;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.env.Environment;
import org.elasticsearch.http.HttpServerTransport;
import org.elasticsearch.node.InternalSettingsPreparer;
import org.elasticsearch.node.Node;
import org.elasticsearch.node.NodeValidationException;
import org.elasticsearch.plugins.PluginsLoader;

/**
 * The main class of the server's process. Stands alone on its class path with Elasticsearch's own
 * jars: it may use nothing else of Samovar, or the server refuses to start (“jar hell”).
 *
 * <p>Says {@code ready PORT} on standard output; ends when standard input does, so that it never
 * outlives the process that started it, however that one ended.
 */
public final class ElasticsearchNode {
  private ElasticsearchNode() {}

  public static void main(String[] arguments)
      throws IOException, NodeValidationException, InterruptedException {
    Path home = Path.of(arguments[0]);
    LogConfigurator.configureESLogging();
    Settings settings =
        Settings.builder()
            .put("path.home", home)
            .put("path.data", home.resolve("data"))
            .put("path.logs", home.resolve("logs"))
            .put("cluster.name", "samovar-sandbox")
            .put("node.name", "samovar")
            .put("discovery.type", "single-node")
            .put("network.host", "127.0.0.1")
            .put("http.port", 0)
            .put("transport.port", 0)
            .put("cluster.routing.allocation.disk.threshold_enabled", false)
            .put("action.destructive_requires_name", false)
            .build();
    LogConfigurator.configureWithoutConfig(
        Settings.builder().put(settings).put("logger.level", "ERROR").build());
    Environment environment =
        InternalSettingsPreparer.prepareEnvironment(
            settings, Map.of(), home.resolve("config"), () -> "samovar");
    PluginsLoader plugins =
        PluginsLoader.createPluginsLoader(
            PluginsLoader.loadModulesBundles(environment.modulesDir()),
            PluginsLoader.loadPluginsBundles(environment.pluginsDir()),
            Map.of(),
            false);
    OutputStream out = System.out;
    try (Node node = new Node(environment, plugins)) {
      node.start();
      int port =
          node.injector()
              .getInstance(HttpServerTransport.class)
              .boundAddress()
              .publishAddress()
              .getPort();
      out.write(("ready " + port + "\n").getBytes(StandardCharsets.UTF_8));
      out.flush();
      waitForEnd(System.in);
    }
    delete(home);
    // Its timers are not daemons, and nothing is worth waiting for any more.
    Runtime.getRuntime().halt(0);
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }

  private static void waitForEnd(InputStream in) throws IOException {
    byte[] ignored = new byte[64];
    int read = 0;
    while (read >= 0) {
      read = in.read(ignored);
    }
  }
}
