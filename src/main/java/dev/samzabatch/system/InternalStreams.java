package dev.samzabatch.system;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/**
 * The managed streams of one run. Every writer owns a lane (named after its container) in each partition, so a
 * partition is the union of its lanes; within a lane order is kept.
 *
 * <p>
 * Two steps make records visible: {@link StreamWriter#flush()} makes them durable and gives the lane's lengths, and,
 * after the checkpoint that contains those lengths is durable, {@link #publish} lets readers see them. Thread-safe; the
 * writers and readers it opens belong to one thread each.
 */
public interface InternalStreams extends Closeable {

  /**
   * Creates an empty stream.
   *
   * @throws IOException when it exists already or cannot be made
   */
  void create(StreamSpec stream) throws IOException;

  /**
   * Opens a lane for appending.
   *
   * @param lane name of the writing container
   * @param committed length of the lane in each partition up to the last checkpoint: what lies behind is cut off; empty
   * for a new lane
   */
  StreamWriter openWriter(StreamSpec stream, String lane, long[] committed) throws IOException;

  /**
   * Opens a partition for reading.
   *
   * @param batchRows how many rows a batch has at most
   */
  StreamReader openReader(StreamSpec stream, int partition, int batchRows) throws IOException;

  /** Declares a lane committed up to these lengths, one a partition, and wakes {@link #awaitPublished}. */
  void publish(StreamSpec stream, String lane, long[] lengths);

  /** Counts the calls of {@link #publish}. */
  long publications();

  /** Waits until {@link #publications()} exceeds {@code seen}, or the time is up. */
  void awaitPublished(long seen, long timeoutMillis) throws InterruptedException;

  /** Deletes a stream of this name and gives the bytes that it held; 0 when there is none. */
  long delete(String name) throws IOException;

  /** The names of the streams that exist. */
  List<String> names() throws IOException;
}
