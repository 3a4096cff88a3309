package dev.samovar.slack;

import static com.slack.api.model.block.Blocks.section;
import static com.slack.api.model.block.composition.BlockCompositions.markdownText;

import com.slack.api.model.block.LayoutBlock;
import dev.samovar.conversation.Reply;
import dev.samovar.triage.Report;
import dev.samovar.triage.Request;
import dev.samovar.triage.Triage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes answers: one message that shows progress and becomes the summary. */
final class Desk {
  private static final Logger LOG = LoggerFactory.getLogger(Desk.class);

  /** Slack allows about one edit a second. */
  private static final long BETWEEN_EDITS = TimeUnit.MILLISECONDS.toNanos(1100);

  private final Gateway gateway;
  private final Triage triage;
  private final ReportMessage message;

  Desk(Gateway gateway, Triage triage, ReportMessage message) {
    this.gateway = gateway;
    this.triage = triage;
    this.message = message;
  }

  /**
   * @param threadTs of the message answered; null for a message of its own
   * @param asker who asked by command; null where the message itself shows it
   */
  void answer(String channel, @Nullable String threadTs, @Nullable String asker, Reply reply)
      throws SlackException {
    if (reply instanceof Reply.Words words) {
      gateway.post(channel, threadTs, words(words), List.of());
    } else if (reply instanceof Reply.Investigate investigate) {
      investigate(channel, threadTs, asker, investigate.request());
    }
  }

  /** Plain words; what stands in backticks stays so. */
  static String words(Reply.Words words) {
    List<String> lines = new ArrayList<>();
    lines.add("*" + SlackText.escape(words.title()).replace("*", "") + "*");
    words.lines().forEach(line -> lines.add("• " + SlackText.escapeAroundCode(line)));
    return String.join("\n", lines);
  }

  private void investigate(
      String channel, @Nullable String threadTs, @Nullable String asker, Request request)
      throws SlackException {
    String subject =
        (asker == null ? "" : "<@" + SlackText.escape(asker) + "> asked: ")
            + "looking at "
            + SlackText.escape(request.model().name())
            + " …";
    Gateway.Place place = gateway.post(channel, threadTs, subject, List.of());
    try {
      AtomicLong last = new AtomicLong(System.nanoTime());
      Report report =
          triage.investigate(
              request,
              (done, total, row) -> {
                long now = System.nanoTime();
                long before = last.get();
                if (now - before > BETWEEN_EDITS && last.compareAndSet(before, now)) {
                  progress(place, subject + " " + done + " of " + total + " checks");
                }
              });
      gateway.update(place, message.text(report), message.blocks(report));
    } catch (RuntimeException e) {
      LOG.error("An investigation broke", e);
      String sorry =
          "I could not look at "
              + SlackText.escape(request.model().name())
              + ": something in me broke. The operators find it in my log; `/triage "
              + SlackText.escape(request.model().name())
              + "` tries again.";
      gateway.update(place, sorry, plain(sorry));
    }
  }

  private void progress(Gateway.Place place, String text) {
    try {
      gateway.update(place, text, plain(text));
    } catch (SlackException e) {
      LOG.warn("No progress shown: {}", e.getMessage());
    }
  }

  private static List<LayoutBlock> plain(String text) {
    return List.of(section(s -> s.text(markdownText(text))));
  }
}
