package dev.samovar.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** What models run on and what brings them their data, and what each model is called there. */
public record Platforms(
    Optional<Kubernetes> kubernetes,
    Optional<ArgoCd> argoCd,
    Optional<Server> flink,
    Optional<Burrow> burrow) {
  private static final String KUBERNETES = "kubernetes";
  private static final String ARGO_CD = "argocd";

  /** Where a pod finds the API server and its own service account. */
  private static final String IN_CLUSTER = "https://kubernetes.default.svc";

  private static final Path ACCOUNT = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");

  private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9.-]*[a-z0-9])?");

  /**
   * The cluster.
   *
   * @param namespace of models that name none, and of those that name nothing
   * @param byModel what serves a model, of those that say so
   */
  public record Kubernetes(
      String url,
      Optional<Secret> token,
      Optional<Path> tokenFile,
      Optional<Path> caFile,
      Optional<String> namespace,
      Map<String, Workload> byModel) {
    public Kubernetes {
      byModel = Map.copyOf(byModel);
    }
  }

  /** What serves a model: something by its name, or pods by their labels. */
  public record Workload(String namespace, Optional<String> name, Optional<String> selector) {}

  /**
   * What deploys.
   *
   * @param applications of each model that names some
   */
  public record ArgoCd(Server server, Map<String, List<String>> applications) {
    public ArgoCd {
      applications = Map.copyOf(applications);
    }
  }

  /**
   * What watches lags.
   *
   * @param cluster of Kafka, as it calls it; all unless named
   */
  public record Burrow(Server server, Optional<String> cluster) {}

  static Platforms read(Section root) {
    return new Platforms(
        kubernetes(root),
        argoCd(root),
        root.section("flink").map(Server::read),
        root.section("burrow")
            .map(
                section -> {
                  Optional<String> cluster = section.text("cluster");
                  return new Burrow(Server.read(section), cluster);
                }));
  }

  /** For whoever complains of a model's keys that nobody reads. */
  static void isKnown(Section model) {
    model.entry(KUBERNETES);
    model.entry(ARGO_CD);
  }

  private static Optional<Kubernetes> kubernetes(Section root) {
    Optional<Section> given = root.section(KUBERNETES);
    Optional<String> namespace =
        given.flatMap(section -> section.parsed("namespace", Platforms::name, "is no namespace"));
    Map<String, Workload> byModel = new LinkedHashMap<>();
    each(
        root,
        KUBERNETES,
        given.isPresent(),
        (model, entry) ->
            workload(entry, namespace).ifPresent(workload -> byModel.put(model, workload)));
    return given.map(section -> kubernetes(section, namespace, byModel));
  }

  private static Kubernetes kubernetes(
      Section section, Optional<String> namespace, Map<String, Workload> byModel) {
    Optional<String> url = section.url("url");
    Optional<Secret> token = section.secret("token");
    Optional<Path> tokenFile = section.text("token_file").map(Path::of);
    Optional<Path> caFile = section.text("ca_file").map(Path::of);
    if (token.isPresent() && tokenFile.isPresent()) {
      section
          .entry("token_file")
          .ifPresent(entry -> entry.wrong("give token or token_file, not both"));
    }
    section.end();
    boolean isInside = url.isEmpty() && section.entry("url").isEmpty();
    return new Kubernetes(
        url.orElse(IN_CLUSTER),
        token,
        isInside && token.isEmpty()
            ? tokenFile.or(() -> Optional.of(ACCOUNT.resolve("token")))
            : tokenFile,
        isInside ? caFile.or(() -> Optional.of(ACCOUNT.resolve("ca.crt"))) : caFile,
        namespace,
        byModel);
  }

  private static Optional<String> name(String text) {
    return NAME.matcher(text).matches() ? Optional.of(text) : Optional.empty();
  }

  /** {@code workload}, {@code namespace/workload}, or keys and values. */
  private static Optional<Workload> workload(Entry entry, Optional<String> usual) {
    if (entry.node() instanceof ScalarNode) {
      Optional<String> text = entry.text().map(String::strip);
      if (text.isEmpty()) {
        return Optional.empty();
      }
      int slash = text.get().indexOf('/');
      String name = text.get().substring(slash + 1);
      Optional<String> namespace = slash < 0 ? usual : Optional.of(text.get().substring(0, slash));
      if (name(name).isEmpty() || (slash >= 0 && namespace.flatMap(Platforms::name).isEmpty())) {
        entry.wrong(entry.shown() + " is no workload; write name or namespace/name");
        return Optional.empty();
      }
      return in(entry, namespace, Optional.of(name), Optional.empty());
    }
    return entry
        .section()
        .flatMap(
            section -> {
              Optional<String> namespace =
                  section.parsed("namespace", Platforms::name, "is no namespace");
              Optional<String> name = section.parsed("workload", Platforms::name, "is no workload");
              Optional<String> selector = section.text("selector");
              section.end();
              if (section.entry("workload").isPresent() == selector.isPresent()) {
                entry.wrong(
                    "give workload (a name) or selector (of labels: app=fraud,tier=serving)");
                return Optional.empty();
              }
              return in(entry, namespace.or(() -> usual), name, selector);
            });
  }

  private static Optional<Workload> in(
      Entry entry, Optional<String> namespace, Optional<String> name, Optional<String> selector) {
    if (namespace.isEmpty()) {
      entry.wrong("say in which namespace: here, or for all under kubernetes.namespace");
    }
    return namespace.map(where -> new Workload(where, name, selector));
  }

  private static Optional<ArgoCd> argoCd(Section root) {
    Optional<Section> given = root.section(ARGO_CD);
    Map<String, List<String>> applications = new LinkedHashMap<>();
    each(
        root,
        ARGO_CD,
        given.isPresent(),
        (model, entry) -> {
          List<Entry> items = entry.node() instanceof ScalarNode ? List.of(entry) : entry.items();
          List<String> names = new ArrayList<>();
          for (Entry item : items) {
            Optional<String> text = item.text().map(String::strip);
            boolean isName =
                text.map(one -> one.matches(NAME.pattern() + "(/" + NAME.pattern() + ")?"))
                    .orElse(true);
            if (!isName) {
              item.wrong(item.shown() + " is no application; write name or namespace/name");
            }
            text.ifPresent(names::add);
          }
          applications.put(model, List.copyOf(names));
        });
    return given.map(section -> new ArgoCd(Server.read(section), applications));
  }

  /** What is wrong with the models besides is said where they are read. */
  private static void each(
      Section root, String key, boolean isThere, BiConsumer<String, Entry> reader) {
    for (Entry item : root.items("models")) {
      if (!(item.node() instanceof MappingNode)) {
        continue;
      }
      Optional<Section> model = item.section();
      Optional<String> name = model.flatMap(one -> one.text("name"));
      Optional<Entry> entry = model.flatMap(one -> one.entry(key));
      if (name.isPresent() && entry.isPresent()) {
        if (!isThere) {
          entry.get().wrong("there is no " + key + ": { … } to ask");
        }
        reader.accept(name.get(), entry.get());
      }
    }
  }
}
