package dev.samovar.slack;

import com.slack.api.model.block.LayoutBlock;
import com.slack.api.model.block.element.BlockElement;
import com.slack.api.model.block.element.ButtonElement;
import dev.samovar.handoff.Handoff;
import dev.samovar.handoff.Handoff.ModelState;
import dev.samovar.handoff.Handover;
import dev.samovar.handoff.Line;
import dev.samovar.handoff.Outline;
import dev.samovar.incidents.Place;
import dev.samovar.rota.Person;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A handoff in one message that can be read on the way to the desk, and its details for the thread.
 * Pure: the same handover gives the same message.
 */
final class HandoffMessage {
  private static final int LEAD = 2000;
  private static final int PART = 2200;
  private static final int LINE = 600;
  private static final int SHOWN = 5;
  private static final int DETAILS = 25;
  private static final int NAMES = 600;

  /** Slack takes about 12,000 characters a message. */
  private static final int MESSAGE = 9000;

  private static final int MESSAGES = 3;
  private static final Duration LATE = Duration.ofMinutes(10);

  private final Function<Place, Optional<String>> links;
  private final Function<Person, String> who;

  /**
   * @param links where people open what was said about an incident
   * @param who a person, named or mentioned
   */
  HandoffMessage(Function<Place, Optional<String>> links, Function<Person, String> who) {
    this.links = links;
    this.who = who;
  }

  /**
   * As it stands in the team's channel.
   *
   * @param sent when it was sent
   */
  OutgoingMessage of(Handover handover, Handoff handoff, Instant sent) {
    List<LayoutBlock> blocks = body(handover, handoff);
    if (sent.isAfter(handover.end().plus(LATE))) {
      blocks.add(
          Layout.context(
              ":hourglass: Late: the shift ended "
                  + SlackText.time(handover.end())
                  + ", while I was not there."));
    }
    handover
        .acknowledgedBy()
        .ifPresent(
            user ->
                blocks.add(
                    Layout.context(
                        ":white_check_mark: Taken by "
                            + SlackText.mention(user)
                            + ", "
                            + SlackText.time(handover.since()))));
    blocks.add(Layout.actions("handoff", buttons(handover)));
    return message(handover, handoff, blocks);
  }

  private static List<BlockElement> buttons(Handover handover) {
    List<BlockElement> row = new ArrayList<>();
    if (handover.acknowledgedBy().isEmpty()) {
      row.add(take(handover));
    }
    row.add(notes(handover));
    return row;
  }

  /** As somebody sees it who asks before the shift is over. */
  OutgoingMessage preview(Handover handover, Handoff handoff) {
    List<LayoutBlock> blocks = body(handover, handoff);
    boolean isOpen = handover.message().isEmpty();
    blocks.add(
        Layout.context(
            isOpen
                ? "Only you see this. It goes to the team by itself at the end of the shift, "
                    + SlackText.time(handover.end())
                    + "."
                : "Only you see this. The handoff of this shift was sent already."));
    List<BlockElement> row = new ArrayList<>(List.of(notes(handover)));
    if (isOpen) {
      row.add(
          Layout.button(
              "Hand over now",
              Act.HAND_ON.id(),
              handover.id(),
              "It goes to the team's channel now; the end of the shift then brings no other.",
              "Hand over"));
    }
    blocks.add(Layout.actions("handoff", row));
    return message(handover, handoff, blocks);
  }

  /** Without a rota there is nothing to hand over, only to read. */
  OutgoingMessage summary(Handover handover, Handoff handoff) {
    return message(handover, handoff, body(handover, handoff));
  }

  private List<LayoutBlock> body(Handover handover, Handoff handoff) {
    Outline outline = Outline.of(handoff, handover.notes());
    List<LayoutBlock> blocks = new ArrayList<>();
    blocks.add(Layout.header(":handshake: " + outline.title()));
    blocks.add(Layout.section(SlackText.cut(lines(outline.lead(), ""), LEAD)));
    for (Outline.Part part : outline.parts()) {
      if (part.isUrgent()) {
        blocks.add(part(part, SHOWN));
      }
    }
    if (!outline.parts().isEmpty()) {
      blocks.add(Layout.context(health(handoff)));
    }
    return blocks;
  }

  private LayoutBlock part(Outline.Part part, int most) {
    List<Line> lines = part.lines();
    int left = lines.size() - most;
    return Layout.section(
        SlackText.cut(
            "*"
                + part.heading()
                + "*\n"
                + lines(lines.subList(0, Math.min(most, lines.size())), "• ")
                + (left > 0 ? "\n" + left + " more" : ""),
            PART));
  }

  private static String health(Handoff handoff) {
    List<String> parts = new ArrayList<>();
    named(handoff, ModelState::isUnwell)
        .ifPresent(names -> parts.add(":rotating_light: Unwell: " + names));
    named(handoff, model -> !model.isUnwell() && !model.isWell())
        .ifPresent(names -> parts.add(":grey_question: No telling: " + names));
    named(handoff, ModelState::isWell)
        .ifPresent(names -> parts.add(":white_check_mark: Well: " + names));
    return parts.isEmpty() ? "No model is known." : String.join("\n", parts);
  }

