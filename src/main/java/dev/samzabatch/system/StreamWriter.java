package dev.samzabatch.system;

import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.data.Watermark;
import java.io.Closeable;
import java.io.IOException;

/**
 * One lane of a stream, in all its partitions. Used by one thread. Once a call has failed, the others fail too, since
 * nobody knows what was written; what is committed is safe, and another lane can be opened.
 */
public interface StreamWriter extends Closeable {

  /**
   * Appends the rows {@code rows[from .. from+count)} (physical rows of the batch) to a partition. They are copied or
   * encoded before it returns, perhaps kept in memory until a block is full.
   */
  void append(int partition, RecordBatch batch, int[] rows, int from, int count) throws IOException;

  /** Appends the mark to every partition, behind everything appended so far. */
  void endOfStream(String task) throws IOException;

  /** Appends the mark to every partition, behind everything appended so far. */
  void watermark(Watermark mark) throws IOException;

  /**
   * Says that what has been appended to a partition so far, by whatever lane, is forgotten with the commit of what has
   * been written here, and what is appended from now on is all that it has. Only for changelogs that this lane is the
   * only one to write. Whoever opens the stream in this process must still say where reading begins.
   */
  void beginAnew(int partition) throws IOException;

  /**
   * Writes everything appended, so that it can be read once it is published, and gives the same as {@link #flush()}.
   */
  long[] write() throws IOException;

  /** Makes everything appended durable and gives the lane's length in each partition, in bytes. */
  long[] flush() throws IOException;

  /** Rows appended so far, over all partitions. */
  long rows();

  /** Bytes written so far, over all partitions. */
  long bytes();

  /** Closes without flushing: what was not flushed is lost. */
  @Override
  void close() throws IOException;
}
