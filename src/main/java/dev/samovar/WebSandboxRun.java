package dev.samovar;

import com.sun.net.httpserver.HttpServer;
import dev.samovar.playground.Playground;
import dev.samovar.sandbox.SandboxClock;
import dev.samovar.sandbox.Scenario;
import dev.samovar.standin.Workspace;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.ZoneId;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** {@code sandbox --web}, from its start to Ctrl-C. */
final class WebSandboxRun {
  private static final long LONGEST_END_SECONDS = 30;

  private final Scenario scenario;
  private final int port;
  private final PrintWriter out;

  WebSandboxRun(Scenario scenario, int port, PrintWriter out) {
    this.scenario = scenario;
    this.port = port;
    this.out = out;
  }

  /** Returns when the process is told to end. */
  void untilStopped() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    CountDownLatch closed = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(end, closed), "stop"));
    SandboxPeople people = new SandboxPeople(ZoneId.systemDefault());
    SandboxClock clock = new SandboxClock(Clock.systemDefaultZone());
    HttpServer http = Playground.port(port);
    int had = http.getAddress().getPort();
    if (had != port && port != 0) {
      out.println("Port " + port + " is taken by another program; this is " + had + ".");
    }
    try (Workspace workspace =
            new Workspace(
                clock, people.members(), people.channels(), () -> "http://localhost:" + had);
        WebSandbox sandbox = new WebSandbox(workspace, clock, people, scenario);
        Playground playground = Playground.open(http, workspace, sandbox, clock)) {
      out.println("Samovar's sandbox. Open in a browser:");
      out.println();
      out.println("  " + playground.address());
      out.println();
      out.println(
          "The key in it lets your browser in, and no other page. Stop with Ctrl-C; nothing is"
              + " kept.");
      sandbox.start();
      end.await();
    } finally {
      closed.countDown();
    }
  }

  /** The process ends when all is closed, in its order. */
  private void stop(CountDownLatch end, CountDownLatch closed) {
    end.countDown();
    try {
      if (!closed.await(LONGEST_END_SECONDS, TimeUnit.SECONDS)) {
        out.println("Something was left unfinished; nothing of it is kept.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