  private static Optional<String> named(
      Handoff handoff, java.util.function.Predicate<ModelState> which) {
    String names =
        handoff.models().stream()
            .filter(which)
            .map(model -> SlackText.escape(model.model()))
            .collect(Collectors.joining(", "));
    return names.isEmpty() ? Optional.empty() : Optional.of(SlackText.cut(names, NAMES));
  }

  private OutgoingMessage message(Handover handover, Handoff handoff, List<LayoutBlock> blocks) {
    Outline outline = Outline.of(handoff, handover.notes());
    String text =
        SlackText.escape(outline.title()) + ": " + SlackText.cut(line(outline.lead().get(0)), LEAD);
    String plain = "*" + SlackText.escape(outline.title()) + "*\n" + lines(outline.lead(), "");
    return new OutgoingMessage(text, blocks, plain);
  }

  /** What the message itself leaves out; none where it says it all. */
  List<OutgoingMessage> details(Handover handover, Handoff handoff) {
    List<OutgoingMessage> messages = new ArrayList<>();
    List<LayoutBlock> blocks = new ArrayList<>();
    int length = 0;
    for (Outline.Part part : Outline.of(handoff, handover.notes()).parts()) {
      if (part.isUrgent() && part.lines().size() <= SHOWN) {
        continue;
      }
      if (length + PART > MESSAGE) {
        messages.add(OutgoingMessage.of("Details of the handoff", blocks));
        blocks = new ArrayList<>();
        length = 0;
      }
      blocks.add(part(part, DETAILS));
      length += PART;
    }
    if (!blocks.isEmpty()) {
      messages.add(OutgoingMessage.of("Details of the handoff", blocks));
    }
    return messages.subList(0, Math.min(MESSAGES, messages.size()));
  }

  /** Before the end of a shift, to who goes, alone. */
  static OutgoingMessage invitation(Handover handover) {
    String text =
        "Your shift for "
            + SlackText.escape(handover.team())
            + " ends "
            + SlackText.time(handover.end())
            + ". Is there anything the next one should know? What I see of incidents, models and"
            + " changes goes by itself.";
    return OutgoingMessage.of(
        text, List.of(Layout.section(text), Layout.actions("handoff", List.of(notes(handover)))));
  }

  /** After a quarter of an hour, to who is next, alone. */
  static OutgoingMessage reminder(Handover handover, Handoff handoff, Optional<String> link) {
    String text =
        "The handoff of "
            + SlackText.escape(handover.team())
            + " waits for you since "
            + SlackText.time(handover.sentAt().orElse(handover.end()))
            + link.map(url -> " " + SlackText.link(url, "there")).orElse("")
            + ": "
            + SlackText.cut(SlackText.escape(handoff.sentence()), LEAD);
    return OutgoingMessage.of(
        text, List.of(Layout.section(text), Layout.actions("handoff", List.of(take(handover)))));
  }

  /** After half an hour, to the team. */
  OutgoingMessage escalation(Handover handover, Optional<String> link) {
    String text =
        ":warning: Nobody has taken the "
            + link.map(url -> SlackText.link(url, "handoff")).orElse("handoff")
            + " of "
            + SlackText.escape(handover.team())
            + ", sent "
            + SlackText.time(handover.sentAt().orElse(handover.end()))
            + handover
                .incoming()
                .map(person -> ". " + who.apply(person) + " was asked twice. Who takes it?")
                .orElse(". Who takes it?");
    return OutgoingMessage.of(
        text, List.of(Layout.section(text), Layout.actions("handoff", List.of(take(handover)))));
  }

  private static ButtonElement take(Handover handover) {
    ButtonElement take = Layout.button("Acknowledge", Act.TAKE.id(), handover.id());
    take.setStyle("primary");
    return take;
  }

  private static ButtonElement notes(Handover handover) {
    return Layout.button("Add notes", Act.NOTES.id(), handover.id());
  }

  private String lines(List<Line> lines, String mark) {
    return lines.stream()
        .map(line -> mark + SlackText.cut(line(line), LINE))
        .collect(Collectors.joining("\n"));
  }

  private String line(Line line) {
    StringBuilder out = new StringBuilder();
    for (Line.Piece piece : line.pieces()) {
      if (piece instanceof Line.Words words) {
        out.append(SlackText.withTimes(SlackText.escape(words.text())));
      } else if (piece instanceof Line.Strong words) {
        out.append('*').append(SlackText.escape(words.text()).replace("*", "")).append('*');
      } else if (piece instanceof Line.Moment moment) {
        out.append(moment.isSameDay() ? SlackText.clock(moment.at()) : SlackText.time(moment.at()));
      } else if (piece instanceof Line.Break) {
        out.append("\n      ");
      } else if (piece instanceof Line.Who who) {
        out.append(this.who.apply(who.person()));
      } else if (piece instanceof Line.Talk talk) {
        out.append(
            links
                .apply(talk.place())
                .map(url -> SlackText.link(url, talk.text()))
                .orElseGet(() -> SlackText.escape(talk.text())));
      }
    }
    return out.toString();
  }

  /** Whether the person has an id of Slack, and so can be written to. */
  static boolean isKnown(Person person) {
    return person.id().matches("[UW][A-Z0-9]{1,30}");
  }
}
