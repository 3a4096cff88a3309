package dev.samovar.handoff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samovar.slack.SampleReport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every keeper of handovers does. */
public abstract class HandoversContract {
  private static final Instant END = SampleHandoff.END;

  protected abstract Handovers handovers();

  private static Handover ending(Instant end) {
    return Handover.begin("ml-platform", end.minusSeconds(32_400), end, end.minusSeconds(32_400));
  }

  @Test
  void what_is_kept_comes_back_whole() {
    Handover full =
        ending(END)
            .noted("U0BERLIN", SampleReport.HOSTILE, END.minusSeconds(60))
            .sending(END)
            .sent(
                SampleHandoff.busy(SampleReport.HOSTILE),
                new Handover.Message("C1", "1.1"),
                END.plusSeconds(3))
            .acknowledged("U0SEATTLE", END.plusSeconds(60));
    handovers().begin(full);

    assertThat(handovers().find(full.id())).contains(full);
    assertThat(handovers().find("none")).isEmpty();
  }

  @Test
  void an_end_of_a_shift_has_one_handover() {
    assertThat(handovers().begin(ending(END))).isTrue();
    assertThat(handovers().begin(ending(END))).isFalse();
    assertThat(handovers().begin(ending(END.plusSeconds(1)))).isTrue();
  }

  @Test
  void they_are_found_by_what_is_owed_and_what_nobody_has_taken() {
    handovers().begin(ending(END.minusSeconds(7200)));
    handovers().begin(ending(END.minusSeconds(3600)));
    handovers().begin(ending(END.plusSeconds(3600)));
    String sent = Handover.id("ml-platform", END.minusSeconds(3600));
    handovers()
        .change(
            sent,
            one ->
                one.sending(END).sent(SampleHandoff.quiet(), new Handover.Message("C1", "1"), END));

    assertThat(handovers().unsent("ml-platform", END))
        .extracting(Handover::end)
        .containsExactly(END.minusSeconds(7200));
    assertThat(handovers().unsent("other", END)).isEmpty();
    assertThat(handovers().waiting("ml-platform")).extracting(Handover::id).containsExactly(sent);
    handovers().change(sent, one -> one.acknowledged("U1", END));
    assertThat(handovers().waiting("ml-platform")).isEmpty();
  }

  @Test
  void of_many_at_once_one_begins_and_one_sends() throws Exception {
    ExecutorService replicas = Executors.newFixedThreadPool(8);
    List<Future<Boolean>> sends = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      sends.add(
          replicas.submit(
              () -> {
                handovers().begin(ending(END));
                boolean[] isMine = {false};
                handovers()
                    .change(
                        Handover.id("ml-platform", END),
                        one -> {
                          isMine[0] = one.isUnsent(END);
                          return one.sending(END);
                        });
                return isMine[0];
              }));
    }
    int count = 0;
    for (Future<Boolean> send : sends) {
      count += send.get() ? 1 : 0;
    }
    replicas.shutdown();

    assertThat(count).isEqualTo(1);
  }
}
