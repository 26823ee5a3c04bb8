package dev.samzabatch.format;

import dev.samzabatch.data.ColumnVector;
import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.data.Schema;
import dev.samzabatch.job.Compression;
import java.io.IOException;

/**
 * Reads a split of a CSV file. Per batch, {@link CsvScanner} finds the wanted fields of each record, and then each
 * column is decoded by itself ({@link CsvDecoder}). Strings are slices of the window, so a batch ends where the window
 * ends.
 *
 * <p>
 * The split's records start at the first line start at or behind its start, and end before the first one at or behind
 * its end. Where they start is found when the reader is opened ({@link CsvSplitStart}); {@link #position} tells it.
 */
final class CsvReader implements BatchReader {

  private final FileSplit split;
  private final Schema schema;
  private final int batchRows;
  private final ByteChunks chunks;
  private final CsvScanner scanner;
  private final CsvDecoder[] decoders;
  private final ColumnVector[] vectors;
  private final BadRecords bad;
  private int bomLength;

  private CsvReader(FileSplit split, ReadSpec spec, CsvOptions options, CsvColumns columns, ByteChunks chunks) {
    this.split = split;
    this.schema = spec.batchSchema();
    this.batchRows = spec.batchRows();
    this.chunks = chunks;
    this.bad = new BadRecords(split.file());
    this.scanner =
        new CsvScanner(options, columns.slots(), schema.size(), batchRows, blankIsRecord(spec.schema(), options));
    this.decoders = new CsvDecoder[schema.size()];
    this.vectors = schema.newVectors(batchRows);
    for (int i = 0; i < decoders.length; i++) {
      decoders[i] = new CsvDecoder(schema.field(i), options, vectors[i], bad);
    }
  }

  /** In a file of one column: a blank line cannot be a value if it is null and the column never is. */
  static boolean blankIsRecord(Schema schema, CsvOptions options) {
    return schema.size() != 1 || schema.field(0).nullable() || !options.nullText().isEmpty();
  }

  /** Opens a split, and finds where its first record starts. */
  static CsvReader open(FileSplit split, ReadSpec spec, CsvOptions options) throws IOException {
    CsvColumns columns = CsvColumns.of(split.file(), spec, options);
    return open(split, spec, options, columns, ByteChunks.open(split, firstLine(split, options, columns)));
  }

  /** The same with a window that starts where the first record does. */
  static CsvReader open(FileSplit split, ReadSpec spec, CsvOptions options, CsvColumns columns, ByteChunks chunks)
      throws IOException {
    try {
      CsvDecoder.requireFlat(spec.schema());
      CsvReader reader = new CsvReader(split, spec, options, columns, chunks);
      chunks.fill(0);
      reader.bomLength = chunks.offset(0) == 0 ? Utf8.markLength(chunks.array(), chunks.limit()) : 0;
      reader.scanner.index(chunks.array(), reader.bomLength, chunks.limit(), chunks.atEnd());
      return reader;
    } catch (IOException | RuntimeException e) {
      chunks.close();
      throw e;
    }
  }

  /**
   * Where the first line starts at or behind the start of the split; a packed file is only ever opened at a line start.
   */
  static long firstLine(FileSplit split, CsvOptions options, CsvColumns columns) throws IOException {
    if (split.start() <= columns.headerEnd()) {
      return columns.headerEnd();
    }
    if (Packing.of(split.file()) != Compression.NONE) {
      return split.start();
    }
    return new CsvSplitStart(split, options, columns).find();
  }

  @Override
  public RecordBatch next() throws IOException {
    scanner.startBatch();
    while (true) {
      long stop = Math.min(Integer.MAX_VALUE, split.end() - chunks.offset(0));
      switch (scanner.scan(batchRows, (int) stop)) {
        case DONE -> {
          return batch();
        }
        case NEEDS_MORE -> {
          if (scanner.rows() > 0 || !bad.isEmpty()) {
            return batch();
          }
          chunks.fill(scanner.recordStart());
          scanner.index(chunks.array(), 0, chunks.limit(), chunks.atEnd());
        }
        case WRONG -> addWrong();
      }
    }
  }

  private RecordBatch batch() throws IOException {
    for (int i = 0; i < decoders.length; i++) {
      decoders[i].decode(chunks, scanner, i);
    }
    bad.throwIfAny();
    return scanner.rows() == 0 ? null : RecordBatch.of(schema, vectors, scanner.rows());
  }

  private void addWrong() {
    CsvWrong.add(scanner, chunks.array(), chunks.offset(0), bad);
  }

  @Override
  public long position() {
    long offset = chunks.offset(scanner.recordStart());
    return offset == bomLength ? 0 : offset;
  }

  @Override
  public long bytesRead() {
    return chunks.bytesRead();
  }

  @Override
  public void close() throws IOException {
    chunks.close();
  }
}
