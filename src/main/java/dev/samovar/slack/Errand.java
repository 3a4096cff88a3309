package dev.samovar.slack;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/**
 * What Slack delivered and is to be done: kept as JSON before it is acknowledged. Names and parts
 * stay as they are, for what an earlier version kept.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "errand")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Errand.Hear.class, name = "hear"),
  @JsonSubTypes.Type(value = Errand.Obey.class, name = "obey"),
  @JsonSubTypes.Type(value = Errand.Feel.class, name = "press"),
  @JsonSubTypes.Type(value = Errand.Take.class, name = "form")
})
sealed interface Errand {
  /** The same for what must have one effect only. */
  String key();

  /** A message. */
  record Hear(Said said) implements Errand {
    @Override
    public String key() {
      return said.key();
    }
  }

  /**
   * A slash command.
   *
   * @param name with its slash
   * @param responseUrl where the answer goes that only the user sees; good for half an hour
   */
  record Obey(String key, String name, String text, String channel, String user, String responseUrl)
      implements Errand {}

  /**
   * A button or a menu.
   *
   * @param moment of the click: one that had no effect may be tried again
   */
  record Feel(Press press, long moment) implements Errand {
    @Override
    public String key() {
      return press.key() + " " + moment;
    }
  }

  /**
   * A form.
   *
   * @param about the incident or handoff
   * @param state what was written, as Slack's JSON
   */
  record Take(String key, Act form, String about, String state, String user) implements Errand {}
}
