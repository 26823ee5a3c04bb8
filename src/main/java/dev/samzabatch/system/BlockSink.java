package dev.samzabatch.system;

import java.io.Closeable;
import java.io.IOException;

/**
 * Takes the blocks of one lane, in all its partitions. Used by one thread. Once a call has failed, the others fail too.
 */
public interface BlockSink extends Closeable {

  /** Appends the block {@code bytes[0 .. end)} to a partition; the array is the caller's again when it returns. */
  void append(int partition, byte[] bytes, int end) throws IOException;

  /** Does what {@link StreamWriter#beginAnew} says, for everything appended so far. */
  void beginAnew(int partition) throws IOException;

  /** The lane's length in each partition with everything appended, in bytes; zeros where lengths say nothing. */
  long[] lengths();

  /** Does for everything appended what {@link StreamWriter#flush()} promises, and gives the same. */
  long[] sync() throws IOException;

  /** Bytes appended since this was opened. */
  long written();

  /** How many bytes a block may have, unless it is of a single row. */
  int mostBytes();
}
