package dev.samzabatch.format;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The first record of a CSV file.
 *
 * @param fields its fields as text; none in a file without records
 * @param end offset behind it, where the next line starts
 * @param closed whether every quote in it is closed; if not, the fields are none that anybody wrote
 */
record CsvHeader(List<String> fields, long end, boolean closed) {

  /** How many bytes are read at first: a header is rarely longer. */
  private static final int WINDOW_BYTES = 16 << 10;

  /** Reads it from the start of the file. */
  static CsvHeader read(SourceFile file, CsvOptions options) throws IOException {
    FileSplit whole = new FileSplit(file, 0, Long.MAX_VALUE);
    try (ByteChunks chunks = ByteChunks.open(whole, 0, WINDOW_BYTES, ByteChunks.maxRecordBytes())) {
      chunks.fill(0);
      CsvScanner counter = new CsvScanner(options, new int[0], 0, 1, false);
      CsvScanner.Stop stop = scanFirst(counter, chunks);
      while (stop == CsvScanner.Stop.NEEDS_MORE) {
        chunks.fill(0);
        stop = scanFirst(counter, chunks);
      }
      if (stop == CsvScanner.Stop.DONE) {
        return new CsvHeader(List.of(), chunks.limit(), true);
      }
      return fields(counter, options, chunks);
    }
  }

  private static CsvHeader fields(CsvScanner counter, CsvOptions options, ByteChunks chunks) {
    int count = counter.fields();
    int[] slots = new int[count];
    for (int i = 0; i < count; i++) {
      slots[i] = i;
    }
    CsvScanner scanner = new CsvScanner(options, slots, count, 1, false);
    scanFirst(scanner, chunks);
    List<String> fields = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int start = scanner.starts(i)[0];
      fields.add(new String(chunks.array(), start, scanner.lengths(i)[0], StandardCharsets.UTF_8));
    }
    boolean closed = counter.wrong() != CsvScanner.Wrong.QUOTE_NOT_CLOSED;
    return new CsvHeader(fields, chunks.offset(scanner.recordStart()), closed);
  }

  private static CsvScanner.Stop scanFirst(CsvScanner scanner, ByteChunks chunks) {
    scanner.startBatch();
    scanner.index(chunks.array(), Utf8.markLength(chunks.array(), chunks.limit()), chunks.limit(), chunks.atEnd());
    return scanner.scan(1, Integer.MAX_VALUE);
  }
}
