package dev.samzabatch.system;

import java.io.IOException;

/**
 * The named places where a test may break a run: before and after every step that must not be lost or done twice.
 * Nothing happens there unless a test has armed one, see {@link Faults}.
 */
public enum FaultPoint {
  /** A source has given a batch, which no operator has seen yet. */
  TASK_BATCH,
  /** An operator is about to move state from memory to disk. */
  STATE_SPILL,
  /** A container is about to commit. */
  COMMIT_BEGIN,
  /** Operators have appended their state to their changelogs; nothing is durable. */
  COMMIT_STATE_SAVED,
  /** Streams and changelogs are durable. */
  COMMIT_STREAMS_FLUSHED,
  /** Staged files are durable, the checkpoint is not written. */
  COMMIT_FILES_FLUSHED,
  /** The checkpoint is durable, readers do not know. */
  COMMIT_DONE,
  /** Readers know of the commit. */
  COMMIT_PUBLISHED,
  /** A stream is about to be created. */
  STREAM_CREATE,
  /** A lane is about to be opened for writing. */
  LANE_OPEN,
  /** A block is about to be written. */
  BLOCK_WRITE,
  /** A lane's segment is full, the next one is about to be made. */
  SEGMENT_ROLL,
  /** Segments that nobody needs any more are about to be deleted. */
  SEGMENT_DROP,
  /** A lane is about to be made durable. */
  LANE_SYNC,
  /** Checkpoints are about to be read. */
  RESTORE_BEGIN,
  /** Checkpoints are read; what lies behind them is about to be cut off. */
  RESTORE_CUT,
  /** An operator is about to read its changelog. */
  RESTORE_STATE,
  /** A transaction of Kafka is about to be committed. */
  BUS_COMMIT,
  /** A transaction of Kafka is committed. */
  BUS_COMMITTED,
  /** An input is about to be reopened at its committed position. */
  RESTORE_INPUT,
  /** A staged file is about to be reopened at its committed length. */
  RESTORE_FILE,
  /** A staging directory is about to be made. */
  STAGING_CREATE,
  /** Bytes are about to be written to a staged file. */
  PART_WRITE,
  /** A staged file is about to be made durable. */
  PART_SYNC,
  /** An output is about to be sealed. */
  OUTPUT_SEAL,
  /** The journal of the publication is about to be written. */
  JOURNAL_WRITE,
  /** A rename that publishes is about to be done. */
  PUBLISH_RENAME,
  /** A rename that publishes has been done. */
  PUBLISH_RENAMED,
  /** What a publication has replaced is about to be deleted. */
  PUBLISH_CLEAN,
  /** A small file is written under another name, and about to be renamed. */
  FILE_REPLACE,
  /** The lock of a job is about to be taken. */
  LOCK_TAKE,
  /** The lock of a job is taken. */
  LOCK_TAKEN,
  /** The lock of a job is about to be released. */
  LOCK_RELEASE,
  /** The manifest is written, nothing that it names exists. */
  MANIFEST_WRITTEN,
  /** An earlier run is about to be purged. */
  PURGE_RUN,
  /** The result is published, the streams of the run are about to be deleted. */
  STREAMS_DELETE,
  /** The last record of a run is about to be written. */
  RECORD_WRITE;

  /**
   * Does what a test has armed here, else nothing. Costs one read of a field.
   *
   * @throws IOException when the fault is one of a disk or a thrown one
   */
  public void reach() throws IOException {
    Faults.reached(this);
  }
}
