package dev.samovar.checks;

import dev.samovar.evidence.Catalog;
import dev.samovar.evidence.Condition;
import dev.samovar.evidence.Dataset;
import dev.samovar.evidence.Event;
import dev.samovar.evidence.Evidence;
import dev.samovar.evidence.EvidenceException;
import dev.samovar.evidence.Fields;
import dev.samovar.evidence.Model;
import dev.samovar.evidence.Query;
import dev.samovar.evidence.ValueCount;
import dev.samovar.evidence.Window;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What changed around a model: what people recorded, what its own events show (a version seen for
 * the first time), and what was deployed.
 *
 * @param kept whether there is any place at all where changes would show
 * @param absence why not; empty where {@code kept}
 * @param changes newest first
 */
public record ChangeLog(boolean kept, String absence, List<Change> changes) {
  private static final int MOST = 200;
  private static final Duration BEFORE_HORIZON = Duration.ofHours(24);

  /** How long a version must have been unseen to count as new. */
  private static final Duration MEMORY = Duration.ofDays(8);

  /** So many versions in that time are nobody's decision of today. */
  private static final int ROUTINE = 5;

  /** Kinds of change that a new value of a field in the predictions shows. */
  private static final Map<String, String> VERSIONS =
      Map.of(
          Fields.MODEL_VERSION, "model",
          Fields.SERVICE_VERSION, "code",
          Fields.PREPROCESSING_VERSION, "preprocessing");

  /** Kinds that concern a model although neither it nor a part of it is named. */
  private static final String[] SHARED_KINDS = {"infrastructure", "feature-flag"};

  /** Of a commit, as long as people and tools cut it at least. */
  private static final Pattern REVISION = Pattern.compile("[0-9a-fA-F]{7,64}");

  private static final List<String> CHANGE_FIELDS =
      List.of(
          Fields.CHANGE_KIND,
          Fields.CHANGE_COMPONENT,
          Fields.CHANGE_FROM,
          Fields.CHANGE_TO,
          Fields.CHANGE_AUTHOR,
          Fields.CHANGE_URL,
          Fields.CHANGE_SUMMARY,
          Fields.MODEL);

  public ChangeLog {
    changes = List.copyOf(changes);
  }

  public static ChangeLog read(Case subject, Evidence evidence) throws EvidenceException {
    Model model = subject.model();
    Window period =
        new Window(subject.horizon().from().minus(BEFORE_HORIZON), subject.window().to());
    List<Change> changes = new ArrayList<>();
    Catalog recorded = evidence.events().catalog(model, Dataset.CHANGE);
    if (!recorded.isEmpty()) {
      changes.addAll(recorded(model, evidence, period));
    }
    Catalog predictions = evidence.events().catalog(model, Dataset.INFERENCE);
    boolean versioned = VERSIONS.keySet().stream().anyMatch(predictions::has);
    if (versioned) {
      changes.addAll(observed(model, evidence, predictions, period, changes));
    }
    changes.sort(
        Comparator.comparing(Change::at)
            .reversed()
            .thenComparing(Change::kind)
            .thenComparing(Change::component)
            .thenComparing(Change::to));
    boolean kept = !recorded.isEmpty() || versioned;
    return new ChangeLog(kept, kept ? "" : recorded.absence(), changes);
  }

  /**
   * The newest of the model's own changes and, apart from them, of those that all share: however
   * often others change what is theirs, it takes no room from what may be the cause.
   */
  private static List<Change> recorded(Model model, Evidence evidence, Window period)
      throws EvidenceException {
    Condition anonymous = Condition.missing(Fields.MODEL);
    Condition ours =
        new Condition.Any(
            List.of(
                Condition.missing(Fields.CHANGE_COMPONENT),
                new Condition.Is(Fields.CHANGE_COMPONENT, parts(model))));
    Condition own =
        new Condition.Any(List.of(Condition.is(Fields.MODEL, model.name()), anonymous.and(ours)));
    Condition shared =
        new Condition.All(
            List.of(anonymous, ours.negate(), Condition.is(Fields.CHANGE_KIND, SHARED_KINDS)));
    List<Change> changes = new ArrayList<>();
    for (Condition condition : List.of(own, shared)) {
      Query query = Query.of(model, Dataset.CHANGE).and(condition);
      for (Event event : evidence.events().newest(query, period, CHANGE_FIELDS, MOST)) {
        changes.add(
            new Change(
                event.time(),
                text(event, Fields.CHANGE_KIND),
                text(event, Fields.CHANGE_COMPONENT),
                text(event, Fields.CHANGE_FROM),
                text(event, Fields.CHANGE_TO),
                text(event, Fields.CHANGE_AUTHOR),
                text(event, Fields.CHANGE_URL),
                text(event, Fields.CHANGE_SUMMARY),
                false));
      }
    }
    return changes;
  }

  /** What belongs to a model; an empty name is nobody's, and so may be this one's. */
  private static List<String> parts(Model model) {
    Set<String> parts = new LinkedHashSet<>(model.upstream());
    parts.add("");
    parts.add(model.name());
    parts.add(model.service());
    model.retraining().ifPresent(retraining -> parts.add(retraining.pipeline()));
    model.preprocessingPipeline().ifPresent(parts::add);
    return List.copyOf(parts);
  }

  private static List<Change> observed(
      Model model, Evidence evidence, Catalog predictions, Window period, List<Change> recorded)
      throws EvidenceException {
    Window memory = new Window(period.to().minus(MEMORY), period.to());
    List<Change> changes = new ArrayList<>();
    for (String field : VERSIONS.keySet().stream().sorted().toList()) {
      if (!predictions.has(field)) {
        continue;
      }
      List<ValueCount> values =
          evidence
              .events()
              .values(Query.of(model, Dataset.INFERENCE), field, Optional.of(memory), 20);
      for (ValueCount value : values) {
        Optional<ValueCount> predecessor =
            values.stream()
                .filter(other -> other.first().isBefore(value.first()))
                .max(Comparator.comparing(ValueCount::last).thenComparing(ValueCount::value));
        boolean isKnown =
            recorded.stream()
                .anyMatch(
                    change ->
                        isSameVersion(change.to(), value.value())
                            && !change.at().isAfter(value.first().plus(Duration.ofHours(1))));
        if (predecessor.isPresent() && period.contains(value.first()) && !isKnown) {
          changes.add(
              new Change(
                  value.first(),
                  VERSIONS.getOrDefault(field, "code"),
                  model.name(),
                  predecessor.get().value(),
                  value.value(),
                  "",
                  "",
                  values.size() >= ROUTINE
                      ? "first seen in its predictions, one of "
                          + values.size()
                          + " in "
                          + MEMORY.toDays()
                          + " days"
                      : "first seen in its predictions",
                  values.size() >= ROUTINE));
        }
      }
    }
    return changes;
  }

  /** The same words, or the same commit where one of them is cut short. */
  private static boolean isSameVersion(String one, String other) {
    if (one.equals(other)) {
      return true;
    }
    int common = Math.min(one.length(), other.length());
    return REVISION.matcher(one).matches()
        && REVISION.matcher(other).matches()
        && one.regionMatches(true, 0, other, 0, common);
  }

  private static String text(Event event, String field) {
    return event.text(field).orElse("");
  }
}
