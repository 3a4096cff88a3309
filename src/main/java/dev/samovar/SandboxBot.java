package dev.samovar;

import dev.samovar.config.ConfigurationException;
import dev.samovar.conversation.AutoReply;
import dev.samovar.conversation.TriageConversation;
import dev.samovar.elasticsearch.ElasticsearchSettings;
import dev.samovar.handoff.Duty;
import dev.samovar.handoff.HandoversInMemory;
import dev.samovar.handoff.Shifts;
import dev.samovar.incidents.IncidentsInMemory;
import dev.samovar.oncall.Standing;
import dev.samovar.redaction.Redaction;
import dev.samovar.rota.Rota;
import dev.samovar.rota.Turn;
import dev.samovar.runbooks.Runbooks;
import dev.samovar.sandbox.Story;
import dev.samovar.slack.SlackBot;
import dev.samovar.slack.SlackSettings;
import dev.samovar.standin.Workspace;
import dev.samovar.work.ClaimsInMemory;
import dev.samovar.work.InboxInMemory;
import dev.samovar.work.Jobs;
import dev.samovar.work.JobsInMemory;
import dev.samovar.work.Keepers;
import dev.samovar.work.MarksInMemory;
import dev.samovar.work.PostsInMemory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The app of {@code serve}, in the sandbox's workspace and time, with what it knows in memory. */
final class SandboxBot implements AutoCloseable {
  /** Time may leap: what became due is seen to soon. */
  private static final Duration POLLING = Duration.ofMillis(200);

  private static final int JOBS = 6;
  private static final int REMEMBERED = 5000;
  private static final int INCIDENTS = 200;
  private static final Duration COOLDOWN = Duration.ofMinutes(15);

  private final House house;
  private final SlackBot bot;

  private SandboxBot(House house, SlackBot bot) {
    this.house = house;
    this.bot = bot;
  }

  /** Starts it; it hears the workspace when this returns. */
  static SandboxBot start(String elasticsearch, Workspace workspace, Rota rota, Clock clock)
      throws Exception {
    House house = house(elasticsearch);
    IncidentsInMemory incidents = new IncidentsInMemory(INCIDENTS);
    Runbooks runbooks = new Runbooks(Optional.empty(), Optional.empty());
    Rota none = new Rota("", List.of(), List.of(), List.of(), List.of());
    Shifts shifts =
        new Shifts(
            List.of(new Duty(rota.team(), "#" + rota.team(), rota, Story.models())),
            new Duty("everything", "", none, Story.models()),
            house.handoffs(incidents, runbooks),
            new HandoversInMemory());
    SandboxBot bot =
        new SandboxBot(
            house,
            new SlackBot(
                settings(workspace),
                new TriageConversation(Story.models()),
                house.triage(),
                incidents,
                keepers(clock),
                runbooks,
                () -> onCall(rota, clock.instant()),
                Optional.of(shifts),
                clock));
    try {
      bot.bot.start();
    } catch (Exception e) {
      bot.close();
      throw e;
    }
    return bot;
  }

  private static House house(String elasticsearch) throws ConfigurationException {
    return House.ofSandbox(ElasticsearchSettings.plain(elasticsearch));
  }

  private static SlackSettings settings(Workspace workspace) {
    return new SlackSettings(
        false,
        workspace.botToken(),
        workspace.appToken(),
        "",
        workspace.apiUrl(),
        List.of("inc-*"),
        AutoReply.ON,
        COOLDOWN,
        List.of(),
        List.of(),
        Optional.empty(),
        Map.of(),
        List.of(),
        Redaction.usual()::of);
  }

  private static Keepers keepers(Clock clock) {
    Jobs jobs = new JobsInMemory(clock, POLLING, JOBS);
    return new Keepers(
        jobs,
        new InboxInMemory(jobs, clock),
        new ClaimsInMemory(REMEMBERED),
        new PostsInMemory(REMEMBERED),
        new MarksInMemory(clock),
        entry -> {},
        () -> false);
  }

  private static List<Standing> onCall(Rota rota, Instant now) {
    return rota
        .onCall(now)
        .map(
            person ->
                new Standing(
                    rota.team(),
                    List.of(person),
                    rota.at(now).map(Turn::to),
                    Standing.ROTA,
                    Optional.empty(),
                    true))
        .stream()
        .toList();
  }

  @Override
  public void close() {
    bot.close();
    house.close();
  }
}
