package dev.samovar.playground;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.samovar.standin.Change;
import dev.samovar.standin.Message;
import dev.samovar.standin.Workspace;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Tells the open pages what is different, as server-sent events. */
final class Streams {
  /** A page that takes nothing in for so long is told to ask for all of it again. */
  private static final int MOST_WAITING = 500;

  /** So that a page that is gone is noticed. */
  private static final int HEARTBEAT_SECONDS = 15;

  private static final String HEARTBEAT = ": still here\n\n";

  private final Workspace workspace;
  private final Rendering rendering;
  private final List<Stream> open = new CopyOnWriteArrayList<>();

  private record Stream(String user, BlockingQueue<String> waiting) {
    void tell(ObjectNode event) {
      if (!waiting.offer("data: " + event + "\n\n")) {
        waiting.clear();
        waiting.add("data: " + event("emptied") + "\n\n");
      }
    }
  }

  Streams(Workspace workspace, Rendering rendering) {
    this.workspace = workspace;
    this.rendering = rendering;
  }

  /** Writes until the page is closed. */
  void serve(String user, OutputStream out) throws IOException, InterruptedException {
    Stream stream = new Stream(user, new LinkedBlockingQueue<>(MOST_WAITING));
    open.add(stream);
    try {
      stream.tell(event("stage"));
      while (true) {
        String next = stream.waiting().poll(HEARTBEAT_SECONDS, TimeUnit.SECONDS);
        out.write((next == null ? HEARTBEAT : next).getBytes(StandardCharsets.UTF_8));
        out.flush();
      }
    } finally {
      open.remove(stream);
    }
  }

  void staged() {
    open.forEach(stream -> stream.tell(event("stage")));
  }

  void changed(Change change) {
    for (Stream stream : open) {
      if (change instanceof Change.Said said) {
        said(said.message(), stream);
      } else if (change instanceof Change.Gone gone) {
        gone(gone.message(), stream);
      } else if (change instanceof Change.Viewed viewed && viewed.user().equals(stream.user())) {
        stream.tell(event("modal"));
      } else if (change instanceof Change.AtHome home && home.user().equals(stream.user())) {
        stream.tell(event("home"));
      } else if (change instanceof Change.Emptied) {
        stream.tell(event("emptied"));
      }
    }
  }

  private static ObjectNode event(String kind) {
    return JsonNodeFactory.instance.objectNode().put("kind", kind);
  }

  private void said(Message message, Stream stream) {
    if (message.isFor(stream.user())) {
      stream.tell(event(message, stream));
      root(message, stream);
    }
  }

  private ObjectNode event(Message message, Stream stream) {
    return event("message")
        .put("place", message.channel())
        .put("ts", message.ts())
        .put("thread", message.thread().orElse(""))
        .put("author", message.author())
        .put("day", rendering.day(message))
        .put("html", rendering.html(message, stream.user()));
  }

  /** The first message of a thread counts its answers. */
  private void root(Message answer, Stream stream) {
    answer
        .thread()
        .flatMap(root -> workspace.message(answer.channel(), root))
        .ifPresent(root -> stream.tell(event(root, stream).put("counts", true)));
  }

  private void gone(Message message, Stream stream) {
    if (message.isFor(stream.user())) {
      stream.tell(event("gone").put("place", message.channel()).put("ts", message.ts()));
      root(message, stream);
    }
  }
}
