package dev.samovar.redaction;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The tokens of providers, from {@code tokens.txt}. */
final class Tokens implements Finder {
  private final List<Form> forms;

  Tokens(List<Form> forms) {
    this.forms = List.copyOf(forms);
  }

  static Tokens known() {
    try (InputStream in = Tokens.class.getResourceAsStream("tokens.txt")) {
      if (in == null) {
        throw new IllegalStateException("tokens.txt is not in the jar");
      }
      List<Form> forms = new ArrayList<>();
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n", -1)) {
        if (!line.isBlank() && !line.startsWith("#")) {
          String[] parts = line.split("\t", -1);
          forms.add(Form.of(parts[0], List.of(parts[1].split("\\|", -1)), parts[2]));
        }
      }
      return new Tokens(forms);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public List<Span> find(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    List<Span> found = new ArrayList<>();
    for (Form form : forms) {
      if (form.mayOccur(lower)) {
        found.addAll(form.search(text));
      }
    }
    return found;
  }
}
