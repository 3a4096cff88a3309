package dev.samovar.durability;

/** What can be seen from outside of the way from a message to its answer. */
enum Stage {
  /** Slack hands it over. */
  DELIVERED("delivered"),
  /** Samovar has answered 200. */
  ACKNOWLEDGED("acknowledged"),
  /** Slack has the eyes on the message. */
  REACTED("reacted"),
  /** Slack has the first post; Samovar doesn't know yet. */
  POST_KEPT("first post kept"),
  /** Samovar knows of its first post. */
  POSTED("first post answered"),
  /** The first question to Elasticsearch. */
  LOOKING("looking"),
  /** Slack has an edit; Samovar doesn't know yet. */
  EDIT_KEPT("first edit kept"),
  /** Samovar knows of its edit. */
  EDITED("first edit answered");

  private final String label;

  Stage(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }
}
