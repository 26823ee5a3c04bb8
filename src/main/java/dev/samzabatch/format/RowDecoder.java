package dev.samzabatch.format;

import dev.samzabatch.data.ColumnVector;
import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.data.Schema;
import dev.samzabatch.data.Values;
import java.io.IOException;

/** The rows of a batch in the making: what all decoders of single records have in common. */
abstract class RowDecoder implements RecordDecoder {

  /** A batch of records of so many bytes is large enough. */
  private static final int FULL_BYTES = 8 << 20;

  private final Schema schema;
  private final int batchRows;
  private final ColumnVector[] vectors;
  private int rows;
  private long bytes;

  RowDecoder(ReadSpec spec) {
    schema = spec.batchSchema();
    batchRows = spec.batchRows();
    vectors = schema.newVectors(batchRows);
  }

  /** The columns of the batches. */
  final Schema schema() {
    return schema;
  }

  /** Where the values of the columns go. */
  final ColumnVector[] vectors() {
    return vectors;
  }

  /** Decodes a record as this row; returns null when it is good. The vectors have room for it. */
  abstract RecordProblem decode(byte[] record, int from, int to, int row) throws IOException;

  @Override
  public void begin() {
    rows = 0;
    bytes = 0;
    for (ColumnVector vector : vectors) {
      vector.clear();
    }
  }

  @Override
  public final RecordProblem add(byte[] record, int from, int to) throws IOException {
    requireRoom();
    RecordProblem problem = decode(record, from, to, rows);
    if (problem == null) {
      rows++;
      bytes += to - from;
    } else {
      HalfRow.forget(vectors, rows);
    }
    return problem;
  }

  @Override
  public final void addNull() {
    requireRoom();
    for (int i = 0; i < vectors.length; i++) {
      Values.set(schema.type(i), vectors[i], rows, null);
    }
    rows++;
  }

  private void requireRoom() {
    if (rows == batchRows) {
      throw new IllegalStateException("the batch has " + rows + " rows already");
    }
  }

  @Override
  public final int rows() {
    return rows;
  }

  @Override
  public final boolean isFull() {
    return rows == batchRows || bytes >= FULL_BYTES;
  }

  @Override
  public final RecordBatch batch() {
    return RecordBatch.of(schema, vectors, rows);
  }
}
