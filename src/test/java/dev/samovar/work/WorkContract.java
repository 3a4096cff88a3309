package dev.samovar.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What every keeper of work does. */
public abstract class WorkContract {
  protected static final Instant NOW = Instant.parse("2026-05-20T15:00:00Z");

  /** A clock that goes, and that tests move on: db-scheduler waits by it. */
  protected static final class SetClock extends Clock {
    private final long begun = System.nanoTime();
    private volatile Duration passed = Duration.ZERO;

    void pass(Duration time) {
      passed = passed.plus(time);
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return NOW.plus(passed).plusNanos(System.nanoTime() - begun);
    }
  }

  protected final SetClock clock = new SetClock();
  private final BlockingQueue<Job> done = new LinkedBlockingQueue<>();

  protected abstract Jobs jobs();

  protected abstract Inbox inbox();

  protected abstract Claims claims();

  protected abstract Posts posts();

  protected abstract Marks marks();

  protected Job next() throws InterruptedException {
    Job job = done.poll(10, TimeUnit.SECONDS);
    assertThat(job).as("a job that is done").isNotNull();
    return job;
  }

  /** The next job, while time goes by: what the one before leads to may not be kept yet. */
  private Job nextWhilePass(Duration step) throws InterruptedException {
    Job job = null;
    for (int i = 0; job == null && i < 200; i++) {
      clock.pass(step);
      job = done.poll(50, TimeUnit.MILLISECONDS);
    }
    assertThat(job).as("a job that is done").isNotNull();
    return java.util.Objects.requireNonNull(job);
  }

  /** Jobs are done one after another: when this one is, all that was due before is too. */
  private void settle(String key) throws InterruptedException {
    jobs().at(clock.instant(), "kind", key, "");
    assertThat(next().key()).isEqualTo(key);
  }

  @Test
  void what_is_due_and_not_begun_waits_the_oldest_first() {
    Instant due = clock.instant().minusSeconds(90).truncatedTo(ChronoUnit.SECONDS);
    jobs().does("look", job -> {});
    assertThat(jobs().backlog(clock.instant())).isEqualTo(Backlog.NONE);

    jobs().at(due.plusSeconds(30), "look", "younger", "");
    jobs().at(due, "look", "older", "");
    jobs().at(clock.instant().plusSeconds(3600), "look", "later", "");

    assertThat(jobs().backlog(clock.instant())).isEqualTo(new Backlog(2, Optional.of(due)));
  }

  @Test
  void a_job_is_done_when_it_is_due_and_once() throws Exception {
    jobs().does("kind", done::add);
    jobs().start();
    Instant when = NOW.plusSeconds(60);
    assertThat(jobs().at(when, "kind", "a", "“päyload”\n2")).isTrue();
    assertThat(jobs().at(when, "kind", "a", "other")).isFalse();
    settle("before");
    clock.pass(Duration.ofSeconds(61));

    assertThat(next()).isEqualTo(new Job("kind", "a", "“päyload”\n2", when));
    settle("after");
    assertThat(done).isEmpty();
  }

  @Test
  void a_job_taken_back_is_not_done() throws Exception {
    jobs().does("kind", done::add);
    jobs().start();
    jobs().at(NOW.plusSeconds(60), "kind", "a", "");

    assertThat(jobs().cancel("kind", "a")).isTrue();
    assertThat(jobs().cancel("kind", "a")).isFalse();
    clock.pass(Duration.ofSeconds(61));
    settle("after");
    assertThat(done).isEmpty();
  }

  @Test
  void work_that_throws_is_tried_again_later() throws Exception {
    List<Instant> tries = new CopyOnWriteArrayList<>();
    jobs()
        .does(
            "kind",
            job -> {
              tries.add(clock.instant());
              done.add(job);
              if (tries.size() < 3) {
                throw new IllegalStateException("not yet");
              }
            });
    jobs().start();
    jobs().at(NOW, "kind", "a", "");
    next();
    for (int i = 0; i < 2; i++) {
      assertThat(nextWhilePass(Duration.ofSeconds(1))).isEqualTo(new Job("kind", "a", "", NOW));
    }
    assertThat(tries).hasSize(3);
    assertThat(Duration.between(tries.get(0), tries.get(1))).isGreaterThan(Duration.ofSeconds(4));
  }

  @Test
  void what_recurs_is_caught_up_once_however_long_nobody_was_there() throws Exception {
    jobs().does("kind", done::add);
    jobs().every("kind", "daily", now -> NOW.plus(days(now).plusDays(1)));
    jobs().start();
    clock.pass(Duration.ofDays(3).plusHours(1));

    assertThat(next().due()).isEqualTo(NOW.plus(Duration.ofDays(1)));
    assertThat(nextWhilePass(Duration.ofHours(1)).due()).isEqualTo(NOW.plus(Duration.ofDays(4)));
    assertThat(done).isEmpty();
  }

