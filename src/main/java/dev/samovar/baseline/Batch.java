package dev.samovar.baseline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Some rows, column by column, on their way from the reader to the columns' profiles. */
final class Batch {
  static final byte MISSING = 0;
  static final byte NUMBER = 1;
  static final byte WORD = 2;

  /** The letters NA, which are missing among numbers and a value among words. */
  static final byte NOT_AVAILABLE = 3;

  /** A list, an object, an infinite number. */
  static final byte INVALID = 4;

  /** The cells of one column. */
  static final class Cells {
    final byte[] kinds;
    final double[] numbers;

    /** Of a number only where somebody may need its spelling. */
    final @Nullable String[] texts;

    Cells(int rows) {
      kinds = new byte[rows];
      numbers = new double[rows];
      texts = new String[rows];
    }
  }

  private final int capacity;
  private final List<Cells> columns = new ArrayList<>();
  private int rows;

  Batch(int capacity) {
    this.capacity = capacity;
  }

  int columns() {
    return columns.size();
  }

  Cells column(int index) {
    while (columns.size() <= index) {
      columns.add(new Cells(capacity));
    }
    return columns.get(index);
  }

  int rows() {
    return rows;
  }

  void endRow() {
    rows++;
  }

  boolean isFull() {
    return rows == capacity;
  }

  void clear() {
    for (Cells cells : columns) {
      Arrays.fill(cells.kinds, 0, rows, MISSING);
      Arrays.fill(cells.texts, 0, rows, null);
    }
    rows = 0;
  }
}
