package dev.samovar.slack;

import dev.samovar.evidence.Model;
import dev.samovar.oncall.Standing;
import dev.samovar.rota.Person;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Who is on call, in words: named everywhere, called only where the team allows it. Nobody is
 * called by a message that is edited later, so where somebody is to be called there is one of its
 * own.
 */
final class OnCallWords {
  private static final int TROUBLE = 200;
  private static final int NAME = 80;

  private final Supplier<List<Standing>> standings;
  private final List<Model> models;
  private final Gateway gateway;

  /**
   * @param standings just now
   */
  OnCallWords(Supplier<List<Standing>> standings, List<Model> models, Gateway gateway) {
    this.standings = standings;
    this.models = List.copyOf(models);
    this.gateway = gateway;
  }

  /** A line for each team. */
  List<String> lines() {
    return standings.get().stream()
        .map(one -> SlackText.escape(one.team()) + ": " + line(one))
        .toList();
  }

  /** Of the teams of a model; empty where nobody is on call. */
  Optional<String> of(String model) {
    String lines = of(standings.get(), model).map(this::line).collect(Collectors.joining("; "));
    return lines.isEmpty() ? Optional.empty() : Optional.of(lines);
  }

  /** The call to those of the model's teams who may be called; empty where nobody may be. */
  Optional<String> call(String model) {
    String who =
        of(standings.get(), model)
            .filter(Standing::mayMention)
            .flatMap(one -> one.people().stream())
            .filter(HandoffMessage::isKnown)
            .map(person -> SlackText.mention(person.id()))
            .distinct()
            .collect(Collectors.joining(", "));
    return who.isEmpty()
        ? Optional.empty()
        : Optional.of(
            ":pager: "
                + who
                + ", on call: something is wrong with "
                + SlackText.escape(model)
                + ".");
  }

  private java.util.stream.Stream<Standing> of(List<Standing> all, String model) {
    boolean isShared = models.stream().allMatch(one -> one.team().isEmpty());
    Optional<String> team =
        models.stream().filter(one -> one.name().equals(model)).findFirst().flatMap(Model::team);
    return all.stream()
        .filter(one -> isShared || team.filter(one.team()::equals).isPresent())
        .filter(one -> !one.people().isEmpty());
  }

  private String line(Standing one) {
    String people =
        one.people().stream()
            .map(person -> who(person, one.mayMention()))
            .collect(Collectors.joining(", "));
    return (people.isEmpty() ? "nobody" : people)
        + one.until().map(until -> " until " + SlackText.time(until)).orElse("")
        + " (by "
        + SlackText.escape(one.by())
        + one.trouble().map(why -> "; " + SlackText.cut(SlackText.escape(why), TROUBLE)).orElse("")
        + ")";
  }

  /** The name; a mention only where that is allowed. */
  String who(Person person, boolean mayMention) {
    if (mayMention && HandoffMessage.isKnown(person)) {
      return SlackText.mention(person.id());
    }
    return SlackText.cut(
        SlackText.escape(
            person
                .name()
                .orElseGet(
                    () ->
                        HandoffMessage.isKnown(person)
                            ? gateway.person(person.id()).name()
                            : person.id())),
        NAME);
  }
}
