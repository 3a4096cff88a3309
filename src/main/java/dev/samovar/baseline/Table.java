package dev.samovar.baseline;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Takes a file's cells row by row. While a reader fills one batch, the columns' profiles take in
 * the one before, each column always on the same thread.
 */
final class Table implements AutoCloseable {
  private static final int MOST_COLUMNS = 10_000;

  /** Columns times rows of a batch. */
  private static final int CELLS = 60_000;

  private static final int MOST_ROWS = 2048;
  private static final int WORKERS = 2;

  /** Numbers kept of all columns together, and of one: 50,000 give a decile to half a per cent. */
  private static final int SAMPLED = 4_000_000;

  private static final int MOST_SAMPLED = 50_000;

  /** Told after each batch. */
  interface Watch {
    void seen(long rows);
  }

  private final Set<String> missing;
  private final double[] missingNumbers;
  private final Watch watch;
  private final int expectedColumns;
  private final Set<String> left = new TreeSet<>();
  private final ExecutorService workers;
  private final List<Column> columns = new ArrayList<>();
  private final Map<String, Integer> places = new HashMap<>();
  private final NumberReader numbers = new NumberReader();
  private Batch filling;
  private Batch resting;
  private List<Future<?>> working = List.of();
  private long rows;

  Table(Set<String> missing, int expectedColumns, Watch watch) {
    this.missing = missing;
    this.missingNumbers =
        missing.stream()
            .filter(token -> numbers.read(token.toCharArray(), 0, token.length()))
            .mapToDouble(Double::parseDouble)
            .toArray();
    this.watch = watch;
    this.expectedColumns = expectedColumns;
    int capacity = Math.max(16, Math.min(MOST_ROWS, CELLS / Math.max(1, expectedColumns)));
    this.filling = new Batch(capacity);
    this.resting = new Batch(capacity);
    this.workers =
        Executors.newFixedThreadPool(
            WORKERS,
            task -> {
              Thread thread = new Thread(task, "profile");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** The place of a column; the same name is the same column. */
  int column(String name) throws BaselineException {
    Integer known = places.get(name);
    if (known != null) {
      return known;
    }
    if (columns.size() == MOST_COLUMNS) {
      throw new BaselineException(
          "there are more than " + MOST_COLUMNS + " columns; are the names of fields data here?");
    }
    int many = Math.max(expectedColumns, columns.size() + 1);
    columns.add(new Column(name, Math.min(MOST_SAMPLED, SAMPLED / many)));
    places.put(name, columns.size() - 1);
    return columns.size() - 1;
  }

  /** A column that is there, and no feature. */
  void leave(String name) {
    left.add(name);
  }

  /** Those that were left. */
  Set<String> left() {
    return left;
  }

  boolean has(String name) {
    return places.containsKey(name);
  }

  /** A cell as it is written in a file. */
  void put(int column, char[] text, int from, int length) {
    int start = from;
    int end = from + length;
    while (start < end && text[start] == ' ') {
      start++;
    }
    while (end > start && text[end - 1] == ' ') {
      end--;
    }
    int many = end - start;
    if (many == 0) {
      return;
    }
    Batch.Cells cells = filling.column(column);
    int row = filling.rows();
    if (numbers.read(text, start, many)) {
      if (Double.isInfinite(numbers.value())) {
        cells.kinds[row] = Batch.INVALID;
        return;
      }
      cells.kinds[row] = Batch.NUMBER;
      cells.numbers[row] = numbers.value();
      if (columns.get(column).keepsSpelling()) {
        spell(cells, row, new String(text, start, many));
      } else if (isMissingNumber(numbers.value())) {
        cells.kinds[row] = Batch.MISSING;
      }
      return;
    }
    word(cells, row, new String(text, start, many));
  }

  /** Somebody may have said that -999 means nothing. */
  private boolean isMissingNumber(double number) {
    for (double one : missingNumbers) {
      if (one == number) {
        return true;
      }
    }
    return false;
  }

  private void spell(Batch.Cells cells, int row, String text) {
    if (isMissingNumber(cells.numbers[row])) {
      cells.kinds[row] = Batch.MISSING;
    } else {
      cells.texts[row] = text;
    }
  }

  private void word(Batch.Cells cells, int row, String text) {
    if (missing.contains(text)) {
      return;
    }
    if (text.equals("NA")) {
      cells.kinds[row] = Batch.NOT_AVAILABLE;
    } else if (isInfinity(text)) {
      cells.kinds[row] = Batch.INVALID;
    } else {
      cells.kinds[row] = Batch.WORD;
      cells.texts[row] = text;
    }
  }

  private static boolean isInfinity(String text) {
    String bare = text.startsWith("-") || text.startsWith("+") ? text.substring(1) : text;
    return bare.equalsIgnoreCase("inf") || bare.equalsIgnoreCase("infinity");
  }

  void putText(int column, String text) {
    put(column, text.toCharArray(), 0, text.length());
  }

  void putNumber(int column, double number, String spelling) {
    Batch.Cells cells = filling.column(column);
    int row = filling.rows();
    if (Double.isNaN(number) || isMissingNumber(number)) {
      return;
    }
    if (Double.isInfinite(number)) {
      cells.kinds[row] = Batch.INVALID;
      return;
    }
    cells.kinds[row] = Batch.NUMBER;
    cells.numbers[row] = number;
    if (columns.get(column).keepsSpelling()) {
      cells.texts[row] = spelling;
    }
  }

  void putInvalid(int column) {
    filling.column(column).kinds[filling.rows()] = Batch.INVALID;
  }

  void endRow() {
    filling.endRow();
    rows++;
    if (filling.isFull()) {
      hand();
    }
  }

  /** Gives the filled batch to the workers, once they are through with the one before. */
  private void hand() {
    await();
    Batch full = filling;
    filling = resting;
    filling.clear();
    resting = full;
    int count = Math.min(full.columns(), columns.size());
    List<Future<?>> tasks = new ArrayList<>();
    for (int worker = 0; worker < WORKERS; worker++) {
      int first = worker;
      tasks.add(
          workers.submit(
              () -> {
                for (int i = first; i < count; i += WORKERS) {
                  columns.get(i).add(full.column(i), full.rows());
                }
              }));
    }
    working = tasks;
    watch.seen(rows);
  }

  private void await() {
    try {
      for (Future<?> task : working) {
        task.get();
      }
      working = List.of();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while profiling", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("A column's profile failed", e.getCause());
    }
  }

  /** All columns, with everything taken in. */
  List<Column> finish() {
    hand();
    await();
    return List.copyOf(columns);
  }

  long rows() {
    return rows;
  }

  @Override
  public void close() {
    workers.shutdownNow();
  }
}
