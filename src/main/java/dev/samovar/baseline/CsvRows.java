package dev.samovar.baseline;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Rows of comma, semicolon, tab or bar separated values under a line of names. */
final class CsvRows {
  private static final String SEPARATORS = ",;\t|";

  private CsvRows() {}

  /** Makes the table once the number of columns is known. */
  interface Tables {
    Table table(int columns);
  }

  /**
   * @param ragged rows with fewer or more fields than there are names
   */
  record Read(Table table, long ragged) {}

  static Read read(String name, PushbackInputStream in, Choice choice, Tables tables)
      throws IOException, BaselineException {
    Rows rows = new Rows(choice, tables);
    try (CsvReader<Boolean> csv =
        CsvReader.builder()
            .fieldSeparator(separator(in))
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .detectBomHeader(true)
            .build(rows, (InputStream) in, StandardCharsets.UTF_8)) {
      for (Boolean row : csv) {
        if (!row) {
          throw new IllegalStateException("A row was not taken in");
        }
      }
    } catch (CsvParseException e) {
      rows.close();
      Throwable cause = e.getCause();
      throw new BaselineException(
          name
              + ":"
              + Math.max(1, rows.line)
              + ": "
              + (cause instanceof Mistaken mistaken
                  ? String.valueOf(mistaken.getMessage())
                  : "this is no CSV: " + lower(e.getMessage())),
          e);
    } catch (UncheckedIOException e) {
      rows.close();
      throw e.getCause();
    } catch (IOException | RuntimeException e) {
      rows.close();
      throw e;
    }
    if (rows.table == null) {
      throw new BaselineException(name + " is empty; its first line must name the columns");
    }
    return new Read(rows.table, rows.ragged);
  }

  private static String lower(@org.jspecify.annotations.Nullable String message) {
    String text = String.valueOf(message);
    return text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
  }

  /** The one that the first line has most of, outside of quotes. */
  private static char separator(PushbackInputStream in) throws IOException {
    byte[] start = in.readNBytes(BaselineFile.LOOK_AHEAD);
    in.unread(start);
    int[] counts = new int[SEPARATORS.length()];
    boolean isQuoted = false;
    for (byte each : start) {
      char c = (char) (each & 0xff);
      if (c == '"') {
        isQuoted = !isQuoted;
      } else if (!isQuoted && (c == '\n' || c == '\r')) {
        break;
      } else if (!isQuoted && SEPARATORS.indexOf(c) >= 0) {
        counts[SEPARATORS.indexOf(c)]++;
      }
    }
    int most = 0;
    for (int i = 1; i < counts.length; i++) {
      most = counts[i] > counts[most] ? i : most;
    }
    return SEPARATORS.charAt(most);
  }

  /** A mistake of the file's that shows while it is being read. */
  private static final class Mistaken extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Mistaken(String message) {
      super(message);
    }
  }

  /** Puts the fields where they belong, without making a text of each. */
  private static final class Rows extends AbstractBaseCsvCallbackHandler<Boolean> {
    private final Choice choice;
    private final Tables tables;
    private final List<String> names = new ArrayList<>();
    private @org.jspecify.annotations.Nullable Table table;
    private int[] places = new int[0];
    private long line;
    private long ragged;

    Rows(Choice choice, Tables tables) {
      this.choice = choice;
      this.tables = tables;
    }

    @Override
    protected void handleBegin(long startingLineNumber) {
      line = startingLineNumber;
    }

    @Override
    protected void handleField(int index, char[] text, int from, int length, boolean quoted) {
      Table known = table;
      if (known == null) {
        names.add(new String(text, from, length).strip());
      } else if (index < places.length && places[index] >= 0) {
        known.put(places[index], text, from, length);
      }
    }

    @Override
    protected Boolean buildRecord() {
      Table known = table;
      if (known == null) {
        table = named();
      } else {
        ragged += getFieldCount() == places.length ? 0 : 1;
        known.endRow();
      }
      return true;
    }

    private Table named() {
      Table made = tables.table(names.size());
      places = new int[names.size()];
      boolean allNumbers = true;
      NumberReader numbers = new NumberReader();
      for (int i = 0; i < places.length; i++) {
        String column = names.get(i);
        allNumbers &= numbers.read(column.toCharArray(), 0, column.length());
        if (choice.isLeft(column)) {
          places[i] = -1;
          made.leave(column);
        } else if (made.has(column)) {
          made.close();
          throw new Mistaken("two columns are called \"" + column + "\"");
        } else {
          places[i] = place(made, column);
        }
      }
      if (allNumbers) {
        made.close();
        throw new Mistaken("the first line has numbers only; it must name the columns");
      }
      return made;
    }

    private static int place(Table made, String column) {
      try {
        return made.column(column);
      } catch (BaselineException e) {
        made.close();
        throw new Mistaken(e.getMessage());
      }
    }

    void close() {
      Table known = table;
      if (known != null) {
        known.close();
      }
    }
  }
}
