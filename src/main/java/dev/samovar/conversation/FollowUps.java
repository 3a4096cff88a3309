package dev.samovar.conversation;

import dev.samovar.checks.CheckId;
import dev.samovar.checks.Fact;
import dev.samovar.evidence.Model;
import dev.samovar.triage.Report;
import dev.samovar.understanding.Since;
import dev.samovar.understanding.Understanding;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Short questions in a thread that Samovar answered in: “and since monday?”, “check eta too”, “why
 * not the deploy?”. People also talk to each other there: unaddressed, only what can hardly be
 * meant for anybody else is answered.
 */
final class FollowUps {
  /** Who asks a machine is brief. */
  private static final int MOST_WORDS = 9;

  private static final int FACTS = 4;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("EEE HH:mm zzz", Locale.ENGLISH);

  private static final Pattern AGAIN =
      Pattern.compile(
          "(please |pls |can you |could you )?(and now|(run|check|look|try)( it| this)? again"
              + "|again|re ?run( it| this)?|retry|refresh)( please| pls)?");
  private static final Pattern OPENS_TIME =
      Pattern.compile(
          "(and|or|but|what about|how about|what if)?( it| this)?( only)? ?"
              + "(since|from|for the|in the|over the|yesterday|today|last|this|the last|the past)\\b.*");
  private static final Pattern OPENS_MODEL =
      Pattern.compile(
          "(and|or|what about|how about|(can|could) you( also)? (check|look at)|(please |pls )?(also )?"
              + "(check|look at)|same for|is)\\b.*|.* (too|also|as well)");
  private static final Pattern OPENS_CHECK =
      Pattern.compile(
          "(but )?(why|what about|how about|is it|isnt it|is this|could it be|was it|did you (check|look at)"
              + "|sure it isnt|not|and)\\b.*");

  private final Understanding understanding;

  FollowUps(Understanding understanding) {
    this.understanding = understanding;
  }

  /** The model and time asked about, or what a check said; empty where it is no such question. */
  Optional<Reply> read(String text, Topic topic, boolean isAddressed, Asked asked) {
    String said = words(text);
    int count = said.isEmpty() ? 0 : said.split(" ", -1).length;
    if (count == 0 || count > MOST_WORDS) {
      return Optional.empty();
    }
    if (AGAIN.matcher(said).matches()) {
      return Optional.of(new Reply.Again());
    }
    Optional<Model> model = understanding.named(text);
    Optional<Since> since = understanding.since(text);
    boolean isOther = model.isPresent() && !model.get().name().equals(topic.model().name());
    if (isOther && (isAddressed || OPENS_MODEL.matcher(said).matches())) {
      return Optional.of(look(model.get(), since, topic, asked, text));
    }
    if (since.isPresent() && (isAddressed || OPENS_TIME.matcher(said).matches())) {
      return Optional.of(look(topic.model(), since, topic, asked, text));
    }
    boolean isQuestion = text.strip().endsWith("?") || said.startsWith("why");
    if (isQuestion && (isAddressed || OPENS_CHECK.matcher(said).matches())) {
      Optional<CheckId> check = CheckWords.in(said);
      if (check.isEmpty() && said.equals("why")) {
        check =
            topic.report().stream()
                .flatMap(report -> report.causes().stream())
                .map(Report.Cause::check)
                .findFirst();
      }
      return check.map(one -> explain(one, topic, asked));
    }
    return Optional.empty();
  }

  private static String words(String text) {
    return text.toLowerCase(Locale.ROOT)
        .replaceAll("['’]", "")
        .replaceAll("[^\\p{L}\\p{N}:.-]+", " ")
        .replaceAll("[.:]+(\\s|$)", "$1")
        .strip();
  }

  private static Reply look(
      Model model, Optional<Since> since, Topic topic, Asked asked, String text) {
    return Investigations.of(
        model,
        since.map(one -> one.start(asked.now(), asked.zone())).orElse(topic.from()),
        asked.now(),
        text.strip(),
        model.name().equals(topic.model().name()) ? topic.symptoms() : java.util.Set.of(),
        "asked in the thread");
  }

  private static Reply explain(CheckId check, Topic topic, Asked asked) {
    if (topic.report().isEmpty()) {
      return new Reply.Words(
          "I am still looking; ask me again when the answer is there.", List.of());
    }
    Report report = topic.report().get();
    Report.Row row = report.row(check);
    List<String> lines = new ArrayList<>();
    lines.add(standing(check, row, report));
    row.evidence().stream().limit(FACTS).map(Fact::text).forEach(lines::add);
    if (check == CheckId.RECENT_CHANGES) {
      DateTimeFormatter time = TIME.withZone(asked.zone());
      report.changes().stream()
          .limit(FACTS)
          .map(change -> time.format(change.at()) + ": " + change.describe())
          .forEach(lines::add);
    }
    if (!row.remedy().isEmpty()) {
      lines.add("To change that: " + row.remedy());
    }
    return new Reply.Words(title(check, row, report), distinct(lines));
  }

  /** What a line before says already is not said again. */
  private static List<String> distinct(List<String> lines) {
    List<String> kept = new ArrayList<>();
    for (String line : lines) {
      if (kept.stream().noneMatch(before -> before.contains(line))) {
        kept.add(line);
      }
    }
    return kept;
  }

  private static String title(CheckId check, Report.Row row, Report report) {
    return check.id()
        + switch (row.state()) {
          case FOUND ->
              report.causes().stream()
                  .filter(cause -> cause.check() == check)
                  .findFirst()
                  .map(
                      cause ->
                          " is among the causes, with "
                              + Math.round(100 * cause.confidence())
                              + " %.")
                  .orElse(" found something, but is no likely cause.");
          case CLEAR -> " is ruled out.";
          case NOT_CHECKED -> " could not be checked.";
          case FAILED -> " failed.";
        };
  }

  private static String standing(CheckId check, Report.Row row, Report report) {
    return switch (row.state()) {
      case FOUND ->
          report.causes().stream()
              .filter(cause -> cause.check() == check)
              .findFirst()
              .map(Report.Cause::summary)
              .orElse(row.summary());
      case CLEAR -> row.summary();
      case NOT_CHECKED, FAILED -> row.reason();
    };
  }
}
