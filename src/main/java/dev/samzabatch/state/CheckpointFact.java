package dev.samzabatch.state;

import dev.samzabatch.data.Field;
import dev.samzabatch.data.ScalarType;
import dev.samzabatch.data.Schema;
import java.util.List;

/**
 * One thing that a checkpoint declares committed. A checkpoint is a block of these records in the run's checkpoint
 * stream; its last fact is of kind {@link Kind#COMMIT}, and a block without it is no checkpoint.
 *
 * @param sequence number of the checkpoint within its container, from 1
 * @param kind what is declared
 * @param name of the stream, task or staged file ({@code output/file})
 * @param part partition of a stream
 * @param value length of a lane or file in bytes, or rows of a task
 * @param checksum of a file
 */
public record CheckpointFact(long sequence, Kind kind, String name, int part, long value, long checksum) {

  /** The schema of checkpoint streams. */
  public static final Schema SCHEMA =
      Schema.of(
          Field.required("sequence", ScalarType.LONG),
          Field.required("fact", ScalarType.STRING),
          Field.required("name", ScalarType.STRING),
          Field.required("part", ScalarType.INT),
          Field.required("value", ScalarType.LONG),
          Field.required("checksum", ScalarType.LONG));

  /** What a fact declares. */
  public enum Kind {
    /** The container's lane of a partition is committed up to this length. */
    LANE,
    /** A task has ended: all it had to read is read, and its end-of-stream marks are written. */
    TASK_ENDED,
    /** A staged file is complete. */
    FILE,
    /** The checkpoint is whole. */
    COMMIT
  }

  List<Object> row() {
    return List.of(sequence, kind.name(), name, part, value, checksum);
  }
}
