package dev.samovar;

import dev.samovar.config.Configuration;
import dev.samovar.config.ConfigurationException;
import dev.samovar.store.Forgotten;
import dev.samovar.store.Store;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "forget",
    description = "Forgets a person: “someone” stands in the store where they were named.",
    mixinStandardHelpOptions = true)
final class ForgetCommand implements Callable<Integer> {
  /** A short one has a digit: UTC and WARNING are words that documents may contain. */
  private static final Pattern ID =
      Pattern.compile("[UW](?=[A-Z]*[0-9])[A-Z0-9]{3,30}|[UW][A-Z0-9]{8,30}");

  @Option(
      names = "--config",
      paramLabel = "FILE",
      defaultValue = "samovar.yaml",
      description = "Default: ./samovar.yaml")
  private Path config = Path.of("samovar.yaml");

  @Parameters(paramLabel = "USER", description = "The person's member id in Slack: U0123ABCD")
  private String user = "";

  @Override
  public Integer call() throws ConfigurationException, UsageException {
    if (!ID.matcher(user).matches()) {
      throw new UsageException(
          "\""
              + user
              + "\" is no member id of Slack; it looks like U0123ABCD, and is in the person's"
              + " profile under “Copy member ID”.");
    }
    Configuration configuration = Configuration.load(config, System.getenv());
    try (Store store = Store.open(configuration.storeUrl())) {
      PrintWriter out = new PrintWriter(System.out, false, StandardCharsets.UTF_8);
      out.println(told(store.forget(user)));
      out.flush();
    }
    return Samovar.OK;
  }

  private String told(Forgotten forgotten) {
    if (forgotten.isNothing()) {
      return "Nothing was kept of " + user + ".";
    }
    List<String> places = new ArrayList<>();
    count(places, forgotten.incidents(), "incident");
    count(places, forgotten.handovers(), "handoff");
    count(places, forgotten.opinions(), "opinion");
    count(places, forgotten.others(), "other row");
    return "Forgot " + user + " in " + String.join(", ", places) + ".";
  }

  private static void count(List<String> places, int count, String what) {
    if (count > 0) {
      places.add(count + " " + what + (count == 1 ? "" : "s"));
    }
  }
}
