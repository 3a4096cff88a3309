package dev.samovar.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OutageTest {
  private final AtomicBoolean isAway = new AtomicBoolean();
  private final CountDownLatch greeted = new CountDownLatch(1);
  private final List<String> database = Collections.synchronizedList(new ArrayList<>());
  private final List<String> memory = new ArrayList<>();
  private final Outage outage = new Outage(this::greet, Duration.ofMillis(5));

  @AfterEach
  void close() {
    outage.close();
  }

  private void greet() {
    if (isAway.get()) {
      throw failure("08006");
    }
    greeted.countDown();
  }

  private static StoreException failure(String state) {
    return new StoreException("The store does not answer", new SQLException("gone", state));
  }

  private String write(String what) {
    greet();
    database.add(what);
    return what;
  }

  private String put(String what) {
    return outage.change(() -> write(what), () -> memory.add(what) ? what + " in memory" : what);
  }

  private void comesBack() throws InterruptedException {
    isAway.set(false);
    assertThat(greeted.await(10, TimeUnit.SECONDS)).isTrue();
    while (outage.isOn()) {
      Thread.onSpinWait();
    }
  }

  @Test
  void what_was_changed_meanwhile_is_told_in_order_when_it_is_back() throws Exception {
    assertThat(put("a")).isEqualTo("a");
    isAway.set(true);
    assertThat(put("b")).isEqualTo("b in memory");
    assertThat(put("c")).isEqualTo("c in memory");
    assertThat(outage.isOn()).isTrue();
    assertThat(outage.<String>ask(() -> "asked", () -> "remembered")).isEqualTo("remembered");
    comesBack();
    assertThat(put("d")).isEqualTo("d");
    assertThat(database).containsExactly("a", "b", "c", "d");
    assertThat(memory).containsExactly("b", "c");
    assertThat(outage.<String>ask(() -> "asked", () -> "remembered")).isEqualTo("asked");
  }

  @Test
  void a_question_that_is_wrong_is_no_outage() {
    assertThatThrownBy(
            () ->
                outage.ask(
                    () -> {
                      throw failure("42601");
                    },
                    () -> "remembered"))
        .isInstanceOf(StoreException.class);
    assertThatThrownBy(
            () ->
                outage.ask(
                    () -> {
                      throw new IllegalStateException("a defect");
                    },
                    () -> "remembered"))
        .hasMessage("a defect");
    assertThat(outage.isOn()).isFalse();
  }

  @Test
  void a_change_that_it_refuses_does_not_keep_back_the_others() throws Exception {
    isAway.set(true);
    put("a");
    outage.change(
        () -> "",
        () -> "",
        () -> {
          throw failure("23505");
        });
    put("b");
    comesBack();
    assertThat(database).containsExactly("a", "b");
  }

  @Test
  void a_full_disk_is_an_outage_and_a_wrong_password_a_refusal() {
    assertThat(Outage.isAway(failure("53100"))).isTrue();
    assertThat(Outage.isRefused(failure("28P01"))).isTrue();
    assertThat(Outage.isRefused(failure("08001"))).isFalse();
    assertThat(Outage.isAway(new StoreException("no JSON", new IllegalStateException()))).isFalse();
  }
}
