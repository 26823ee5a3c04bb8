package dev.samzabatch.container;

import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.state.CheckpointFact;
import dev.samzabatch.state.TaskCheckpoint;
import dev.samzabatch.system.PartitionedReader;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;

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

  /**
   * Up to when everything has probably been read, see {@link PartitionedReader#watermark()}; always
   * {@link PartitionedReader#NO_WATERMARK} for what has an end.
   */
  default long watermark() {
    return PartitionedReader.NO_WATERMARK;
  }

  /** Adds the facts that say how far it has been read, the last batch included. */
  void save(List<CheckpointFact> facts);

  /** Goes to where it was when it saved; called before the first poll. */
  void restore(TaskCheckpoint checkpoint) throws IOException;

  /** Lets streams drop what lies behind the position that was saved last, which is committed by now. */
  void dropRead() throws IOException;
}
