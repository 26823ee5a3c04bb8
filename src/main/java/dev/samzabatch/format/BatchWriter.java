package dev.samzabatch.format;

import dev.samzabatch.data.RecordBatch;
import java.io.Closeable;
import java.io.IOException;

/** Writes batches to one output stream, which it does not close. Used by one thread. */
public interface BatchWriter extends Closeable {

  /** Writes the selected rows. */
  void write(RecordBatch batch) throws IOException;

  /** Passes on everything written so far, so that the bytes so far are whole records. */
  void flush() throws IOException;

  /** Writes what the format needs at the end, and flushes. Without it the bytes are not a complete file. */
  @Override
  void close() throws IOException;
}
