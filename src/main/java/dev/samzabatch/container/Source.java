package dev.samzabatch.container;

import dev.samzabatch.data.RecordBatch;
import java.io.Closeable;
import java.io.IOException;

/** One source operator of one task. Used by the task's thread. */
interface Source extends Closeable {

  /** What a poll found. */
  enum State {
    /** There was a batch; see {@link #batch()}. */
    BATCH,
    /** Nothing at present. */
    WAITING,
    /** Nothing any more. */
    ENDED
  }

  /** Looks for the next batch. */
  State poll() throws IOException;

  /** The batch that the last poll found; valid until the next. */
  RecordBatch batch();
}
