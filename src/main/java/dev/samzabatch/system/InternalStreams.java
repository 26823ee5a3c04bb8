package dev.samzabatch.system;

import java.io.Closeable;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

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

  /** Creates a stream unless it is there. */
  void ensure(StreamSpec stream) throws IOException;

  /**
   * The names of the lanes to which something has been appended, sorted; of a stream where nothing is ever left that
   * was not committed, none.
   */
  List<String> lanes(StreamSpec stream) throws IOException;

  /**
   * Reads lanes of partition 0 whose writers are gone, and of which no checkpoint tells how long they are: lane after
   * lane in the order of their names, or in the order in which they were committed. What a crash has left of the last
   * write is cut off, so that it never counts.
   *
   * @throws IOException when a lane is damaged before its last write; the message names the place
   */
  void replay(StreamSpec stream, Collection<String> lanes, LaneItems items) throws IOException;

  /**
   * Cuts off what lies behind the last checkpoint of a lane that is not written any more, durably.
   *
   * @param lengths of the lane in each partition
   * @throws IOException when there is less
   */
  void cut(StreamSpec stream, String lane, long[] lengths) throws IOException;

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

  /** How far the lanes of a stream are published, by lane in the order of their names, one length a partition. */
  SortedMap<String, long[]> published(StreamSpec stream);

  /** Counts the calls of {@link #publish}. */
  long publications();

  /** Waits until {@link #publications()} exceeds {@code seen}, or the time is up. */
  void awaitPublished(long seen, long timeoutMillis) throws InterruptedException;

  /**
   * Gives back the space of what lies before a position that {@link StreamReader#position()} gave, as far as it can be
   * given back by itself. Nobody can read it any more. To be called when the position is committed.
   *
   * @return the bytes freed
   */
  long dropBefore(StreamSpec stream, int partition, Map<String, LanePosition> positions) throws IOException;

  /**
   * Gives back the space of a partition that nobody will write or read any more.
   *
   * @return the bytes freed
   */
  long drop(StreamSpec stream, int partition) throws IOException;

  /** Deletes a stream of this name and gives the bytes that it held; 0 when there is none. */
  long delete(String name) throws IOException;

  /** The names of the streams that exist. */
  List<String> names() throws IOException;
}
