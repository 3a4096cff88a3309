package dev.samovar.incidents;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class LikenessTest {
  private static final Instant NOW = Instant.parse("2026-05-20T15:00:00Z");
  private static final Traits UNITS =
      new Traits(
          Set.of(
              "named:preprocessing-change",
              "found-cause:preprocessing-change",
              "about-cause:preprocessing-change ml.features.amount",
              "found-symptom:prediction-shift"));
  private static final Traits MEMORY =
      new Traits(
          Set.of(
              "named:gpu-memory",
              "found-cause:gpu-memory",
              "about-cause:gpu-memory gpu-1",
              "found-symptom:prediction-shift",
              "found-symptom:error-burst"));

  private static Earlier earlier(String id, String model, int daysAgo, Traits traits) {
    return new Earlier(id, model, NOW.minusSeconds(86_400L * daysAgo), traits);
  }

  private static List<String> ids(List<Likeness.Similar> similar) {
    return similar.stream().map(one -> one.earlier().id()).toList();
  }

  @Test
  void the_same_findings_are_recognised_and_a_shared_symptom_alone_is_not() {
    List<Earlier> all = List.of(earlier("gpu", "m", 1, MEMORY), earlier("units", "m", 9, UNITS));
    assertThat(ids(Likeness.among(all, "m", UNITS))).containsExactly("units");
    assertThat(Likeness.among(all, "m", UNITS).get(0).similarity()).isEqualTo(1.0);
  }

  @Test
  void the_same_model_comes_first_and_of_equals_the_newest() {
    List<Earlier> all =
        List.of(
            earlier("other", "n", 1, UNITS),
            earlier("old", "m", 9, UNITS),
            earlier("new", "m", 3, UNITS));
    assertThat(ids(Likeness.among(all, "m", UNITS))).containsExactly("new", "old", "other");
  }

  @Test
  void what_is_rare_weighs_more_than_what_is_always_found() {
    Traits now = new Traits(Set.of("found-cause:recent-changes", "found-cause:gpu-memory"));
    List<Earlier> all =
        new ArrayList<>(
            IntStream.range(0, 30)
                .mapToObj(
                    i ->
                        earlier(
                            "common" + i,
                            "m",
                            10 + i,
                            new Traits(
                                Set.of("found-cause:recent-changes", "found-cause:data-drift"))))
                .toList());
    all.add(
        earlier(
            "rare",
            "m",
            90,
            new Traits(Set.of("found-cause:gpu-memory", "found-cause:data-drift"))));
    assertThat(ids(Likeness.among(all, "m", now))).startsWith("rare").hasSize(1);
  }

  @Test
  void where_nothing_was_found_nothing_is_alike() {
    assertThat(
            Likeness.among(
                List.of(earlier("a", "m", 1, new Traits(Set.of()))), "m", new Traits(Set.of())))
        .isEmpty();
  }

  @Property(tries = 100)
  void similarity_is_a_share_and_does_not_depend_on_the_order(
      @ForAll @Size(max = 12) List<@IntRange(max = 6) Integer> seeds) {
    List<Earlier> all = new ArrayList<>();
    for (int i = 0; i < seeds.size(); i++) {
      all.add(
          earlier(
              "i" + i, seeds.get(i) % 2 == 0 ? "m" : "n", i, seeds.get(i) > 3 ? UNITS : MEMORY));
    }
    List<Likeness.Similar> found = Likeness.among(all, "m", UNITS);
    java.util.Collections.reverse(all);
    assertThat(Likeness.among(all, "m", UNITS)).isEqualTo(found);
    assertThat(found).allMatch(one -> one.similarity() <= 1 && one.similarity() >= Likeness.ENOUGH);
  }
}