  private static Duration days(Instant now) {
    return Duration.ofDays(Duration.between(NOW, now).toDays());
  }

  @Test
  void a_delivery_that_comes_again_has_no_effect() throws Exception {
    jobs().does("kind", done::add);
    jobs().start();
    assertThat(inbox().accept("kind", "Ev1", "hello")).isTrue();
    assertThat(next().payload()).isEqualTo("hello");
    assertThat(inbox().accept("kind", "Ev1", "hello")).isFalse();
    settle("after");
    assertThat(done).isEmpty();
  }

  @Test
  void of_many_deliveries_at_once_one_has_an_effect() throws Exception {
    jobs().does("kind", done::add);
    jobs().start();
    List<Boolean> firsts = atOnce(16, () -> inbox().accept("kind", "Ev1", "hello"));

    assertThat(firsts).containsOnlyOnce(true);
    next();
    settle("after");
    assertThat(done).isEmpty();
  }

  @Test
  void what_came_before_the_start_is_done_after_it() throws Exception {
    inbox().accept("kind", "Ev1", "hello");
    jobs().does("kind", done::add);
    jobs().start();
    assertThat(next().key()).isEqualTo("Ev1");
  }

  @Test
  void a_claim_belongs_to_one_who_may_ask_again() throws Exception {
    assertThat(claims().claim("message 1.1", "Ev1")).isTrue();
    assertThat(claims().claim("message 1.1", "Ev2")).isFalse();
    assertThat(claims().claim("message 1.1", "Ev1")).isTrue();
    AtomicInteger names = new AtomicInteger();
    List<Boolean> claimed =
        atOnce(16, () -> claims().claim("message 1.2", "Ev" + names.incrementAndGet()));
    assertThat(claimed).containsOnlyOnce(true);
  }

  @Test
  void an_intent_stays_until_the_message_has_a_place() {
    assertThat(posts().intend("p1", NOW)).isEqualTo(new Posts.Post("p1", NOW, Optional.empty()));
    assertThat(posts().intend("p1", NOW.plusSeconds(5)).intended()).isEqualTo(NOW);
    posts().arrived("p1", "1700000000.000001");
    assertThat(posts().intend("p1", NOW.plusSeconds(9)).message()).contains("1700000000.000001");
  }

  @Test
  void a_mark_holds_until_its_time() {
    marks().put("muted", "C1", "a", NOW.plusSeconds(60));
    marks().put("muted", "C2", "b", Marks.FOREVER);
    marks().put("other", "C3", "c", Marks.FOREVER);
    assertThat(marks().get("muted", "C1")).contains("a");
    assertThat(marks().get("other", "C1")).isEmpty();
    assertThat(marks().all("muted")).isEqualTo(Map.of("C1", "a", "C2", "b"));
    clock.pass(Duration.ofSeconds(60));

    assertThat(marks().get("muted", "C1")).isEmpty();
    assertThat(marks().all("muted")).isEqualTo(Map.of("C2", "b"));
    marks().put("muted", "C2", "“d”", Marks.FOREVER);
    assertThat(marks().get("muted", "C2")).contains("“d”");
    marks().put("muted", "C2", "", NOW);
    assertThat(marks().get("muted", "C2")).isEmpty();
  }

  @Test
  void of_many_who_set_a_mark_at_once_one_does() throws Exception {
    for (int round = 0; round < 3; round++) {
      AtomicInteger names = new AtomicInteger(round * 100);
      Instant until = clock.instant().plusSeconds(600);
      List<Boolean> won =
          atOnce(
              16,
              () -> {
                String own = "v" + names.incrementAndGet();
                return marks().putIfAbsent("spoken", "C1 m", own, until).equals(own);
              });
      assertThat(won).containsOnlyOnce(true);
      String kept = marks().get("spoken", "C1 m").orElseThrow();
      assertThat(marks().putIfAbsent("spoken", "C1 m", "late", until)).isEqualTo(kept);
      // The next round finds one that holds no more.
      clock.pass(Duration.ofSeconds(601));
    }
  }

  private static <T> List<T> atOnce(int count, Callable<T> work) throws Exception {
    ExecutorService people = Executors.newFixedThreadPool(count);
    List<Future<T>> asked = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      asked.add(people.submit(work));
    }
    List<T> results = new ArrayList<>();
    for (Future<T> one : asked) {
      results.add(one.get(20, TimeUnit.SECONDS));
    }
    people.shutdown();
    return results;
  }
}
