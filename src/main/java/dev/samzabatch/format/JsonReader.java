package dev.samzabatch.format;

import dev.samzabatch.data.ColumnVector;
import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.data.Schema;
import java.io.IOException;

/** Reads JSON records into batches. Texts are slices of the window, so a batch ends where the window must move on. */
final class JsonReader implements BatchReader {

  private final Schema schema;
  private final int batchRows;
  private final JsonLines lines;
  private final ColumnVector[] vectors;
  private final JsonRecord record;

  private JsonReader(ReadSpec spec, JsonLines lines) {
    this.lines = lines;
    schema = spec.batchSchema();
    batchRows = spec.batchRows();
    vectors = new ColumnVector[schema.size()];
    for (int i = 0; i < vectors.length; i++) {
      vectors[i] = schema.type(i).newVector(batchRows);
    }
    record = JsonRecord.ofBatch(lines.scanner(), schema, vectors);
  }

  /** Opens a split whose start may lie anywhere in a file of lines, and at a {@link #position} of an array. */
  static JsonReader open(FileSplit split, ReadSpec spec) throws IOException {
    return open(split, spec, ByteChunks.CHUNK_BYTES, ByteChunks.maxRecordBytes());
  }

  /** The same with a window of this size, and a bound for how large it may grow. */
  static JsonReader open(FileSplit split, ReadSpec spec, int chunkBytes, int maxRecordBytes) throws IOException {
    return new JsonReader(spec, JsonLines.open(split, chunkBytes, maxRecordBytes));
  }

  @Override
  public RecordBatch next() throws IOException {
    int rows = 0;
    while (rows == 0 && lines.hasLine()) {
      record.start(lines.scanner().bytes());
      rows = lines.read(record, batchRows);
      lines.check();
    }
    if (rows == 0) {
      lines.check();
    }
    return rows == 0 ? null : RecordBatch.of(schema, vectors, rows);
  }

  @Override
  public long position() {
    return lines.position();
  }

  @Override
  public long bytesRead() {
    return lines.bytesRead();
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
