package dev.samovar;

import dev.samovar.conversation.Asked;
import dev.samovar.conversation.Conversation;
import dev.samovar.conversation.Reply;
import dev.samovar.conversation.Topic;
import dev.samovar.conversation.TriageConversation;
import dev.samovar.elasticsearch.ElasticsearchSettings;
import dev.samovar.evidence.Model;
import dev.samovar.evidence.Nearest;
import dev.samovar.evidence.Window;
import dev.samovar.handoff.Duty;
import dev.samovar.handoff.Handoffs;
import dev.samovar.incidents.IncidentsInMemory;
import dev.samovar.report.Format;
import dev.samovar.rota.Rota;
import dev.samovar.runbooks.Runbooks;
import dev.samovar.sandbox.EmbeddedElasticsearch;
import dev.samovar.sandbox.EventWriter;
import dev.samovar.sandbox.Scenario;
import dev.samovar.sandbox.Story;
import dev.samovar.triage.Report;
import dev.samovar.triage.Request;
import dev.samovar.triage.Triage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "sandbox",
    description =
        "Everything on this machine without accounts: an embedded Elasticsearch with a story in it,"
            + " and a chat to ask in, here or in a browser. With a scenario it answers once and"
            + " ends.",
    mixinStandardHelpOptions = true)
