package dev.samzabatch.system;

import dev.samzabatch.data.RecordBatch;
import java.io.Closeable;
import java.io.IOException;
import java.util.Map;

/**
 * Reads several partitions of an input side by side: partitions of topics, or files of a directory that grows. Used by
 * one thread.
 */
public interface PartitionedReader extends Closeable {

  /** A watermark that says nothing: no row has been read. */
  long NO_WATERMARK = Long.MIN_VALUE;

  /** A watermark that nobody should wait for: nothing has come for some time. */
  long IDLE = Long.MAX_VALUE;

  /**
   * The next batch, valid until the next call; null when there is none at present, or none any more. It waits for a few
   * milliseconds at most.
   *
   * @throws IOException when the input cannot be read
   * @throws dev.samzabatch.data.UserException when the system cannot be reached for too long, records do not fit, or
   * are gone that were to be read
   */
  RecordBatch poll() throws IOException;

  /** Whether every partition has been read to its end; never for an input without end before {@link #untilNow}. */
  boolean hasEnded();

  /** Makes an input without end end behind what is there now. Does nothing to one that has an end. */
  void untilNow() throws IOException;

  /**
   * Where to go on in each partition that has been looked at, by its name: offset of the first record that
   * {@link #poll} has not given yet. Exact between any two batches.
   */
  Map<String, Long> positions();

  /** Goes on from positions that {@link #positions()} gave; called before the first poll. */
  void seek(Map<String, Long> positions) throws IOException;

  /**
   * Up to when everything has probably been read: microseconds since 1970, {@link #NO_WATERMARK} or {@link #IDLE}. It
   * is that of the slowest partition that is not idle.
   */
  long watermark();

  /** How many records are there already that have not been read; for people. */
  long lag();

  /** Bytes read so far; for progress. */
  long bytesRead();
}
