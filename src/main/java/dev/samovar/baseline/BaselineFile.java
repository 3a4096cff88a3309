package dev.samovar.baseline;

import dev.samovar.evidence.Fields;
import dev.samovar.evidence.TrainingProfile;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;

/** A file of training rows; by its first bytes it is CSV, JSON lines, or either of them zipped. */
public final class BaselineFile {
  static final int LOOK_AHEAD = 1 << 16;

  private BaselineFile() {}

  /** Told now and then how far the reading is. */
  public interface Progress {
    /**
     * @param bytes of the file, as it lies on the disk
     */
    void at(long rows, long bytes);
  }

  /**
   * What was found.
   *
   * @param left which columns were no features, of those that were told
   * @param remarks what is odd about the file or a column, one sentence each
   * @param kinds what each feature is, in a few words
   */
  public record Found(
      long rows,
      List<TrainingProfile.Feature> features,
      Map<String, String> kinds,
      Set<String> left,
      List<String> remarks) {
    public Found {
      features = List.copyOf(features);
      kinds = java.util.Collections.unmodifiableMap(new TreeMap<>(kinds));
      left = java.util.Collections.unmodifiableSet(new TreeSet<>(left));
      remarks = List.copyOf(remarks);
    }
  }

  /**
   * @param name for messages
   * @throws IOException when the file can't be read
   * @throws BaselineException when it holds no rows that can be understood
   */
  public static Found read(String name, InputStream file, Choice choice, Progress progress)
      throws IOException, BaselineException {
    Counted counted = new Counted(file);
    PushbackInputStream in = unzipped(counted);
    byte[] start = in.readNBytes(4);
    in.unread(start);
    String magic = new String(start, java.nio.charset.StandardCharsets.ISO_8859_1);
    if (magic.equals("PAR1")) {
      throw new BaselineException(
          name
              + " is a Parquet file, which Samovar does not read; write it as CSV, for example with"
              + " python -c 'import pandas; pandas.read_parquet(\"train.parquet\")"
              + ".to_csv(\"train.csv.gz\", index=False)'");
    }
    if (magic.startsWith("PK")) {
      throw new BaselineException(
          name + " is a ZIP archive; unpack it, or compress the one file with gzip");
    }
    Table.Watch watch = rows -> progress.at(rows, counted.bytes);
    if (isJson(magic)) {
      try (Table table = new Table(choice.missing(), 60, watch)) {
        JsonRows.read(name, in, choice, table);
        return found(name, table, choice, 0);
      }
    }
    CsvRows.Read read =
        CsvRows.read(name, in, choice, columns -> new Table(choice.missing(), columns, watch));
    try (Table table = read.table()) {
      return found(name, table, choice, read.ragged());
    }
  }

  private static boolean isJson(String magic) {
    String text = magic.strip();
    return text.startsWith("{") || text.startsWith("[") || magic.startsWith("\u00ef\u00bb\u00bf{");
  }

  private static PushbackInputStream unzipped(InputStream file) throws IOException {
    PushbackInputStream in =
        new PushbackInputStream(new BufferedInputStream(file, LOOK_AHEAD), LOOK_AHEAD);
    byte[] start = in.readNBytes(2);
    in.unread(start);
    boolean isZipped = start.length == 2 && (start[0] & 0xff) == 0x1f && (start[1] & 0xff) == 0x8b;
    return isZipped ? new PushbackInputStream(new GZIPInputStream(in, LOOK_AHEAD), LOOK_AHEAD) : in;
  }

  private static Found found(String name, Table table, Choice choice, long ragged)
      throws BaselineException {
    List<Column> columns = table.finish();
    if (table.rows() == 0) {
      throw new BaselineException(name + " holds no rows");
    }
    boolean hasPrefix =
        columns.stream().anyMatch(column -> choice.shortName(column.name()).isPresent());
    List<TrainingProfile.Feature> features = new ArrayList<>();
    Map<String, String> kinds = new TreeMap<>();
    List<String> remarks = new ArrayList<>();
    if (ragged > 0) {
      remarks.add(
          String.format(
              Locale.ROOT,
              "%,d rows have more or fewer fields than there are names: what is beyond is left out,"
                  + " what is not there counts as missing.",
              ragged));
    }
    for (Column column : columns) {
      boolean isFeature =
          hasPrefix
              ? choice.shortName(column.name()).isPresent()
              : choice.mayBeFeature(column.name());
      if (!isFeature) {
        continue;
      }
      String feature = choice.shortName(column.name()).orElse(column.name());
      features.add(column.feature(Fields.feature(feature), table.rows()));
      kinds.put(feature, column.kind());
      String oddity = column.oddity(table.rows());
      if (!oddity.isEmpty()) {
        remarks.add(feature + " " + oddity + ".");
      }
    }
    if (features.isEmpty()) {
      throw new BaselineException(name + " holds no features");
    }
    return new Found(table.rows(), features, kinds, table.left(), remarks);
  }

  /** Counts what is taken from the file. */
  private static final class Counted extends FilterInputStream {
    private volatile long bytes;

    Counted(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int one = super.read();
      add(one < 0 ? 0 : 1);
      return one;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      int many = super.read(into, from, length);
      add(Math.max(0, many));
      return many;
    }

    private synchronized void add(int more) {
      bytes += more;
    }
  }
}
