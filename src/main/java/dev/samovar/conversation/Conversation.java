package dev.samovar.conversation;

import dev.samovar.evidence.Model;
import dev.samovar.triage.Symptom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Decides from the words alone. Texts are as Slack delivers them: markup, emoji codes, entities.
 */
public interface Conversation {

  /** What follows {@code /triage}. Never {@link Reply.Silence}. */
  Reply command(String text, Asked asked);

  /**
   * Said to Samovar: a mention (already cut off) or a direct message. Never {@link Reply.Silence}.
   */
  Reply addressed(String text, Asked asked);

  /** Said in a channel, to nobody in particular. */
  Reply overheard(String text, Asked asked);

  /**
   * Said in a thread that Samovar answered in.
   *
   * @param isAddressed then never {@link Reply.Silence}
   */
  Reply followUp(String text, Topic topic, boolean isAddressed, Asked asked);

  /** The model was chosen from the menu of {@link Reply.Which}. */
  Reply chosen(String model, Instant from, Set<Symptom> symptoms, Asked asked);

  /** The model that a text names, whatever it says about it. */
  Optional<Model> named(String text);

  /**
   * An alert came. Never {@link Reply.Silence}.
   *
   * @param model it is about; empty where nothing says so
   * @param from since when it fires
   * @param text plain
   */
  Reply alerted(Optional<Model> model, Instant from, String text, Asked asked);

  /** The models that can be asked about. */
  List<Model> models();

  /** The same conversation with one who knows of these models alone. */
  Conversation among(List<Model> some);
}
