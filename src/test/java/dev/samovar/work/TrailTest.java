package dev.samovar.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TrailTest {
  @Test
  void what_was_worked_on_before_goes_on_afterwards() {
    List<Optional<String>> seen = new ArrayList<>();
    Trail.follow(
        "outer",
        () -> {
          Trail.follow("inner", () -> seen.add(Trail.current()));
          seen.add(Trail.current());
        });
    seen.add(Trail.current());

    assertThat(seen).containsExactly(Optional.of("inner"), Optional.of("outer"), Optional.empty());
  }

  @Test
  void a_step_that_fails_ends_it_too() {
    assertThatThrownBy(
            () ->
                Trail.follow(
                    "it",
                    () -> {
                      throw new IOException("broken");
                    }))
        .isInstanceOf(IOException.class);
    assertThat(Trail.current()).isEmpty();
  }

  @Test
  void another_thread_works_under_it() throws InterruptedException {
    List<Optional<String>> seen = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    Trail.follow("it", () -> threads.add(new Thread(Trail.carry(() -> seen.add(Trail.current())))));
    threads.get(0).start();
    threads.get(0).join();

    assertThat(seen).containsExactly(Optional.of("it"));
  }
}
