package dev.samovar.store;

import dev.samovar.work.Posts;
import dev.samovar.work.PostsInMemory;
import java.time.Instant;

/** Intents in the database; while it does not answer, the last ones of this process. */
final class PostsDespiteOutage implements Posts {
  private static final int REMEMBERED = 5_000;

  private final Posts database;
  private final Outage outage;
  private final Posts memory = new PostsInMemory(REMEMBERED);

  PostsDespiteOutage(Posts database, Outage outage) {
    this.database = database;
    this.outage = outage;
  }

  @Override
  public Post intend(String id, Instant now) {
    return outage.change(
        () -> {
          Post post = database.intend(id, now);
          memory.intend(id, post.intended());
          post.message().ifPresent(message -> memory.arrived(id, message));
          return post;
        },
        () -> memory.intend(id, now),
        () -> database.intend(id, now));
  }

  @Override
  public void arrived(String id, String message) {
    memory.arrived(id, message);
    outage.change(
        () -> {
          database.arrived(id, message);
          return message;
        },
        () -> message);
  }
}
