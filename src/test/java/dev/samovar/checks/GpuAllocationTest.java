package dev.samovar.checks;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class GpuAllocationTest {
  private static String describe(String text) {
    return GpuAllocation.of(text).map(GpuAllocation::describe).orElse("");
  }

  @Test
  void tells_fragmentation_from_shortage_in_the_old_form() {
    assertThat(
            describe(
                "CUDA out of memory. Tried to allocate 512.00 MiB (GPU 0; 15.78 GiB total capacity;"
                    + " 9.50 GiB already allocated; 300.00 MiB free; 14.20 GiB reserved in total by"
                    + " PyTorch) If reserved memory is >> allocated memory try setting"
                    + " max_split_size_mb"))
        .isEqualTo(
            "tried to allocate 512.00 MiB of 15.78 GiB; fragmented: PyTorch holds 4.70 GiB that it"
                + " does not use, in pieces too small");
    assertThat(
            describe(
                "CUDA out of memory. Tried to allocate 512.00 MiB (GPU 0; 15.78 GiB total capacity;"
                    + " 14.50 GiB already allocated; 30.00 MiB free; 14.60 GiB reserved in total by"
                    + " PyTorch)"))
        .contains("a true shortage");
  }

  @Test
  void names_another_process() {
    assertThat(
            describe(
                "Tried to allocate 2.00 GiB. GPU 0 has a total capacity of 23.69 GiB of which 11.19"
                    + " MiB is free. Process 1234 has 9.00 GiB memory in use. Including non-PyTorch"
                    + " memory, this process has 14.67 GiB memory in use. Of the allocated memory"
                    + " 14.00 GiB is allocated by PyTorch, and 200.00 MiB is reserved by PyTorch but"
                    + " unallocated."))
        .isEqualTo(
            "tried to allocate 2.00 GiB of 23.69 GiB; another process on the same GPU holds 9.00"
                + " GiB");
  }

  @Test
  void says_no_more_than_the_line() {
    assertThat(describe("CUDA out of memory. Tried to allocate 20 bytes"))
        .isEqualTo("tried to allocate 0.00 MiB");
    assertThat(describe("CUDA error: out of memory")).isEmpty();
  }

  @Property
  void reads_anything(@ForAll String text) {
    assertThat(describe("tried to allocate 1.1.1 GiB" + text)).isNotNull();
  }
}
