package dev.samovar.doctor;

import dev.samovar.checks.CheckId;
import dev.samovar.report.Wording;
import dev.samovar.triage.Report;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** For a terminal of 100 columns. */
final class DoctorText {
  private static final int WIDTH = 100;
  private static final int NAME = 24;
  private static final int COLUMN = 14;
  private static final int COLUMNS = 5;

  private final Diagnosis diagnosis;
  private final StringBuilder out = new StringBuilder();

  /** Reasons with their remedies, numbered from 1. */
  private final Map<List<String>, Integer> notes = new LinkedHashMap<>();

  private DoctorText(Diagnosis diagnosis) {
    this.diagnosis = diagnosis;
  }

  static String render(Diagnosis diagnosis) {
    DoctorText text = new DoctorText(diagnosis);
    text.stations();
    if (!diagnosis.patients().isEmpty()) {
      text.matrix();
      text.notes();
      text.fields();
      text.names();
      text.pipeline();
      text.snippets();
    }
    text.role();
    text.next();
    return text.out.toString();
  }

  private void stations() {
    out.append("Samovar ")
        .append(diagnosis.version())
        .append(", Java ")
        .append(diagnosis.java())
        .append(", ")
        .append(Wording.time(diagnosis.at()))
        .append("\n\nSOURCES\n");
    for (Station station : diagnosis.stations()) {
      paragraph(
          String.format(Locale.ROOT, "  %-8s %-14s ", station.state().label(), station.name()),
          station.summary());
      station.details().forEach(detail -> paragraph(" ".repeat(26), detail));
    }
  }

  private void matrix() {
    List<Patient> all = diagnosis.patients();
    for (int from = 0; from < all.size(); from += COLUMNS) {
      List<Patient> some = all.subList(from, Math.min(all.size(), from + COLUMNS));
      out.append('\n').append(cell("CHECKS", NAME + 2));
      some.forEach(patient -> out.append(cell(plain(patient.model()), COLUMN)));
      line();
      for (CheckId check : CheckId.values()) {
        out.append("  ").append(cell(check.id(), NAME));
        some.forEach(patient -> out.append(cell(answer(patient.report().row(check)), COLUMN)));
        line();
      }
      out.append("  ").append(cell("can look", NAME));
      some.forEach(
          patient ->
              out.append(cell(diagnosis.canLook(patient) + " of " + Diagnosis.checks(), COLUMN)));
      line();
    }
  }

  private String answer(Report.Row row) {
    if (Patient.canLook(row)) {
      return "yes";
    }
    int number =
        notes.computeIfAbsent(
            List.of(row.reason(), row.remedy()), key -> Integer.valueOf(notes.size() + 1));
    return (row.state() == Report.State.FAILED ? "failed (" : "no (") + number + ")";
  }

  private void notes() {
    if (notes.isEmpty()) {
      return;
    }
    out.append("\nWHY NOT, AND WHAT WOULD CHANGE IT\n");
    notes.forEach(
        (note, number) -> {
          String mark = String.format(Locale.ROOT, "  %4s ", "(" + number + ")");
          paragraph(mark, note.get(0));
          if (!note.get(1).isEmpty()) {
            paragraph("       → ", note.get(1));
          }
        });
  }

  private void fields() {
    out.append("\nFIELDS\n");
    for (Patient patient : diagnosis.patients()) {
      out.append("  ").append(plain(patient.model())).append('\n');
      for (Shelf shelf : patient.shelves()) {
        String first = "    " + cell(shelf.dataset().key(), 13);
        if (!shelf.trouble().isEmpty()) {
          paragraph(first, shelf.trouble());
          continue;
        }
        paragraph(
            first,
            shelf.expression()
                + " ("
                + shelf.indices()
                + (shelf.indices() == 1 ? " index): " : " indices): ")
                + (shelf.lacks().isEmpty()
                    ? "all fields"
                    : (shelf.has().isEmpty() ? "" : "has " + String.join(", ", shelf.has()) + "; ")
                        + "lacks "
                        + String.join(", ", shelf.lacks())));
      }
    }
  }

  private void names() {
    List<Patient> proposed =
        diagnosis.patients().stream()
            .filter(patient -> patient.proposal().isPresent())
            .collect(Collectors.toCollection(ArrayList::new));
    if (proposed.isEmpty()) {
      return;
    }
    out.append("\nNAMES\n");
    for (Patient patient : proposed) {
      Proposal proposal = patient.proposal().orElseThrow();
      paragraph(
          "  ",
          "With this under models: in samovar.yaml, "
              + proposal.found().entrySet().stream()
                  .map(
                      entry ->
                          entry.getKey().equals(entry.getValue())
                              ? entry.getKey()
                              : entry.getValue() + " (as " + entry.getKey() + ")")
                  .collect(Collectors.joining(", "))
              + " would be seen"
              + (proposal.meaning().isEmpty()
                  ? "."
                  : "; " + proposal.preset() + " is " + proposal.meaning() + "."));
      block(proposal.yaml());
    }
  }

  private void pipeline() {
    diagnosis
        .pipeline()
        .ifPresent(
            pipeline -> {
              out.append("\nPIPELINE (Kibana's Dev Tools)\n");
              block("PUT _ingest/pipeline/json-message\n" + pipeline);
            });
  }

  private void snippets() {
    List<Snippets.Snippet> snippets = diagnosis.snippets();
    if (snippets.isEmpty()) {
      return;
    }
    out.append("\nTO LOG WHAT IS MISSING\n");
    for (Snippets.Snippet snippet : snippets) {
      out.append("  # ").append(snippet.dataset().key()).append('\n');
      block(snippet.code());
    }
  }

  private void role() {
    diagnosis
        .role()
        .ifPresent(
            role -> {
              out.append("\nLEAST PRIVILEGES (Kibana's Dev Tools)\n");
              block(role);
            });
  }

  private void next() {
    List<String> next = diagnosis.next();
    out.append("\nNEXT\n");
    if (next.isEmpty()) {
      out.append("  Nothing: every check of every model can look.\n");
    }
    for (int i = 0; i < next.size(); i++) {
      paragraph(String.format(Locale.ROOT, "  %2d. ", i + 1), next.get(i));
    }
  }

  private void block(String text) {
    text.lines().forEach(line -> out.append("    ").append(line).append('\n'));
  }

  private void line() {
    out.setLength(out.toString().stripTrailing().length());
    out.append('\n');
  }

  private static String cell(String text, int width) {
    String cut = text.length() < width ? text : text.substring(0, width - 2) + "…";
    return cut + " ".repeat(width - cut.length());
  }

  private static String plain(String text) {
    return Wording.plain(text);
  }

  private void paragraph(String first, String text) {
    StringBuilder line = new StringBuilder(first);
    String indent = " ".repeat(first.length());
    boolean isEmpty = true;
    for (String word : plain(text).split(" ", -1)) {
      if (!isEmpty && line.length() + 1 + word.length() > WIDTH) {
        out.append(line.toString().stripTrailing()).append('\n');
        line = new StringBuilder(indent);
        isEmpty = true;
      }
      line.append(isEmpty ? "" : " ").append(word);
      isEmpty = false;
    }
    out.append(line.toString().stripTrailing()).append('\n');
  }
}
