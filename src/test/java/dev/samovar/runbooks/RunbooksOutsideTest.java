package dev.samovar.runbooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samovar.checks.CheckId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunbooksOutsideTest {
  @Test
  void no_link_leads_out_of_the_directory(@TempDir Path all) throws IOException {
    Path folder = Files.createDirectory(all.resolve("runbooks"));
    Path secret = Files.writeString(all.resolve("secret.md"), "# Secret\n1. nothing\n");
    String page = CheckId.GPU_MEMORY.id() + ".md";
    Files.createSymbolicLink(folder.resolve(page), secret);
    Files.createSymbolicLink(
        folder.resolve(CheckId.DATA_DRIFT.id() + ".md"), Path.of("..", "secret.md"));
    Runbooks runbooks = new Runbooks(Optional.of(folder), Optional.empty());

    assertThat(runbooks.markdown(CheckId.GPU_MEMORY)).doesNotContain("Secret");
    assertThat(runbooks.markdown(CheckId.DATA_DRIFT)).doesNotContain("Secret");
    assertThat(runbooks.own()).isEmpty();

    // The directory itself may be a link, as a mounted one is, and so may a page within it.
    Path mounted = Files.createSymbolicLink(all.resolve("mounted"), folder);
    Files.delete(folder.resolve(page));
    Files.writeString(folder.resolve("shared.md"), "# Ours\n");
    Files.createSymbolicLink(folder.resolve(page), Path.of("shared.md"));
    assertThat(new Runbooks(Optional.of(mounted), Optional.empty()).markdown(CheckId.GPU_MEMORY))
        .isEqualTo("# Ours\n");
  }
}
