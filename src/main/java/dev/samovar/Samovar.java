package dev.samovar;

import dev.samovar.config.ConfigurationException;
import dev.samovar.evidence.EvidenceException;
import dev.samovar.redaction.Redaction;
import dev.samovar.report.Wording;
import dev.samovar.slack.SlackException;
import dev.samovar.store.StoreException;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The launcher. */
@Command(
    name = "samovar",
    description = "Answers “the model's acting weird in production”.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      ServeCommand.class,
      TriageCommand.class,
      HandoffCommand.class,
      BaselineCommand.class,
      UnderstandCommand.class,
      SignaturesCommand.class,
      DoctorCommand.class,
      SetupCommand.class,
      ChangeCommand.class,
      FeedbackCommand.class,
      ForgetCommand.class,
      SandboxCommand.class,
    })
public final class Samovar implements Runnable {
  static final int OK = 0;
  static final int BAD_USAGE = 2;
  static final int UNREACHABLE = 3;
  static final int FAILED = 4;
  static final int CAUSE_FOUND = 10;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public void run() {
    if (spec != null) {
      throw new CommandLine.ParameterException(spec.commandLine(), "Say which command to run.");
    }
  }

  public static void main(String[] arguments) {
    System.exit(run(arguments));
  }

  static int run(String... arguments) {
    // Before the first logger exists: a bot's log is for its operators, a command's output is not.
    boolean serves = arguments.length > 0 && arguments[0].equals("serve");
    System.setProperty("samovar.log", System.getProperty("samovar.log", serves ? "INFO" : "OFF"));
    CommandLine commands = new CommandLine(new Samovar());
    commands.setCaseInsensitiveEnumValuesAllowed(true);
    commands.setExecutionExceptionHandler(
        (e, command, parsed) -> explainDiscreetly(e, command.getErr()));
    return commands.execute(arguments);
  }

  /** A source that answered with an error was reached. */
  static int code(EvidenceException e) {
    return switch (e.kind()) {
      case UNREACHABLE, TIMEOUT, DENIED -> UNREACHABLE;
      case PARTIAL, BROKEN -> FAILED;
    };
  }

  /** What a source said of its failure holds what it was asked, and with which credentials. */
  private static int explainDiscreetly(Exception e, PrintWriter err) {
    StringWriter said = new StringWriter();
    int code = explain(e, new PrintWriter(said, true));
    Redaction.usual()
        .of(said.toString())
        .lines()
        .map(line -> Wording.plain(line.replace("\t", "    ")))
        .forEach(err::println);
    err.flush();
    return code;
  }

  private static int explain(Exception e, PrintWriter err) {
    if (e instanceof ConfigurationException || e instanceof UsageException) {
      err.println(e.getMessage());
      return BAD_USAGE;
    }
    if (e instanceof StoreException) {
      err.println("store.url: " + e.getMessage());
      return BAD_USAGE;
    }
    if (e instanceof EvidenceException missing) {
      err.println(missing.getMessage());
      return switch (missing.kind()) {
        case UNREACHABLE, TIMEOUT -> UNREACHABLE;
        case DENIED -> BAD_USAGE;
        case PARTIAL, BROKEN -> FAILED;
      };
    }
    if (e instanceof SlackException refused) {
      err.println(e.getMessage());
      return refused.isRefusal() ? BAD_USAGE : FAILED;
    }
    if (isEnding()) {
      // Ctrl-C took away what the command was using; that is no failure to report.
      return OK;
    }
    err.println("Samovar failed unexpectedly: " + e);
    e.printStackTrace(err);
    return FAILED;
  }

  /** Whether the process is on its way out: the one place where the JVM says so. */
  private static boolean isEnding() {
    Thread probe = new Thread(() -> {}, "probe");
    try {
      Runtime.getRuntime().addShutdownHook(probe);
      Runtime.getRuntime().removeShutdownHook(probe);
      return false;
    } catch (IllegalStateException e) {
      return true;
    }
  }
}
