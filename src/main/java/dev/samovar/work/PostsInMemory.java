package dev.samovar.work;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Keeps the last intents while the process lives. */
public final class PostsInMemory implements Posts {
  private final int most;
  private final Map<String, Post> posts = new LinkedHashMap<>();

  public PostsInMemory(int most) {
    this.most = most;
  }

  @Override
  public synchronized Post intend(String id, Instant now) {
    Post post = posts.computeIfAbsent(id, key -> new Post(id, now, Optional.empty()));
    if (posts.size() > most) {
      posts.remove(posts.keySet().iterator().next());
    }
    return post;
  }

  @Override
  public synchronized void arrived(String id, String message) {
    posts.computeIfPresent(id, (key, post) -> new Post(id, post.intended(), Optional.of(message)));
  }
}