final class SandboxCommand implements Callable<Integer> {
  private static final Duration SHIFT = Duration.ofHours(8);

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "SCENARIO",
      description = "A scenario to ask about, or list.")
  private @Nullable String name;

  @Option(
      names = "--fill",
      paramLabel = "URL",
      description =
          "Writes the scenario into the Elasticsearch at URL, which needs no password, and ends.")
  private @Nullable String fill;

  @Option(
      names = "--web",
      description = "A channel in a browser: the app itself, in a stand-in for Slack.")
  private boolean isWeb;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "8731",
      description = "Of the page, on this machine only. Default: 8731, or a free one.")
  private int port = 8731;

  /** What was looked at last: “and since yesterday?” is about it. */
  private Optional<Topic> topic = Optional.empty();

  private Optional<Handoffs> handoffs = Optional.empty();

  private final PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);

  @Override
  public Integer call() throws Exception {
    if ("list".equals(name)) {
      Stream.of(Scenario.values())
          .forEach(scenario -> out.printf("%-24s%s%n", scenario.id(), scenario.description()));
      return Samovar.OK;
    }
    Scenario scenario = scenario();
    if (fill != null) {
      out.println("Filling " + fill + ": " + scenario.description() + " …");
      new Story(scenario, Instant.now(), new EventWriter(fill)).tell();
      out.println("Filled. Ask: " + scenario.question());
      return Samovar.OK;
    }
    if (isWeb) {
      new WebSandboxRun(scenario, port, out).untilStopped();
      return Samovar.OK;
    }
    out.println("Samovar's sandbox: starting an Elasticsearch of its own …");
    try (EmbeddedElasticsearch server =
        EmbeddedElasticsearch.start(step -> out.println("  " + step))) {
      out.println("Filling it with nine days of four models: " + scenario.description() + " …");
      new Story(scenario, Instant.now(), new EventWriter(server.url())).tell();
      try (House house = House.ofSandbox(ElasticsearchSettings.plain(server.url()))) {
        handoffs =
            Optional.of(
                house.handoffs(
                    new IncidentsInMemory(1), new Runbooks(Optional.empty(), Optional.empty())));
        Conversation conversation = new TriageConversation(Story.models());
        if (name != null || !Terminal.isAttached()) {
          out.println();
          out.println("> " + scenario.question());
          say(conversation, house.triage(), scenario.question());
        } else {
          chat(conversation, house.triage(), server.url());
        }
      }
    }
    return Samovar.OK;
  }

  private Scenario scenario() throws UsageException {
    if (name == null) {
      return Scenario.STORY;
    }
    return Scenario.of(name)
        .orElseThrow(
            () ->
                new UsageException(
                    "There is no scenario "
                        + name
                        + Nearest.of(
                                String.valueOf(name),
                                Stream.of(Scenario.values()).map(Scenario::id).toList())
                            .map(near -> "; did you mean " + near + "?")
                            .orElse(".")
                        + " `sandbox list` names them all."));
  }

  private void chat(Conversation conversation, Triage triage, String url) throws IOException {
    out.println(
        """
        Ready. Say what you would say in Slack, for example
          the fraud model's acting weird since 2h
          /triage eta-model
          /triage help
          /handoff
        and then, about the answer
          why not the deploy?
          and since yesterday?
        The logs are at %s. Leave with exit or Ctrl-D.
        `sandbox --web` shows the app itself in a browser: a channel with its buttons and modals."""
            .formatted(url));
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    while (true) {
      out.print("\n> ");
      out.flush();
      String line = in.readLine();
      if (line == null || line.strip().toLowerCase(Locale.ROOT).matches("exit|quit|bye|/quit")) {
        return;
      }
      if (!line.isBlank()) {
        say(conversation, triage, line.strip());
      }
    }
  }

  private void say(Conversation conversation, Triage triage, String said) {
    Asked asked = Asked.at(Instant.now(), ZoneId.systemDefault());
    Reply reply =
        said.matches("/(triage|handoff)\\b.*")
            ? conversation.command(said.replaceFirst("^/triage|^/", ""), asked)
            : conversation.overheard(said, asked);
    if (reply instanceof Reply.Silence && topic.isPresent()) {
      Reply followUp = conversation.followUp(said, topic.get(), false, asked);
      reply = followUp instanceof Reply.Silence ? reply : followUp;
    }
    if (reply instanceof Reply.Silence silence) {
      out.println("(Samovar stays silent: " + silence.because() + ".)");
    } else if (reply instanceof Reply.Words words) {
      say(words);
    } else if (reply instanceof Reply.Checks checks) {
      say(checks.questions());
    } else if (reply instanceof Reply.Which which) {
      out.println(
          "Which model? I know "
              + String.join(", ", which.models().stream().map(Model::name).toList())
              + ".");
    } else if (reply instanceof Reply.Again && topic.isPresent()) {
      look(
          triage,
          new Request(
              topic.get().model(),
              new Window(topic.get().from(), asked.now()),
              said,
              topic.get().symptoms()));
    } else if (reply instanceof Reply.Handoff) {
      handOff(asked);
    } else if (reply instanceof Reply.Order) {
      out.println("That concerns channels and kept incidents; it works in Slack, not here.");
    } else if (reply instanceof Reply.Investigate investigate) {
      look(triage, investigate.request());
    }
  }

  private void say(Reply.Words words) {
    out.println(words.title());
    words.lines().forEach(line -> out.println("  " + line));
  }

  private void handOff(Asked asked) {
    Duty everything =
        new Duty(
            "the sandbox",
            "",
            new Rota("", List.of(), List.of(), List.of(), List.of()),
            Story.models());
    out.println("Looking at " + everything.models().size() + " models …");
    out.println();
    out.print(
        Format.TEXT.render(
            handoffs
                .orElseThrow()
                .compose(
                    everything,
                    Duty.between(asked.now().minus(SHIFT), asked.now(), asked.zone()),
                    List.of()),
            List.of()));
    out.flush();
  }

  private void look(Triage triage, Request request) {
    out.println("Looking at " + request.model().name() + " …");
    Report report =
        triage.investigate(
            request,
            (done, total, row) ->
                out.println(
                    "  " + done + "/" + total + " " + row.check() + ": " + row.state().label()));
    topic =
        Optional.of(
            new Topic(
                request.model(), request.window().from(), request.symptoms(), Optional.of(report)));
    out.println();
    out.print(Format.TEXT.render(report));
    out.flush();
  }
}
