package dev.samzabatch.format;

import dev.samzabatch.data.RecordBatch;
import java.io.Closeable;
import java.io.IOException;

/** Reads the records of one split as batches. Used by one thread. */
public interface BatchReader extends Closeable {

  /**
   * The next batch, valid until the next call; null at the end of the split. A batch is never empty.
   *
   * @throws IOException when the file cannot be read
   * @throws dev.samzabatch.data.UserException when records do not fit the schema or the format: with file, line,
   * column, value, what was expected, how many were found in this batch, and what to set
   */
  RecordBatch next() throws IOException;

  /**
   * Offset (in the decompressed bytes) of the first record that {@link #next()} has not given yet. A reader opened with
   * a split that starts there gives the rest; at the end of the split it is where the next split's first record must
   * start.
   */
  long position();

  /** Bytes of the file that have been read so far, compressed ones if it is compressed; for progress. */
  long bytesRead();
}
